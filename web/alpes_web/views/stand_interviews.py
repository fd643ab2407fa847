"""The day of a stand on a telephone, behind its link: who comes when, who waits, held or not, and what came of it."""

from dataclasses import dataclass
from uuid import uuid4

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask import Response as AnyResponse
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.agenda.local_time import local_day
from alpes_events.agenda.models import Event, EventState
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.meetings import Interview
from alpes_events.fair.refusals import UnknownInterview
from alpes_events.fair.stand_queries import accepted_stand, stand_of_reference
from alpes_events.fair.stand_views import StandView
from alpes_events.fair.wishes import names_shown
from alpes_events.fair.words import OUTCOMES
from alpes_events.hiring.meeting_outcomes import clear_outcome, note_outcome
from alpes_events.interviews.marks import mark as keep_mark
from alpes_events.interviews.queues import call, call_next, come_back, leave_queue, queue_open
from alpes_events.interviews.stand_day import StandDay, is_listed, seal_of, stand_day
from alpes_web.identity import identity
from alpes_web.kept_marks import SAID_ON_THE_DAY, KeptForm, MarkForm, OutcomeForm, marked_when
from alpes_web.link_refusals import LinkIsOver, WrongLink
from alpes_web.links import Purpose, reference_in
from alpes_web.my_data_forms import ButtonForm
from alpes_web.names_read import note_names
from alpes_web.own_stand import after_is_open
from alpes_web.site import site
from alpes_web.visitor import visitor

stand_interviews = Blueprint("stand_interviews", __name__, url_prefix="/stand/<secret>/interviews")


@dataclass(frozen=True)
class _Own:
    """The stand of the link, its event and its day."""

    stand: StandView
    event: Event
    day: StandDay


@stand_interviews.get("")
def page(secret: str) -> str:
    """The list, with its buttons once it is the day; each name that is shown is noted as read."""
    own, now = _own(secret), site().now()
    note_names({one.candidate_id for one in own.day.meetings if one.candidate_id is not None})
    zone = identity().zone
    return render_template(
        "stand/interviews.html",
        section="agenda",
        own=own,
        event=own.event,
        day=own.day,
        secret=secret,
        seal=seal_of(own.day),
        button=ButtonForm(formdata=None),
        may_mark=local_day(own.event.starts_at, zone) <= local_day(now, zone),
        queue_is_open=queue_open(own.event, now=now),
        outcomes=[(one, OUTCOMES[one]) for one in SAID_ON_THE_DAY],
        new_key=lambda: str(uuid4()),
    )


@stand_interviews.get("/seal")
def seal(secret: str) -> AnyResponse:
    """Whether the list is still as it was: no name is read for that."""
    return jsonify(seal=seal_of(_own(secret).day))


@stand_interviews.post("/mark")
def mark(secret: str) -> AnyResponse | Response:
    """Held, not held, or neither after all."""
    form = MarkForm()
    if not form.validate_on_submit() or form.mark.data is None:
        abort(400)
    here, was = site(), _seal_before(secret)
    when = marked_when(form.marked_at.data or "", form.sent_at.data or "", now=here.now())
    with here.database.writing() as db:
        interview_id = _of_stand(db, secret, form)
        keep_mark(
            db,
            interview_id,
            form.mark.data,
            mark_key=form.mark_key.data or str(uuid4()),
            marked_at=when,
            now=here.now(),
            account_id=_account(),
        )
        db.commit()
    return _done(secret, was, interview_id)


@stand_interviews.post("/outcome")
def outcome(secret: str) -> AnyResponse | Response:
    """What came of an interview, in one press; pressed again it is unknown."""
    form = OutcomeForm()
    if not form.validate_on_submit():
        abort(400)
    said, now, was = form.outcome.data, site().now(), _seal_before(secret)
    with site().database.writing() as db:
        interview_id, (stand_id, _event) = _of_stand(db, secret, form), _the_stand(db, secret)
        if said is None:
            clear_outcome(db, interview_id, exhibitor_id=stand_id, now=now, account_id=_account())
        else:
            note_outcome(db, interview_id, said, exhibitor_id=stand_id, now=now, account_id=_account())
        db.commit()
    return _done(secret, was, interview_id)


@stand_interviews.post("/call")
def call_somebody(secret: str) -> Response:
    """The next of the queue is called."""
    ButtonForm().refuse_unknown_fields()
    own = _own(secret)
    with site().database.writing() as db:
        interview_id = call_next(db, own.stand.id, now=site().now(), account_id=_account())
        db.commit()
    return _back(secret, interview_id)


@stand_interviews.post("/<int:interview_id>/<any(call, leave, return):change>")
def queue(secret: str, interview_id: int, change: str) -> Response:
    """Somebody of the queue is called again, is gone, or is back."""
    ButtonForm().refuse_unknown_fields()
    own = _own(secret)
    if own.day.meeting(interview_id) is None:
        raise UnknownInterview
    act = {"call": call, "leave": leave_queue, "return": come_back}[change]
    with site().database.writing() as db:
        act(db, interview_id, now=site().now(), account_id=_account())
        db.commit()
    return _back(secret, interview_id)


def _own(secret: str) -> _Own:
    """The stand of a link that serves: as long as something of the event can be said. Raises `WrongLink`,
    `LinkIsOver`.
    """
    reference = reference_in(secret, purpose=Purpose.STAND, key=site().settings.secret_key)
    with site().database.reading() as db:
        found = None if reference is None else stand_of_reference(db, reference)
        if found is None or found[0].state is not ExhibitorState.ACCEPTED:
            raise WrongLink
        stand, event = found
        if not _serves(event):
            raise LinkIsOver
        return _Own(stand, event, _day(db, stand, event))


def _serves(event: Event) -> bool:
    now = site().now()
    ahead = event.state is EventState.PUBLISHED and now < event.starts_at
    return ahead or after_is_open(event)


def _day(db: Session, stand: StandView, event: Event) -> StandDay:
    return stand_day(db, event, stand.id, with_names=names_shown(event, now=site().now()))


def _the_stand(db: Session, secret: str) -> tuple[int, Event]:
    """The id of the stand of a link that serves, and its event. Raises `WrongLink`, `LinkIsOver`."""
    reference = reference_in(secret, purpose=Purpose.STAND, key=site().settings.secret_key)
    found = None if reference is None else accepted_stand(db, reference)
    if found is None:
        raise WrongLink
    if not _serves(found[1]):
        raise LinkIsOver
    return found


def _of_stand(db: Session, secret: str, form: KeptForm) -> int:
    """The interview that a form names; another stand's does not exist, nor one that was called off."""
    stand_id, _event = _the_stand(db, secret)
    row = db.get(Interview, form.interview_id.data or 0)
    if row is None or row.exhibitor_id != stand_id or not is_listed(row):
        raise UnknownInterview
    return row.id or 0


def _seal_before(secret: str) -> str | None:
    """The list as it was, for a telephone that keeps it itself."""
    return seal_of(_own(secret).day) if _keeps_list() else None


def _keeps_list() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def _done(secret: str, was: str | None, interview_id: int) -> AnyResponse | Response:
    """Back to the list; a telephone that keeps the list itself is told what it was and is."""
    return _back(secret, interview_id) if was is None else jsonify(was=was, seal=seal_of(_own(secret).day))


def _back(secret: str, interview_id: int) -> Response:
    return redirect(url_for("stand_interviews.page", secret=secret, _anchor=f"i{interview_id}"), 303)


def _account() -> int | None:
    reader = visitor()
    return None if reader is None else reader.account_id
