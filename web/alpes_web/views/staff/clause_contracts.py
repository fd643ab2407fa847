"""Public contracts: looked up, written with their first lot, set right, closed and reopened; lots added."""

from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, request, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from alpes_events.clause.board.board import lot_cards
from alpes_events.clause.contracts.directory import Standing, contracts
from alpes_events.clause.contracts.lot_companies import add_lot_company
from alpes_events.clause.contracts.obligations import ObligationDraft, record_obligation
from alpes_events.clause.contracts.records import add_contract, add_lot
from alpes_events.clause.contracts.revising import revise_contract, revise_lot
from alpes_events.clause.eligibility.criteria import publics
from alpes_events.clause.tables.contract_rows import ClauseLot, ObligationKind
from alpes_events.clause.terms import the_operation, the_public_contract
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.clocks import today
from alpes_web.languages import translated
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.clause_form_page import blame, form_page
from alpes_web.staff.clause_forms import ContractForm, LotForm, NewContractForm, SoleLotForm, stored_contract
from alpes_web.staff.clause_people_words import code_words
from alpes_web.staff.clause_words import LOT_STATES, STANDINGS
from alpes_web.staff.scope import me
from alpes_web.staff.table import asked, asked_part, asked_text
from alpes_web.typed import whole_number

clause_contracts = Blueprint("clause_contracts", __name__, url_prefix="/staff/clause/contracts")

_TERMS = (
    ("reference", "title"),
    ("starts_on", "ends_on"),
    ("publics",),
    ("eligibility_months", "penalty_cents"),
)
_SOLE = (("lot_number", "lot_title"),)
_NAMES = {"number": "lot_number"}


@clause_contracts.get("")
def table() -> str:
    """The contracts chosen by words and state."""
    text, standing = asked_text(), asked(Standing.OPEN, "show")
    with site().database.reading() as db:
        page = contracts(db, text=text, standing=standing, part=asked_part())
    return render_template(
        "staff/clause/contracts.html", section="clause", page=page, text=text, standing=standing, standings=STANDINGS
    )


@clause_contracts.route("/new", methods=["GET", "POST"])
def new() -> Response | tuple[str, int]:
    """A new contract with its first lot; `operation` in the address is what it is for."""
    form = NewContractForm()
    with site().database.reading() as db:
        form.prepare(db)
    chosen = whole_number(request.args.get("operation", ""))
    if not form.is_submitted() and chosen is not None:
        form.operation_id.data = str(chosen)
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                contract_id = _add(db, form, now)
        except Refusal as refusal:
            blame(form, refusal, first="reference", names=_NAMES)
        else:
            return done(N_("Le marché est enregistré."), url_for("clause_contracts.page", contract_id=contract_id))
    rows = (("operation_id",), *_TERMS, *_SOLE, ("company_id",), ("minutes", "document"))
    back = url_for("clause_contracts.table")
    other = (translated(N_("Nouvelle opération")), url_for("clause_operations.new"))
    return form_page(form, rows, title=translated(N_("Nouveau marché")), steps=_steps(), back=back, other=other)


@clause_contracts.get("/<int:contract_id>")
def page(contract_id: int) -> str:
    """One contract: its terms, and how each lot stands."""
    with site().database.reading() as db:
        contract = the_public_contract(db, contract_id)
        operation = the_operation(db, contract.operation_id)
        cards = lot_cards(db, today=today(), contract_id=contract_id)
        listed = publics(db)
    return render_template(
        "staff/clause/contract.html",
        section="clause",
        contract=contract,
        operation=operation,
        cards=cards,
        listed=listed,
        code_words=code_words,
        lot_states=LOT_STATES,
    )


@clause_contracts.route("/<int:contract_id>/edit", methods=["GET", "POST"])
def edit(contract_id: int) -> Response | tuple[str, int]:
    """One set right, with its lot when it has just one."""
    with site().database.reading() as db:
        row, sole = the_public_contract(db, contract_id), _sole_lot(db, contract_id)
        stored = stored_contract(row, sole)
        form = (ContractForm if sole is None else SoleLotForm)(data=stored)
        form.prepare(db, chosen=row.publics)
    form.amends(("public_contract", contract_id), stored, lambda db: _stored(db, contract_id, with_lot=bool(sole)))
    back = url_for("clause_contracts.page", contract_id=contract_id)
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                revise_contract(db, contract_id, form.draft(), now=now, account_id=me().account_id)
                if isinstance(form, SoleLotForm) and sole is not None:
                    revise_lot(db, sole.id or 0, form.lot(sole), now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="reference", names=_NAMES)
        else:
            return done(N_("Les changements sont enregistrés."), back)
    rows = (("operation_id",), *_TERMS, *(_SOLE if sole is not None else ()))
    title = translated(N_("Corriger le marché"))
    return form_page(form, rows, title=title, steps=[*_steps(), (row.reference, back)], back=back)


@clause_contracts.route("/<int:contract_id>/lots/new", methods=["GET", "POST"])
def new_lot(contract_id: int) -> Response | tuple[str, int]:
    """One lot more."""
    with site().database.reading() as db:
        contract = the_public_contract(db, contract_id)
    form = LotForm()
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                lot_id = add_lot(db, contract_id, form.draft(), now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="number")
        else:
            return done(N_("Le lot est enregistré."), url_for("clause_lots.page", lot_id=lot_id))
    back = url_for("clause_contracts.page", contract_id=contract_id)
    rows = (("number", "title"), ("starts_on", "ends_on"))
    title = translated(N_("Nouveau lot"))
    return form_page(form, rows, title=title, steps=[*_steps(), (contract.reference, back)], back=back)


def _add(db: Session, form: NewContractForm, now: datetime) -> int:
    account_id = me().account_id
    contract_id = add_contract(db, form.draft(), now=now, account_id=account_id)
    lot_id = add_lot(db, contract_id, form.lot(), now=now, account_id=account_id)
    if form.company_id.data:
        add_lot_company(db, lot_id, int(form.company_id.data), now=now, account_id=account_id)
    if form.minutes.data is not None:
        draft = ObligationDraft(
            ObligationKind.INITIAL, form.starts_on.data, form.minutes.data, document=form.document.data or ""
        )
        record_obligation(db, lot_id, draft, now=now, account_id=account_id)
    return contract_id


def _sole_lot(db: Session, contract_id: int) -> ClauseLot | None:
    lots = db.exec(select(ClauseLot).where(ClauseLot.contract_id == contract_id).order_by(col(ClauseLot.id))).all()
    return lots[0] if len(lots) == 1 else None


def _stored(db: Session, contract_id: int, *, with_lot: bool) -> dict[str, Any]:
    lot = _sole_lot(db, contract_id) if with_lot else None
    return stored_contract(the_public_contract(db, contract_id), lot)


def _steps() -> list[tuple[str, str]]:
    return [(translated(N_("Marchés")), url_for("clause_contracts.table"))]
