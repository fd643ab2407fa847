"""Applications: everyone's in a table, one with its steps, the answer, the contract, and the person proposed."""

from flask import Blueprint, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.hiring.application_states import NoReason
from alpes_events.hiring.applications_table import (
    ApplicationView,
    Wanted,
    application_counts,
    application_view,
    applications,
)
from alpes_events.hiring.applying import ApplicationForm, apply_for, move_application
from alpes_events.hiring.codes import OPEN_APPLICATIONS, ApplicationState, Proposer
from alpes_events.hiring.commands import the_offer
from alpes_events.hiring.hires import BadHire, hire_applicant, withdraw_hire
from alpes_events.hiring.refusals import AlreadyApplied, UnknownHire
from alpes_events.intake.hiring_export import applications_sheet
from alpes_events.language.sentence import N_
from alpes_web.languages import language
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.application_forms import HireForm, ProposeForm, StepForm
from alpes_web.staff.application_page import application_page, step_form
from alpes_web.staff.offer_words import APPLICATION_SAID
from alpes_web.staff.person_choice import people_found, person_named
from alpes_web.staff.scope import check_own, me, only_registered_by
from alpes_web.staff.table import asked_part, asked_text
from alpes_web.staff.take_away import asked_file, people_file

staff_applications = Blueprint("staff_applications", __name__, url_prefix="/staff/applications")

_STATES = {state.value: state for state in ApplicationState}
_FOUND = 8


@staff_applications.get("")
def table() -> str | Response:
    """Applications that wait for an answer (`state=open`, first), of one state, or all; an advisor's own."""
    asked, text = request.args.get("state", "open"), asked_text()
    states = OPEN_APPLICATIONS if asked == "open" else (_STATES[asked],) if asked in _STATES else ()
    mine = only_registered_by()
    with site().database.reading() as db:
        page = applications(db, Wanted(states=states, text=text, proposed_by=mine), part=asked_part())
        counts = application_counts(db, Wanted(proposed_by=mine))
        sheet = applications_sheet(db, language=language(), proposed_by=mine) if asked_file() else None
    if sheet is not None and (form := asked_file()) is not None:
        return people_file(form, sheet, name="candidatures")
    return render_template(
        "staff/offers/applications.html",
        section="offers",
        page=page,
        asked=asked,
        text=text,
        counts=counts,
        open_count=sum(counts[state] for state in OPEN_APPLICATIONS),
        said_states=APPLICATION_SAID,
    )


@staff_applications.get("/<int:application_id>")
def page(application_id: int) -> str:
    """One application: who, for what, each step, and what may follow."""
    with site().database.reading() as db:
        view = _own(db, application_id)
    return application_page(view, step_form(view), None)[0]


@staff_applications.post("/<int:application_id>/step")
def step(application_id: int) -> Response | tuple[str, int]:
    """Take one step; a button takes it back."""
    with site().database.reading() as db:
        view = _own(db, application_id)
    form = StepForm()
    if not form.validate_on_submit() or form.state.data is None:
        return application_page(view, form, None)
    try:
        with change() as (db, now):
            came_from = move_application(
                db, application_id, form.state.data, reason=form.reason.data, now=now, account_id=me().account_id
            )
    except NoReason as refusal:
        form.blame(refusal)
        return application_page(view, form, None)
    undo = ""
    if came_from in OPEN_APPLICATIONS:
        undo = url_for("staff_applications.back", application_id=application_id, state=came_from.value)
    return done(
        N_("La candidature est à jour."), url_for("staff_applications.page", application_id=application_id), undo=undo
    )


@staff_applications.post("/<int:application_id>/back/<any(new, in_progress, shortlisted):state>")
def back(application_id: int, state: str) -> Response:
    """The last step is taken back: a step more, to where the application was."""
    pressed()
    with change() as (db, now):
        _own(db, application_id)
        move_application(db, application_id, ApplicationState(state), now=now, account_id=me().account_id)
    return done(N_("La candidature est à jour."), url_for("staff_applications.page", application_id=application_id))


@staff_applications.route("/<int:application_id>/hire", methods=["GET", "POST"])
def hire(application_id: int) -> Response | tuple[str, int]:
    """The person signed a contract."""
    with site().database.reading() as db:
        view = _own(db, application_id)
    form = HireForm(data={"contract": view.offer.contract, "starts_on": view.offer.starts_on})
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                hire_id = hire_applicant(db, application_id, form.draft(), now=now, account_id=me().account_id)
        except BadHire as refusal:
            form.blame(refusal)
        else:
            undo = url_for("staff_applications.unhire", application_id=application_id, hire_id=hire_id)
            address = url_for("staff_applications.page", application_id=application_id)
            return done(N_("Le contrat est noté."), address, undo=undo)
    return application_page(view, step_form(view), form)


@staff_applications.post("/<int:application_id>/hires/<int:hire_id>/withdraw")
def unhire(application_id: int, hire_id: int) -> Response:
    """The contract was noted by mistake."""
    pressed()
    with change() as (db, now):
        view = _own(db, application_id)
        if view.hire is None or view.hire.id != hire_id:
            raise UnknownHire
        withdraw_hire(db, hire_id, now=now, account_id=me().account_id)
    return done(N_("Le contrat ne compte plus."), url_for("staff_applications.page", application_id=application_id))


@staff_applications.route("/propose/<int:offer_id>", methods=["GET", "POST"])
def propose(offer_id: int) -> Response | tuple[str, int]:
    """Somebody of the files is proposed for an offer (`person` in the address)."""
    with site().database.reading() as db:
        offer = the_offer(db, offer_id)
        known = person_named(db)
        found = people_found(db, asked_text()) if asked_text() and not known else None
    form, refusal = ProposeForm(), None
    if form.is_submitted():
        form.refuse_unknown_fields()
    if known is not None and form.validate_on_submit():
        wanted = ApplicationForm(
            offer_id=offer_id,
            candidate_id=known.id,
            proposer=Proposer.ADVISOR,
            message=form.message.data or "",
            account_id=me().account_id,
            form_key=form.form_key.data,
        )
        try:
            with change() as (db, now):
                application_id = apply_for(db, wanted, now=now)
        except AlreadyApplied as twice:
            refusal = twice
        else:
            address = url_for("staff_applications.page", application_id=application_id)
            return done(N_("La personne est proposée."), address)
    shown = render_template(
        "staff/offers/propose.html",
        section="offers",
        offer=offer,
        known=known,
        found=found,
        most_found=_FOUND,
        text_asked=asked_text(),
        form=form,
        refusal=refusal,
    )
    return shown, 409 if refusal else 422 if form.mistakes or (form.is_submitted() and known is None) else 200


def _own(db: Session, application_id: int) -> ApplicationView:
    """The application; a 404 when it is another advisor's."""
    view = application_view(db, application_id)
    check_own(view.application.proposed_by)
    return view
