"""The day of a stand on a telephone, behind its link: who comes when, who waits, held or not, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask import Response as AnyResponse
from sqlmodel import Session, select
from werkzeug.wrappers import Response

from alpes_events.agenda.local_time import local_day
from alpes_events.agenda.models import Event, EventState
from alpes_events.fair.meetings import Interview
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.refusals import UnknownInterview
from alpes_events.fair.stand_queries import accepted_stand
from alpes_events.fair.wishes import names_shown
from alpes_events.fair.words import OUTCOMES
from alpes_events.hiring.meeting_outcomes import clear_outcome, note_outcome
from alpes_events.interviews.marks import mark as keep_mark
from alpes_events.interviews.queues import call, call_next, come_back, leave_queue, queue_open
from alpes_events.interviews.stand_day import seal_of_stand, stand_day
from alpes_web.identity import identity
from alpes_web.kept_marks import SAID_ON_THE_DAY, MarkForm, OutcomeForm, marked_when
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
    """The id of the stand of the link, and its event."""

    id: int
    event: Event


@stand_interviews.get("")
def page(secret: str) -> str:
    """The list, with its buttons once it is the day; each name that is shown is noted as read."""
    now, zone = site().now(), identity().zone
    with site().database.reading() as db:
        own = _own(db, secret)
        day = stand_day(db, own.event, own.id, with_names=names_shown(own.event, now=now))
        seal, name = seal_of_stand(db, own.id), db.get_one(Exhibitor, own.id).name
    note_names({one.candidate_id for one in day.meetings if one.candidate_id is not None})
    return render_template(
        "stand/interviews.html",
        section="agenda",
        own=own,
        name=name,
        event=own.event,
        day=day,
        secret=secret,
        seal=seal,
        button=ButtonForm(formdata=None),
        may_mark=local_day(own.event.starts_at, zone) <= local_day(now, zone),
        queue_is_open=queue_open(own.event, now=now),
        outcomes=[(one, OUTCOMES[one]) for one in SAID_ON_THE_DAY],
        new_key=lambda: str(uuid4()),
    )


@stand_interviews.get("/seal")
def seal(secret: str) -> AnyResponse:
    """Whether the list is still as it was: no name is read for that."""
    with site().database.reading() as db:
        return jsonify(seal=seal_of_stand(db, _own(db, secret).id))


@stand_interviews.post("/mark")
def mark(secret: str) -> AnyResponse | Response:
    """Held, not held, or neither after all."""
    form = MarkForm()
    said = form.mark.data if form.validate_on_submit() else None
    if said is None:
        abort(400)

    def keep(db: Session, _stand: _Own, interview_id: int, now: datetime) -> None:
        when = marked_when(form.marked_at.data or "", form.sent_at.data or "", now=now)
        key = form.mark_key.data or str(uuid4())
        keep_mark(db, interview_id, said, mark_key=key, marked_at=when, now=now, account_id=_account())

    return _kept(secret, form.interview_id.data or 0, keep)


@stand_interviews.post("/outcome")
def outcome(secret: str) -> AnyResponse | Response:
    """What came of an interview, in one press; pressed again it is unknown."""
    form = OutcomeForm()
    if not form.validate_on_submit():
        abort(400)
    said = form.outcome.data

    def keep(db: Session, own: _Own, interview_id: int, now: datetime) -> None:
        by: dict[str, Any] = {"exhibitor_id": own.id, "now": now, "account_id": _account()}
        if said is None:
            clear_outcome(db, interview_id, **by)
        else:
            note_outcome(db, interview_id, said, **by)

    return _kept(secret, form.interview_id.data or 0, keep)


@stand_interviews.post("/call")
def call_somebody(secret: str) -> Response:
    """The next of the queue is called."""
    ButtonForm().refuse_unknown_fields()
    with site().database.writing() as db:
        interview_id = call_next(db, _own(db, secret).id, now=site().now(), account_id=_account())
        db.commit()
    return _back(secret, interview_id)


@stand_interviews.post("/<int:interview_id>/<any(call, leave, return):change>")
def queue(secret: str, interview_id: int, change: str) -> Response:
    """Somebody of the queue is called again, is gone, or is back."""
    ButtonForm().refuse_unknown_fields()
    act = {"call": call, "leave": leave_queue, "return": come_back}[change]
    with site().database.writing() as db:
        _check_own(db, _own(db, secret), interview_id)
        act(db, interview_id, now=site().now(), account_id=_account())
        db.commit()
    return _back(secret, interview_id)


def _kept(
    secret: str, interview_id: int, keep: Callable[[Session, _Own, int, datetime], None]
) -> AnyResponse | Response:
    """Keep what was pressed, then back to the list; a telephone that keeps the list itself is told what it was and
    is: it asks for the list again when somebody else changed it.
    """
    with site().database.writing() as db:
        own = _own(db, secret)
        _check_own(db, own, interview_id)
        was = seal_of_stand(db, own.id)
        keep(db, own, interview_id, site().now())
        seal = seal_of_stand(db, own.id)
        db.commit()
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return jsonify(was=was, seal=seal)
    return _back(secret, interview_id)


def _own(db: Session, secret: str) -> _Own:
    """The stand of a link that serves: as long as something of the event can be said. Raises `WrongLink`,
    `LinkIsOver`.
    """
    reference = reference_in(secret, purpose=Purpose.STAND, key=site().settings.secret_key)
    found = None if reference is None else accepted_stand(db, reference)
    if found is None:
        raise WrongLink
    own = _Own(*found)
    ahead = own.event.state is EventState.PUBLISHED and site().now() < own.event.starts_at
    if not ahead and not after_is_open(own.event):
        raise LinkIsOver
    return own


def _check_own(db: Session, own: _Own, interview_id: int) -> None:
    """Another stand's interview does not exist."""
    if db.exec(select(Interview.exhibitor_id).where(Interview.id == interview_id)).first() != own.id:
        raise UnknownInterview


def _back(secret: str, interview_id: int) -> Response:
    return redirect(url_for("stand_interviews.page", secret=secret, _anchor=f"i{interview_id}"), 303)


def _account() -> int | None:
    reader = visitor()
    return None if reader is None else reader.account_id
