"""How somebody left a scheme: noted, corrected, taken back."""

from flask import Blueprint
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.pathways.dossier import the_living
from alpes_events.pathways.leaving import correct_exit, leave, take_back_exit
from alpes_events.pathways.models import Outcome, PathwayExit
from alpes_events.pathways.records import the_exit
from alpes_events.pathways.refusals import UnknownEnrolment
from alpes_events.pathways.schemes import the_scheme
from alpes_web.languages import translated
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.clause_form_page import Steps, blame, form_page
from alpes_web.staff.pathway_forms import ExitCorrectionForm, ExitForm, WhyForm, stored_exit
from alpes_web.staff.pathway_page import pathway_address, pathway_steps
from alpes_web.staff.scope import me

exit_pages = Blueprint("pathway_exits", __name__, url_prefix="/staff/pathways/<int:pathway_id>/exit")

_ROWS = (("reason", "exited_on"), ("proof", "job_months"), ("contract", "sector"))


@exit_pages.route("/new", methods=["GET", "POST"])
def new(pathway_id: int) -> Response | tuple[str, int]:
    """The person leaves."""
    form = ExitForm()
    with site().database.reading() as db:
        row, person = the_living(db, pathway_id)
        form.prepare(db, the_scheme(row.scheme_code))
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                leave(db, pathway_id, form.draft(), now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="reason")
        else:
            return done(N_("La sortie est notée."), pathway_address(pathway_id))
    return form_page(
        form,
        _ROWS,
        title=translated(N_("Noter la sortie")),
        steps=pathway_steps(row, person),
        back=pathway_address(pathway_id),
        section="report",
        part="pathways",
        lead=translated(N_("Chaque dispositif a ses motifs et ses règles. Un motif de santé est gardé à part.")),
    )


@exit_pages.route("/edit", methods=["GET", "POST"])
def edit(pathway_id: int) -> Response | tuple[str, int]:
    """An exit written anew; why a legitimate one was is not named."""
    with site().database.reading() as db:
        left, steps = _own(db, pathway_id)
        stored = stored_exit(left)
        form = ExitCorrectionForm(data=stored)
        row, _person = the_living(db, pathway_id)
        form.prepare(db, the_scheme(row.scheme_code), kept=left.outcome is Outcome.LEGITIMATE)
    form.amends(("enrolment", pathway_id), stored, lambda db: stored_exit(_own(db, pathway_id)[0]))
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                why = form.why.data or ""
                correct_exit(db, pathway_id, form.draft(), why=why, now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="reason")
        else:
            return done(N_("La sortie est corrigée."), pathway_address(pathway_id))
    return form_page(
        form,
        (*_ROWS, ("why",)),
        title=translated(N_("Corriger la sortie")),
        steps=steps,
        back=pathway_address(pathway_id),
        section="report",
        part="pathways",
    )


@exit_pages.route("/take-back", methods=["GET", "POST"])
def take_back(pathway_id: int) -> Response | tuple[str, int]:
    """The person had not left."""
    form = WhyForm()
    with site().database.reading() as db:
        _left, steps = _own(db, pathway_id)
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                take_back_exit(db, pathway_id, why=form.why.data or "", now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="why")
        else:
            return done(N_("La sortie est annulée : le parcours continue."), pathway_address(pathway_id))
    return form_page(
        form,
        (("why",),),
        title=translated(N_("Annuler la sortie")),
        steps=steps,
        back=pathway_address(pathway_id),
        section="report",
        part="pathways",
        save=translated(N_("Annuler la sortie")),
    )


def _own(db: Session, pathway_id: int) -> tuple[PathwayExit, Steps]:
    """The exit with the way to it; 404 where none is noted."""
    row, person = the_living(db, pathway_id)
    left = the_exit(db, pathway_id)
    if left is None:
        raise UnknownEnrolment
    return left, pathway_steps(row, person)
