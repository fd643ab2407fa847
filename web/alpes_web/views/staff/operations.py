"""Recruitment operations: listed, written, with their sessions and the contracts that came of them."""

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from alpes_events.companies.queries import UnknownCompany
from alpes_events.hiring.hires import BadHire, count_hires
from alpes_events.hiring.operations import (
    BadOperation,
    OperationDraft,
    add_operation,
    add_session,
    end_operation,
    revise_operation,
    the_operation,
    withdraw_session,
)
from alpes_events.hiring.operations_table import operation_view, operations
from alpes_events.hiring.words import CONTRACTS, TRAININGS
from alpes_events.language.sentence import N_
from alpes_events.people.residence import WhichCommune
from alpes_web.forms import StrictForm
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.operation_forms import CountedHiresForm, HeldForm, OperationForm, stored_in_form
from alpes_web.staff.scope import me
from alpes_web.staff.table import asked_part

staff_operations = Blueprint("staff_operations", __name__, url_prefix="/staff/recruitment")


@staff_operations.get("")
def table() -> str:
    """Every operation, the latest first."""
    with site().database.reading() as db:
        page = operations(db, part=asked_part())
    return render_template("staff/offers/operations.html", section="offers", page=page)


@staff_operations.route("/new", methods=["GET", "POST"])
def new() -> Response | tuple[str, int]:
    """A new operation."""
    form = OperationForm()
    with site().database.reading() as db:
        form.prepare(db)
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                operation_id = add_operation(db, form.draft(db), now=now, account_id=me().account_id)
        except (BadOperation, WhichCommune, UnknownCompany) as refusal:
            _blame(form, refusal)
        else:
            return done(N_("L’opération est créée."), url_for("staff_operations.page", operation_id=operation_id))
    page = render_template("staff/offers/operation_form.html", section="offers", form=form, operation=None)
    return page, 422 if form.mistakes else 200


@staff_operations.route("/<int:operation_id>/edit", methods=["GET", "POST"])
def edit(operation_id: int) -> Response | tuple[str, int]:
    """An operation corrected."""
    with site().database.reading() as db:
        operation = the_operation(db, operation_id)
        stored = stored_in_form(OperationDraft.of(operation))
        form = OperationForm(data=stored)
        form.prepare(db)
    form.amends(
        ("recruitment_operation", operation_id),
        stored,
        lambda db: stored_in_form(OperationDraft.of(the_operation(db, operation_id))),
    )
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                revise_operation(db, operation_id, form.draft(db), now=now, account_id=me().account_id)
        except (BadOperation, WhichCommune, UnknownCompany) as refusal:
            _blame(form, refusal)
        else:
            return done(N_("L’opération est corrigée."), url_for("staff_operations.page", operation_id=operation_id))
    page = render_template("staff/offers/operation_form.html", section="offers", form=form, operation=operation)
    return page, 422 if form.mistakes else 200


@staff_operations.get("/<int:operation_id>")
def page(operation_id: int) -> str:
    """One operation: its sessions, its contracts."""
    return _page(operation_id)[0]


@staff_operations.post("/<int:operation_id>/sessions")
def hold(operation_id: int) -> Response | tuple[str, int]:
    """A session was held."""
    form = HeldForm()
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                session_id = add_session(db, operation_id, form.count(), now=now, account_id=me().account_id)
        except BadOperation as refusal:
            form.blame(refusal)
        else:
            undo = url_for("staff_operations.unhold", operation_id=operation_id, held_id=session_id)
            address = url_for("staff_operations.page", operation_id=operation_id)
            return done(N_("La séance est notée."), address, undo=undo)
    return _page(operation_id, held=form)


@staff_operations.post("/<int:operation_id>/sessions/<int:held_id>/withdraw")
def unhold(operation_id: int, held_id: int) -> Response:
    """A session was noted by mistake."""
    pressed()
    with change() as (db, now):
        withdraw_session(db, operation_id, held_id, now=now, account_id=me().account_id)
    return done(N_("La séance ne compte plus."), url_for("staff_operations.page", operation_id=operation_id))


@staff_operations.post("/<int:operation_id>/hires")
def hire(operation_id: int) -> Response | tuple[str, int]:
    """Contracts were signed, known without names."""
    form = CountedHiresForm()
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                count_hires(
                    db,
                    operation_id,
                    form.draft(),
                    count=form.count.data or 0,
                    in_territory=form.inside,
                    now=now,
                    account_id=me().account_id,
                )
        except BadHire as refusal:
            form.blame(refusal)
        else:
            return done(
                N_("Contrats notés : %(count)s."),
                url_for("staff_operations.page", operation_id=operation_id),
                count=form.count.data,
            )
    return _page(operation_id, hires=form)


@staff_operations.post("/<int:operation_id>/<any(end, reopen):what>")
def end(operation_id: int, what: str) -> Response:
    """The operation is over, or goes on."""
    pressed()
    over = what == "end"
    with change() as (db, now):
        end_operation(db, operation_id, over=over, now=now, account_id=me().account_id)
    address = url_for("staff_operations.page", operation_id=operation_id)
    if over:
        undo = url_for("staff_operations.end", operation_id=operation_id, what="reopen")
        return done(N_("L’opération est terminée."), address, undo=undo)
    return done(N_("L’opération continue."), address)


def _page(operation_id: int, *, held: HeldForm | None = None, hires: CountedHiresForm | None = None) -> tuple[str, int]:
    with site().database.reading() as db:
        view = operation_view(db, operation_id)
    held_form = held or HeldForm(formdata=None)
    hires_form = hires or CountedHiresForm(formdata=None)
    shown = render_template(
        "staff/offers/operation.html",
        section="offers",
        view=view,
        held=held_form,
        hires=hires_form,
        wrong=hires_form if hires else held_form,
        contracts=CONTRACTS,
        trainings=TRAININGS,
    )
    return shown, 422 if (held or hires) else 200


def _blame(form: StrictForm, refusal: BadOperation | WhichCommune | UnknownCompany) -> None:
    names = {"commune_name": "commune", "": "company"}
    field = form._fields.get(names.get(getattr(refusal, "field", ""), getattr(refusal, "field", "")))
    target = field or form._fields["name"]
    target.errors = [*target.errors, refusal.sentence]
