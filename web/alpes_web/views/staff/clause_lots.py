"""One lot: how it stands, what it owes and why, its companies and people; each of them written on a page of its own."""

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from alpes_events.clause.board.target_standing import standing_targets
from alpes_events.clause.contracts.lot_page import companies_of_lot, obligation_lines, people_of_lot
from alpes_events.clause.contracts.obligations import obligations_of, record_obligation
from alpes_events.clause.contracts.removing import remove_lot
from alpes_events.clause.contracts.revising import revise_lot
from alpes_events.clause.contracts.targets import remove_target, set_target, targets_of
from alpes_events.clause.ledger.bonuses import rules, valued_by_lot
from alpes_events.clause.placing.placements import placements_of_lot
from alpes_events.clause.tables.contract_rows import ObligationKind
from alpes_events.clause.tables.placement_rows import PlacementState
from alpes_events.clause.terms import the_lot
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.clocks import today
from alpes_web.languages import language, translated
from alpes_web.site import site
from alpes_web.staff.acting import answered_at, change, done, pressed
from alpes_web.staff.clause_curve import curve
from alpes_web.staff.clause_form_page import blame, form_page
from alpes_web.staff.clause_forms import LotForm, stored_lot
from alpes_web.staff.clause_lot_forms import (
    ObligationForm,
    TargetForm,
)
from alpes_web.staff.clause_lot_page import lot_address, lot_card, lot_steps
from alpes_web.staff.clause_sure import sure_page
from alpes_web.staff.clause_words import LOT_ROLES, LOT_STATES, METHODS, OBLIGATION_KINDS
from alpes_web.staff.placement_words import PLACEMENT_SAID
from alpes_web.staff.scope import me

clause_lots = Blueprint("clause_lots", __name__, url_prefix="/staff/clause/lots/<int:lot_id>")


@clause_lots.get("")
def page(lot_id: int) -> str:
    """How the lot stands, and all that is known of it."""
    with site().database.reading() as db:
        card = lot_card(db, lot_id)
        obligations = obligation_lines(db, lot_id, language=language())
        targets, companies = targets_of(db, lot_id), companies_of_lot(db, lot_id)
        people = people_of_lot(db, lot_id)
        proposed = [one for one in placements_of_lot(db, lot_id) if one.placement.state is not PlacementState.HIRED]
        valued = valued_by_lot(db, rules(db), [lot_id]).get(lot_id)
    return render_template(
        "staff/clause/lot.html",
        section="clause",
        card=card,
        drawing=curve(card, today=today()),
        obligations=obligations,
        targets=standing_targets(targets, card.accounts.validated, today=today()),
        companies=companies,
        people=people,
        proposed=proposed,
        placement_said=PLACEMENT_SAID,
        valued=valued,
        lot_states=LOT_STATES,
        roles=LOT_ROLES,
        kinds=OBLIGATION_KINDS,
        methods=METHODS,
    )


@clause_lots.route("/edit", methods=["GET", "POST"])
def edit(lot_id: int) -> Response | tuple[str, int]:
    """The lot set right."""
    with site().database.reading() as db:
        card, stored = lot_card(db, lot_id), stored_lot(the_lot(db, lot_id))
    form = LotForm(data=stored)
    form.amends(("clause_lot", lot_id), stored, lambda db: stored_lot(the_lot(db, lot_id)))
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                revise_lot(db, lot_id, form.draft(), now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="number")
        else:
            return done(N_("Les changements sont enregistrés."), lot_address(lot_id))
    rows = (("number", "title"), ("starts_on", "ends_on"))
    return form_page(
        form, rows, title=translated(N_("Corriger le lot")), steps=lot_steps(card), back=lot_address(lot_id)
    )


@clause_lots.get("/remove")
def removing(lot_id: int) -> str:
    """Whether the lot is to be taken away."""
    with site().database.reading() as db:
        card = lot_card(db, lot_id)
    told = translated(N_("Un lot se retire tant que rien n’y est inscrit : ni obligation, ni entreprise, ni personne."))
    return sure_page(
        title=translated(N_("Retirer ce lot ?")),
        told=[told],
        button=translated(N_("Retirer ce lot")),
        steps=lot_steps(card),
        back=lot_address(lot_id),
    )


@clause_lots.post("/remove")
@answered_at(lot_address)
def remove(lot_id: int) -> Response:
    """A lot on which nothing hangs, removed."""
    pressed()
    with change() as (db, now):
        contract_id = remove_lot(db, lot_id, now=now, account_id=me().account_id)
    return done(N_("Le lot est retiré."), url_for("clause_contracts.page", contract_id=contract_id))


@clause_lots.route("/obligations/new", methods=["GET", "POST"])
def add_obligation(lot_id: int) -> Response | tuple[str, int]:
    """One entry more to what the lot owes."""
    form = ObligationForm()
    with site().database.reading() as db:
        card = lot_card(db, lot_id)
        begun = bool(obligations_of(db, lot_id))
    kinds = [kind for kind in ObligationKind if (kind is ObligationKind.INITIAL) != begun]
    form.kind.choices = [(kind.value, OBLIGATION_KINDS[kind]) for kind in kinds]
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                record_obligation(db, lot_id, form.draft(), now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="minutes")
        else:
            return done(N_("L’obligation est inscrite."), lot_address(lot_id))
    lead = N_("Une écriture ne se change pas : un avenant en ajoute une, de plus ou de moins, à sa date.")
    rows = (("kind", "effective_on"), ("minutes", "document"))
    title = translated(N_("Inscrire une obligation"))
    return form_page(form, rows, title=title, steps=lot_steps(card), back=lot_address(lot_id), lead=translated(lead))


@clause_lots.route("/targets/new", methods=["GET", "POST"])
def add_target(lot_id: int) -> Response | tuple[str, int]:
    """An intermediate target."""
    form = TargetForm()
    with site().database.reading() as db:
        card = lot_card(db, lot_id)
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                due_on, minutes = form.due_on.data, form.minutes.data or 0
                set_target(db, lot_id, due_on=due_on, minutes=minutes, now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="minutes")
        else:
            return done(N_("L’objectif est enregistré."), lot_address(lot_id))
    title = translated(N_("Objectif intermédiaire"))
    return form_page(form, (("due_on", "minutes"),), title=title, steps=lot_steps(card), back=lot_address(lot_id))


@clause_lots.post("/targets/<int:target_id>/remove")
@answered_at(lot_address)
def drop_target(lot_id: int, target_id: int) -> Response:
    """A target does not hold any more."""
    pressed()
    with change() as (db, now):
        remove_target(db, lot_id, target_id, now=now, account_id=me().account_id)
    return done(N_("L’objectif est retiré."), lot_address(lot_id))
