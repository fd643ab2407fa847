"""The page of one application: who, for what, each step, and the forms of what may follow."""

from flask import render_template

from alpes_events.hiring.application_states import next_states
from alpes_events.hiring.applications_table import ApplicationView
from alpes_events.hiring.words import REFUSAL_REASONS
from alpes_events.language.sentence import N_
from alpes_events.people.queries import candidate_view, canonical, the_candidate
from alpes_web.site import site
from alpes_web.staff.application_forms import STEPS, HireForm, StepForm
from alpes_web.staff.offer_words import APPLICATION_SAID


def step_form(view: ApplicationView) -> StepForm:
    """The form of the next step, empty, with what may follow."""
    form = StepForm(formdata=None)
    following = {state.value for state in next_states(view.line.state)}
    form.state.choices = [
        ("", N_("Choisissez")),
        *((state.value, words) for state, words in STEPS.items() if state.value in following),
    ]
    return form


def application_page(view: ApplicationView, form: StepForm, hire_form: HireForm | None) -> tuple[str, int]:
    """The page, with the forms as they were filled, and its status."""
    with site().database.reading() as db:
        person = candidate_view(canonical(db, the_candidate(db, view.line.candidate_id))) if view.line.person else None
    wrong = form.mistakes or (hire_form.mistakes if hire_form else [])
    shown = render_template(
        "staff/offers/application.html",
        section="offers",
        view=view,
        person=person,
        form=form,
        hire_form=hire_form,
        said_states=APPLICATION_SAID,
        reasons={reason.value: words for reason, words in REFUSAL_REASONS.items()},
    )
    return shown, 422 if wrong else 200
