"""Applications for the offers of my company: what the person shared, each step, and my answer."""

from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.companies.company_views import CompanyView
from alpes_events.companies.queries import records_of_company
from alpes_events.hiring.application_states import NoReason
from alpes_events.hiring.codes import OPEN_APPLICATIONS, ApplicationState, Mover
from alpes_events.hiring.hires import BadHire, hire_applicant
from alpes_events.hiring.own_applications import OwnApplication, answer_application, own_application
from alpes_events.hiring.refusals import UnknownApplication
from alpes_events.hiring.words import REFUSAL_REASONS
from alpes_events.language.sentence import N_
from alpes_web.names_read import note_names
from alpes_web.own_company import the_own_company
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.application_forms import STEPS, HireForm, StepForm
from alpes_web.staff.offer_words import APPLICATION_SAID
from alpes_web.visitor import the_visitor

employer_applications = Blueprint(
    "employer_applications",
    __name__,
    url_prefix="/employer/companies/<int:company_id>/offers/<int:offer_id>/applications/<int:application_id>",
)


@dataclass(frozen=True)
class _Own:
    """The company of the address and the application for its offer."""

    company: CompanyView
    shown: OwnApplication


@employer_applications.route("", methods=["GET", "POST"])
def page(company_id: int, offer_id: int, application_id: int) -> Response | tuple[str, int]:
    """Who applied and with which words; the next step, which the person is told."""
    with site().database.reading() as db:
        own = _own(db, company_id, offer_id, application_id)
    form = _step_form(own.shown)
    if form.validate_on_submit() and form.state.data is not None:
        try:
            with change() as (db, now):
                _own(db, company_id, offer_id, application_id)
                answer_application(
                    db,
                    application_id,
                    form.state.data,
                    reason=form.reason.data,
                    now=now,
                    account_id=the_visitor().account_id,
                )
        except NoReason as refusal:
            form.blame(refusal)
        else:
            return done(N_("La candidature est à jour."), _home(own, offer_id, application_id))
    return _page(own, form, None)


@employer_applications.route("/hire", methods=["GET", "POST"])
def hire(company_id: int, offer_id: int, application_id: int) -> Response | tuple[str, int]:
    """The person signed a contract."""
    with site().database.reading() as db:
        own = _own(db, company_id, offer_id, application_id)
    if own.shown.view.line.state not in OPEN_APPLICATIONS:
        raise UnknownApplication
    offer = own.shown.view.offer
    form = HireForm(data={"contract": offer.contract, "starts_on": offer.starts_on})
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                _own(db, company_id, offer_id, application_id)
                hire_applicant(
                    db, application_id, form.draft(), by=Mover.EMPLOYER, now=now, account_id=the_visitor().account_id
                )
        except BadHire as refusal:
            form.blame(refusal)
        else:
            return done(N_("Le contrat est noté."), _home(own, offer_id, application_id))
    return _page(own, _step_form(own.shown, fresh=True), form)


def _own(db: Session, company_id: int, offer_id: int, application_id: int) -> _Own:
    """The application when it is for this offer of my company; 404 else."""
    company = the_own_company(db, company_id)
    shown = own_application(db, application_id, records_of_company(db, company.id))
    if shown.view.line.offer_id != offer_id:
        raise UnknownApplication
    return _Own(company, shown)


def _step_form(shown: OwnApplication, *, fresh: bool = False) -> StepForm:
    form = StepForm(formdata=None) if fresh else StepForm()
    following = {state.value for state in shown.following}
    form.state.choices = [
        ("", N_("Choisissez")),
        *((state.value, words) for state, words in STEPS.items() if state.value in following),
    ]
    return form


def _page(own: _Own, form: StepForm, hire_form: HireForm | None) -> tuple[str, int]:
    line = own.shown.view.line
    note_names([line.candidate_id] if own.shown.person else [])
    shown = render_template(
        "employer/application.html",
        section="my_space",
        company=own.company,
        own=own.shown,
        view=own.shown.view,
        line=line,
        form=form,
        hire_form=hire_form,
        said_states=APPLICATION_SAID,
        reasons={reason.value: words for reason, words in REFUSAL_REASONS.items()},
        may_hire=line.state in OPEN_APPLICATIONS,
        taken_back=line.state is ApplicationState.WITHDRAWN,
    )
    return shown, 422 if form.mistakes or (hire_form is not None and hire_form.mistakes) else 200


def _home(own: _Own, offer_id: int, application_id: int) -> str:
    return url_for(
        "employer_applications.page", company_id=own.company.id, offer_id=offer_id, application_id=application_id
    )
