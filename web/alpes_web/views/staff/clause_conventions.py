"""Conventions of globalisation: signed, ended, and the transfers of hours that they allow."""

from datetime import date

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.clause.belonging import own_companies
from alpes_events.clause.contracts.conventions import (
    ConventionDraft,
    ConventionView,
    conventions,
    end_convention,
    lots_of_company,
    sign_convention,
    the_convention,
)
from alpes_events.clause.contracts.lot_names import LotName
from alpes_events.clause.durations import in_hours
from alpes_events.clause.ledger.transferring import take_back_transfer, transfer_hours
from alpes_events.clause.ledger.transfers import Movable, companies_with_lots, movable, transfers_of
from alpes_events.companies.queries import standing_company, the_company
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.models import Role
from alpes_web.languages import translated
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.clause_form_page import Steps, blame, form_page
from alpes_web.staff.clause_lot_forms import ConventionForm, TransferForm
from alpes_web.staff.scope import me

clause_conventions = Blueprint("clause_conventions", __name__, url_prefix="/staff/clause/conventions")


@clause_conventions.get("")
def table() -> str:
    """Every convention, the latest first; and the companies that one may be signed with."""
    with site().database.reading() as db:
        views, companies = conventions(db), companies_with_lots(db)
    return render_template("staff/clause/conventions.html", section="clause", views=views, companies=companies)


@clause_conventions.route("/new/<int:company_id>", methods=["GET", "POST"])
def new(company_id: int) -> Response | tuple[str, int]:
    """A convention with a company, for some of its lots."""
    with site().database.reading() as db:
        company = standing_company(db, the_company(db, company_id))
        lots = lots_of_company(db, company.id or 0)
    form = ConventionForm()
    form.lot_ids.choices = {str(one.lot_id): _lot_words(one) for one in lots}
    if form.validate_on_submit():
        draft = ConventionDraft(
            company_id=company.id or 0,
            reference=form.reference.data or "",
            lot_ids=[int(one) for one in form.lot_ids.data],
            signed_on=form.signed_on.data,
            ends_on=form.ends_on.data,
        )
        try:
            with change() as (db, now):
                convention_id = sign_convention(db, draft, now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="reference")
        else:
            address = url_for("clause_conventions.page", convention_id=convention_id)
            return done(N_("La convention est enregistrée."), address)
    title = translated(N_("Convention de globalisation avec %(name)s")) % {"name": company.name}
    rows = (("reference",), ("signed_on", "ends_on"), ("lot_ids",))
    return form_page(form, rows, title=title, steps=_steps(), back=url_for("clause_conventions.table"))


@clause_conventions.get("/<int:convention_id>")
def page(convention_id: int) -> str:
    """One convention: its lots, and what was transferred."""
    with site().database.reading() as db:
        view = the_convention(db, convention_id)
        moved = transfers_of(db, convention_id)
        own = view.row.company_id in own_companies(db, me().account_id)
    return render_template(
        "staff/clause/convention.html",
        section="clause",
        view=view,
        moved=moved,
        lot_words=_lot_words,
        facilitates=me().role is Role.FACILITATOR and not own,
        is_own=me().role is Role.FACILITATOR and own,
    )


@clause_conventions.post("/<int:convention_id>/<any(end, reopen):what>")
def end(convention_id: int, what: str) -> Response:
    """No more transfers under it; or again."""
    pressed()
    ended = what == "end"
    with change() as (db, now):
        end_convention(db, convention_id, ended=ended, now=now, account_id=me().account_id)
    address = url_for("clause_conventions.page", convention_id=convention_id)
    if ended:
        undo = url_for("clause_conventions.end", convention_id=convention_id, what="reopen")
        return done(N_("La convention est terminée ; ce qui a été transféré reste."), address, undo=undo)
    return done(N_("La convention vaut de nouveau."), address)


@clause_conventions.route("/<int:convention_id>/transfer", methods=["GET", "POST"])
def transfer(convention_id: int) -> Response | tuple[str, int]:
    """Hours of a person counted on another lot."""
    form = TransferForm()
    with site().database.reading() as db:
        view = the_convention(db, convention_id)
        _offer(db, form, view)
    back = url_for("clause_conventions.page", convention_id=convention_id)
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                transfer_hours(
                    db,
                    int(form.employment_id.data),
                    month=date.fromisoformat(form.month.data),
                    minutes=form.minutes.data or 0,
                    to_lot_id=int(form.to_lot_id.data),
                    now=now,
                    account_id=me().account_id,
                )
        except Refusal as refusal:
            if refusal.status == 403:  # noqa: PLR2004 (nobody decides for their own company)
                raise
            blame(form, refusal, first="minutes")
        else:
            return done(N_("Le transfert est inscrit aux deux registres."), back)
    return form_page(
        form,
        (("employment_id",), ("month", "minutes"), ("to_lot_id",)),
        title=translated(N_("Transférer des heures")),
        steps=[*_steps(), (view.row.reference, back)],
        back=back,
        lead=translated(N_("Les heures quittent le lot où la personne a travaillé, et comptent sur l’autre.")),
        save=translated(N_("Inscrire le transfert")),
    )


@clause_conventions.post("/<int:convention_id>/transfers/<int:contract_id>/<int:sequence>/take-back")
def take_back(convention_id: int, contract_id: int, sequence: int) -> Response:
    """A transfer was a mistake: its hours count again where they were worked."""
    pressed()
    with change() as (db, now):
        take_back_transfer(db, convention_id, contract_id, sequence, now=now, account_id=me().account_id)
    address = url_for("clause_conventions.page", convention_id=convention_id)
    return done(N_("Le transfert est annulé : les heures comptent de nouveau sur le premier lot."), address)


def _offer(db: Session, form: TransferForm, view: ConventionView) -> None:
    hours, lots = movable(db, view), {one.lot_id: one for one in view.lots}
    people: dict[int, list[Movable]] = {}
    for one in hours:
        people.setdefault(one.employment_id, []).append(one)
    choose = ("", N_("Choisissez"))
    form.employment_id.choices = [choose]
    for employment_id, own in people.items():
        name = own[0].name or translated(N_("Personne n° %(number)s")) % {"number": own[0].candidate_id}
        told = in_hours(sum(one.minutes for one in own))
        form.employment_id.choices.append((str(employment_id), f"{name} – {_lot_words(lots[own[0].lot_id])} – {told}"))
    months = sorted({one.month for one in hours}, reverse=True)
    form.month.choices = [choose, *((month.isoformat(), f"{month:%m/%Y}") for month in months)]
    form.to_lot_id.choices = [choose, *((str(one.lot_id), _lot_words(one)) for one in view.lots)]


def _lot_words(lot: LotName) -> str:
    words = translated(N_("%(operation)s, %(reference)s, lot %(number)s")) % {
        "operation": lot.operation,
        "reference": lot.reference,
        "number": lot.number,
    }
    return f"{words} ({lot.title})" if lot.title else words


def _steps() -> Steps:
    return [(translated(N_("Conventions")), url_for("clause_conventions.table"))]
