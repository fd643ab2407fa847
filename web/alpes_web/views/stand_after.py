"""After the event, behind the link of a stand: what came of each interview that was noted, and how many were held."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.agenda.models import Event
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.refusals import UnknownInterview
from alpes_events.fair.stand_queries import stand_of_reference
from alpes_events.fair.stand_views import StandView
from alpes_events.fair.wishes import names_shown
from alpes_events.fair.words import OUTCOMES
from alpes_events.hiring.hires import BadHire
from alpes_events.hiring.meeting_outcomes import BadOutcome, clear_outcome, note_outcome, say_interviews
from alpes_events.hiring.stand_meetings import HeldInterview, interviews_of_stand
from alpes_events.hiring.words import CONTRACTS
from alpes_web.languages import translated
from alpes_web.link_refusals import LinkIsOver, WrongLink
from alpes_web.links import Purpose, reference_in
from alpes_web.my_data_forms import ButtonForm
from alpes_web.names_read import note_names
from alpes_web.own_stand import after_is_open
from alpes_web.site import site
from alpes_web.stand_after_form import CountForm, OutcomeForm
from alpes_web.visitor import visitor

stand_after = Blueprint("stand_after", __name__, url_prefix="/stand/<secret>/after")


@dataclass(frozen=True)
class _Own:
    """The stand of the link, its event, and the interviews noted there."""

    stand: StandView
    event: Event
    interviews: list[HeldInterview]
    said_count: int | None

    def interview(self, interview_id: int) -> HeldInterview:
        """One of its own; another stand's does not exist."""
        found = next((one for one in self.interviews if one.id == interview_id), None)
        if found is None:
            raise UnknownInterview
        return found


@stand_after.route("", methods=["GET", "POST"])
def page(secret: str) -> Response | tuple[str, int]:
    """Every interview that was noted, with what came of it; and how many there were in all."""
    own = _own(secret)
    form = CountForm(data={"interviews": own.said_count})
    if form.validate_on_submit() and _said(own, form):
        flash(translated("C’est enregistré. Merci."), "ok")
        return redirect(url_for("stand_after.page", secret=secret), code=303)
    note_names(one.candidate_id for one in own.interviews if one.candidate_id is not None)
    shown = render_template(
        "stand/after.html",
        section="agenda",
        own=own,
        event=own.event,
        form=form,
        secret=secret,
        outcomes=OUTCOMES,
        contracts=CONTRACTS,
    )
    return shown, 422 if form.mistakes else 200


@stand_after.route("/<int:interview_id>", methods=["GET", "POST"])
def outcome(secret: str, interview_id: int) -> Response | tuple[str, int]:
    """What came of one interview."""
    own = _own(secret)
    held = own.interview(interview_id)
    stored = {"outcome": held.outcome}
    if held.hire is not None:
        stored |= {name: getattr(held.hire, name) for name in ("contract", "signed_on", "starts_on", "ends_on")}
    form = OutcomeForm(data=stored)
    if form.validate_on_submit() and _noted(own, interview_id, form):
        flash(translated("C’est enregistré. Merci."), "ok")
        return redirect(url_for("stand_after.page", secret=secret), code=303)
    note_names([held.candidate_id] if held.candidate_id is not None else [])
    shown = render_template(
        "stand/outcome.html",
        section="agenda",
        own=own,
        event=own.event,
        held=held,
        form=form,
        secret=secret,
        button=ButtonForm(formdata=None),
    )
    return shown, 422 if form.mistakes else 200


@stand_after.post("/<int:interview_id>/clear")
def clear(secret: str, interview_id: int) -> Response:
    """What was said of an interview was a mistake."""
    ButtonForm().refuse_unknown_fields()
    own = _own(secret)
    own.interview(interview_id)
    with site().database.writing() as db:
        clear_outcome(db, interview_id, exhibitor_id=own.stand.id, now=site().now(), account_id=_account())
        db.commit()
    flash(translated("C’est effacé : la suite de cet entretien n’est plus connue."), "ok")
    return redirect(url_for("stand_after.page", secret=secret), code=303)


def _own(secret: str) -> _Own:
    """The stand of a link that serves. Raises `WrongLink`, `LinkIsOver`."""
    reference = reference_in(secret, purpose=Purpose.STAND, key=site().settings.secret_key)
    with site().database.reading() as db:
        found = None if reference is None else stand_of_reference(db, reference)
        if found is None or found[0].state is not ExhibitorState.ACCEPTED:
            raise WrongLink
        stand, event = found
        if not after_is_open(event):
            raise LinkIsOver
        return _read(db, stand, event)


def _read(db: Session, stand: StandView, event: Event) -> _Own:
    interviews = interviews_of_stand(db, stand.id, with_names=names_shown(event, now=site().now()))
    return _Own(stand, event, interviews, stand.said_interview_count)


def _said(own: _Own, form: CountForm) -> bool:
    try:
        with site().database.writing() as db:
            say_interviews(db, own.stand.id, form.interviews.data, now=site().now(), account_id=_account())
            db.commit()
    except BadOutcome as refusal:
        form.blame(refusal)
    return not form.mistakes


def _noted(own: _Own, interview_id: int, form: OutcomeForm) -> bool:
    hire = form.hire()
    if form.mistakes:
        return False
    try:
        with site().database.writing() as db:
            note_outcome(
                db,
                interview_id,
                form.outcome.data,
                exhibitor_id=own.stand.id,
                hire=hire,
                now=site().now(),
                account_id=_account(),
            )
            db.commit()
    except (BadOutcome, BadHire) as refusal:
        form.blame(refusal)
    return not form.mistakes


def _account() -> int | None:
    reader = visitor()
    return None if reader is None else reader.account_id
