"""Deciding about declared hours: validated or refused with a reason, several at once, undone; and who somebody is."""

from datetime import datetime

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.clause.declaring.deciding import refuse_lines, undo_decision, validate_lines
from alpes_events.clause.declaring.declaration_refusals import (
    BadLines,
    OtherCompanysContract,
    UnknownLine,
)
from alpes_events.clause.declaring.declarations import hold_unmoved
from alpes_events.clause.declaring.declared import DeclarationView, LineView, declaration_view
from alpes_events.clause.declaring.naming import name_person
from alpes_events.clause.declaring.proposing import proposals_for
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_, say
from alpes_events.people.audit import AuditAction, note_access
from alpes_web.declaration_words import DECLARATION_SAID
from alpes_web.names_read import note_names
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.declaration_page import DecisionForm, declaration_page
from alpes_web.staff.fields import IdField, PlainForm
from alpes_web.staff.scope import me
from alpes_web.staff.table import asked_text

clause_deciding = Blueprint("clause_deciding", __name__, url_prefix="/staff/clause/declarations/<int:declaration_id>")


class PersonForm(PlainForm):
    """Whose hours a line says."""

    employment_id = IdField()


@clause_deciding.post("/decide")
def decide(declaration_id: int) -> Response | tuple[str, int]:
    """The lines ticked are validated, or refused with the reason."""
    form = DecisionForm()
    form.refuse_unknown_fields()
    if not form.line.data:
        form.line.errors = [say(N_("Cochez au moins une ligne."))]
        return declaration_page(declaration_id, form), 422
    try:
        with change() as (db, now):
            hold_unmoved(db, declaration_id, form.version.data or "")
            count = _decided(db, declaration_id, form, now)
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        if not form.blame(refusal):
            form.line.errors = [refusal.sentence]
        return declaration_page(declaration_id, form), 422
    sentence = N_("Lignes refusées : %(count)s.") if form.act.data == "refuse" else N_("Lignes validées : %(count)s.")
    return done(sentence, _home(declaration_id), count=count)


def _decided(db: Session, declaration_id: int, form: DecisionForm, now: datetime) -> int:
    chosen, by = form.line.data, me().account_id
    if form.act.data == "refuse":
        return refuse_lines(db, declaration_id, chosen, form.reason.data or "", now=now, account_id=by)
    return validate_lines(db, declaration_id, chosen, counting=form.counting.data, now=now, account_id=by)


@clause_deciding.post("/lines/<int:line_id>/undo")
def undo(declaration_id: int, line_id: int) -> Response:
    """A decision is taken back: the line waits again."""
    pressed()
    with change() as (db, now):
        undo_decision(db, declaration_id, line_id, now=now, account_id=me().account_id)
    return done(N_("La décision est annulée : la ligne attend de nouveau."), _home(declaration_id))


@clause_deciding.route("/lines/<int:line_id>/person", methods=["GET", "POST"])
def person(declaration_id: int, line_id: int) -> Response | tuple[str, int]:
    """Who a line is about: people under contract at the company, most likely first."""
    form = PersonForm()
    if form.is_submitted():
        form.refuse_unknown_fields()
        try:
            with change() as (db, now):
                chosen = form.employment_id.data or 0
                name_person(db, declaration_id, line_id, chosen, now=now, account_id=me().account_id)
        except (BadLines, OtherCompanysContract) as refusal:
            said = refusal.problems[0].sentence if isinstance(refusal, BadLines) else refusal.sentence
            form.employment_id.errors = [said]
        else:
            return done(N_("C’est noté : la ligne a sa personne."), _home(declaration_id))
    with site().database.reading() as db:
        view = declaration_view(db, declaration_id)
        line = _line(view, line_id)
        words, sought = line.person_words or line.name, asked_text()
        found = proposals_for(db, words, company_id=view.company_id, month=view.month, sought=sought)
    if sought:
        _note_search([one.candidate_id for one in found.others])
    page = render_template(
        "staff/clause/declaration_person.html",
        section="clause",
        own=view,
        line=line,
        words=words,
        sought=sought,
        found=found,
        form=form,
        state_said=DECLARATION_SAID,
    )
    return page, 422 if form.mistakes else 200


def _note_search(candidate_ids: list[int]) -> None:
    """Looking for people by name leaves a trace, with how many were found, and with each of them."""
    count, account_id = len(candidate_ids), me().account_id
    note_access(site().database, AuditAction.SEARCHED, now=site().now(), account_id=account_id, count=count)
    note_names(candidate_ids)


def _line(view: DeclarationView, line_id: int) -> LineView:
    found = next((line for line in view.lines if line.id == line_id), None)
    if found is None:
        raise UnknownLine
    return found


def _home(declaration_id: int) -> str:
    return url_for("clause_declarations.page", declaration_id=declaration_id)
