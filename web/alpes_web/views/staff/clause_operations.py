"""Operations of the clause: looked up, written, set right, removed while they have no contract."""

from functools import partial

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from alpes_events.clause.contracts.directory import Place, Standing, contracts, operations
from alpes_events.clause.contracts.records import add_operation
from alpes_events.clause.contracts.removing import remove_operation
from alpes_events.clause.contracts.revising import revise_operation
from alpes_events.clause.terms import the_authority, the_operation
from alpes_events.database.page import every_row
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_web.clocks import today
from alpes_web.languages import translated
from alpes_web.site import site
from alpes_web.staff.acting import answered_at, change, done, pressed
from alpes_web.staff.clause_form_page import blame, form_page
from alpes_web.staff.clause_forms import OperationForm, stored_operation
from alpes_web.staff.clause_sure import sure_page
from alpes_web.staff.clause_words import PLACES
from alpes_web.staff.scope import me
from alpes_web.staff.table import asked, asked_part, asked_text
from alpes_web.typed import whole_number


def _page_of(operation_id: int) -> str:
    return url_for("clause_operations.page", operation_id=operation_id)


clause_operations = Blueprint("clause_operations", __name__, url_prefix="/staff/clause/operations")

_ROWS = (("name",), ("authority_id",), ("commune", "in_territory"))
_NAMES = {"commune_name": "commune"}


@clause_operations.get("")
def table() -> str:
    """The operations chosen by words and place."""
    text, place = asked_text(), asked(Place.ALL, "where")
    with site().database.reading() as db:
        page = operations(db, text=text, place=place, part=asked_part())
    return render_template(
        "staff/clause/operations.html", section="clause", page=page, text=text, place=place, places=PLACES
    )


@clause_operations.route("/new", methods=["GET", "POST"])
def new() -> Response | tuple[str, int]:
    """A new one; `authority` in the address is who buys."""
    form = OperationForm()
    with site().database.reading() as db:
        form.prepare(db)
    chosen = whole_number(request.args.get("authority", ""))
    if not form.is_submitted() and chosen is not None:
        form.authority_id.data = str(chosen)
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                draft = form.draft(db)
                operation_id = add_operation(db, draft, today=today(), now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="name", names=_NAMES)
        else:
            return done(
                N_("L’opération est enregistrée."), url_for("clause_operations.page", operation_id=operation_id)
            )
    return _form(form, translated(N_("Nouvelle opération")), url_for("clause_operations.table"))


@clause_operations.get("/<int:operation_id>")
def page(operation_id: int) -> str:
    """One operation with its contracts."""
    with site().database.reading() as db:
        operation = the_operation(db, operation_id)
        authority = the_authority(db, operation.authority_id)
        found = every_row(partial(contracts, db, standing=Standing.ALL, operation_id=operation_id))
    return render_template(
        "staff/clause/operation.html",
        section="clause",
        operation=operation,
        authority=authority,
        lines=found,
    )


@clause_operations.route("/<int:operation_id>/edit", methods=["GET", "POST"])
def edit(operation_id: int) -> Response | tuple[str, int]:
    """One set right."""
    with site().database.reading() as db:
        row = the_operation(db, operation_id)
        stored = stored_operation(row)
        form = OperationForm(data=stored)
        form.prepare(db)
    form.amends(
        ("clause_operation", operation_id), stored, lambda db: stored_operation(the_operation(db, operation_id))
    )
    back = url_for("clause_operations.page", operation_id=operation_id)
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                draft = form.draft(db)
                revise_operation(db, operation_id, draft, today=today(), now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="name", names=_NAMES)
        else:
            return done(N_("Les changements sont enregistrés."), back)
    return _form(form, translated(N_("Corriger l’opération")), back, name=row.name)


@clause_operations.get("/<int:operation_id>/remove")
def removing(operation_id: int) -> str:
    """Whether it is to be taken away."""
    with site().database.reading() as db:
        name = the_operation(db, operation_id).name
    back = _page_of(operation_id)
    return sure_page(
        title=translated(N_("Retirer cette opération ?")),
        told=[translated(N_("Une opération se retire tant qu’elle n’a pas de marché."))],
        button=translated(N_("Retirer cette opération")),
        steps=[(translated(N_("Opérations")), url_for("clause_operations.table")), (name, back)],
        back=back,
    )


@clause_operations.post("/<int:operation_id>/remove")
@answered_at(_page_of)
def remove(operation_id: int) -> Response:
    """One that has no contract, removed."""
    pressed()
    with change() as (db, now):
        remove_operation(db, operation_id, now=now, account_id=me().account_id)
    return done(N_("L’opération est retirée."), url_for("clause_operations.table"))


def _form(form: OperationForm, title: str, back: str, *, name: str = "") -> tuple[str, int]:
    steps = [(translated(N_("Opérations")), url_for("clause_operations.table")), *([(name, back)] if name else [])]
    return form_page(form, _ROWS, title=title, steps=steps, back=back)
