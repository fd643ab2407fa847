"""Rules of valuation: off while there is none; raw hours never change."""

from functools import partial

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.clause.contracts.directory import Standing, contracts
from alpes_events.clause.eligibility.criteria import publics
from alpes_events.clause.ledger.bonuses import add_bonus, bonuses, withdraw_bonus
from alpes_events.clause.ledger.valuing import BonusRule
from alpes_events.clause.tables.employment_rows import EmploymentMode
from alpes_events.clause.tables.proof_rows import HEALTH
from alpes_events.clause.tally.words import MODES
from alpes_events.database.page import every_row
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.languages import translated
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.clause_form_page import blame, form_page
from alpes_web.staff.clause_lot_forms import BonusForm
from alpes_web.staff.clause_people_words import public_words
from alpes_web.staff.scope import me

clause_bonuses = Blueprint("clause_bonuses", __name__, url_prefix="/staff/clause/bonuses")


@clause_bonuses.get("")
def table() -> str:
    """The rules that hold."""
    with site().database.reading() as db:
        views, words = bonuses(db), _publics(db)
    return render_template("staff/clause/bonuses.html", section="clause", views=views, publics=words, modes=_modes())


@clause_bonuses.route("/new", methods=["GET", "POST"])
def new() -> Response | tuple[str, int]:
    """A rule more."""
    form = BonusForm()
    with site().database.reading() as db:
        listed = every_row(partial(contracts, db, standing=Standing.ALL))
        own = [(str(one.contract.id), f"{one.operation.name}, {one.contract.reference}") for one in listed]
        form.contract_id.choices = [("", N_("Tous les marchés")), *own]
        form.criterion_code.choices = [("", N_("Tous les publics")), *_publics(db).items()]
    form.mode.choices = [("", N_("Toutes les modalités")), *_modes().items()]
    if form.validate_on_submit():
        rule = BonusRule(
            percent=form.percent.data or 0,
            from_on=form.from_on.data,
            until_on=form.until_on.data,
            contract_id=int(form.contract_id.data) if form.contract_id.data else None,
            criterion_code=form.criterion_code.data or None,
            mode=form.mode.data or None,
        )
        try:
            with change() as (db, now):
                add_bonus(db, rule, now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="percent")
        else:
            return done(N_("La règle est enregistrée."), url_for("clause_bonuses.table"))
    back = url_for("clause_bonuses.table")
    rows = (("percent",), ("from_on", "until_on"), ("contract_id",), ("criterion_code", "mode"))
    title, steps = translated(N_("Nouvelle règle de valorisation")), [(translated(N_("Heures valorisées")), back)]
    lead = translated(N_("Les heures réalisées ne changent pas : les heures valorisées se lisent à côté."))
    return form_page(form, rows, title=title, steps=steps, back=back, lead=lead)


@clause_bonuses.post("/<int:bonus_id>/withdraw")
def withdraw(bonus_id: int) -> Response:
    """A rule was kept by mistake."""
    pressed()
    with change() as (db, now):
        withdraw_bonus(db, bonus_id, now=now, account_id=me().account_id)
    return done(N_("La règle est retirée."), url_for("clause_bonuses.table"))


def _publics(db: Session) -> dict[str, str]:
    """The publics in words; those about health are one."""
    words = {one.code: public_words(one) for one in publics(db).values() if not one.health}
    return words | {HEALTH: translated(N_("Critère réservé (santé)"))}


def _modes() -> dict[str, str]:
    return {mode.value: translated(MODES[mode]) for mode in EmploymentMode}
