"""The steps of a pathway: noted, corrected, withdrawn."""

from flask import Blueprint
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.pathways.models import PathwayStep
from alpes_events.pathways.records import the_step
from alpes_events.pathways.refusals import UnknownStep
from alpes_events.pathways.steps import add_step, correct_step, withdraw_step
from alpes_web.languages import translated
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.clause_form_page import Steps, blame, form_page
from alpes_web.staff.pathway_forms import StepCorrectionForm, StepForm, WhyForm, stored_step
from alpes_web.staff.pathway_page import pathway_address, pathway_steps, seen_pathway
from alpes_web.staff.scope import me

step_pages = Blueprint("pathway_steps", __name__, url_prefix="/staff/pathways/<int:pathway_id>/steps")

_ROWS = (("kind", "label"), ("starts_on", "ends_on"), ("organisation", "contract"), ("sector", "level"))


@step_pages.route("/new", methods=["GET", "POST"])
def new(pathway_id: int) -> Response | tuple[str, int]:
    """One step more."""
    form = StepForm()
    with site().database.reading() as db:
        steps = pathway_steps(*seen_pathway(db, pathway_id))
        form.prepare(db)
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                add_step(db, pathway_id, form.draft(), now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="kind")
        else:
            return done(N_("L’étape est notée."), pathway_address(pathway_id))
    title = translated(N_("Noter une étape"))
    return form_page(
        form, _ROWS, title=title, steps=steps, back=pathway_address(pathway_id), section="report", part="pathways"
    )


@step_pages.route("/<int:step_id>/edit", methods=["GET", "POST"])
def edit(pathway_id: int, step_id: int) -> Response | tuple[str, int]:
    """A step written anew."""
    with site().database.reading() as db:
        row, steps = _own(db, pathway_id, step_id)
        stored = stored_step(row)
        form = StepCorrectionForm(data=stored)
        form.prepare(db)
    form.amends(("pathway_step", step_id), stored, lambda db: stored_step(_own(db, pathway_id, step_id)[0]))
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                why = form.why.data or ""
                correct_step(db, step_id, form.draft(), why=why, now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="kind")
        else:
            return done(N_("L’étape est corrigée."), pathway_address(pathway_id))
    return form_page(
        form,
        (*_ROWS, ("why",)),
        title=_titled(N_("Corriger l’étape n° %(number)s"), step_id),
        steps=steps,
        back=pathway_address(pathway_id),
        section="report",
        part="pathways",
    )


@step_pages.route("/<int:step_id>/withdraw", methods=["GET", "POST"])
def withdraw(pathway_id: int, step_id: int) -> Response | tuple[str, int]:
    """A step that was noted by mistake."""
    form = WhyForm()
    with site().database.reading() as db:
        _row, steps = _own(db, pathway_id, step_id)
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                withdraw_step(db, step_id, why=form.why.data or "", now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="why")
        else:
            return done(N_("L’étape est retirée : elle ne compte plus."), pathway_address(pathway_id))
    return form_page(
        form,
        (("why",),),
        title=_titled(N_("Retirer l’étape n° %(number)s"), step_id),
        steps=steps,
        back=pathway_address(pathway_id),
        section="report",
        part="pathways",
        save=translated(N_("Retirer cette étape")),
    )


def _own(db: Session, pathway_id: int, step_id: int) -> tuple[PathwayStep, Steps]:
    """The step with the way to it; 404 for one of another pathway."""
    row, enrolment = the_step(db, step_id)
    if enrolment.id != pathway_id:
        raise UnknownStep
    return row, pathway_steps(*seen_pathway(db, pathway_id))


def _titled(words: str, number: int) -> str:
    return translated(words) % {"number": number}
