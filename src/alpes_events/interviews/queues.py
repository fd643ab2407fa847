"""The queue of a stand, for people without a time there: who joins gets a number, is called, served, or gone.

Who is served is marked held like every interview (`marks`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session, col, func, select

from alpes_events.agenda.models import Event, EventState
from alpes_events.attendance.models import Presence, Registration, RegistrationState
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.commands import the_exhibitor
from alpes_events.fair.meetings import Interview
from alpes_events.fair.refusals import ExhibitorElsewhere, NotAtEvent, UnknownInterview
from alpes_events.interviews.days import hold_day
from alpes_events.interviews.live import InterviewState, state_of, to_come
from alpes_events.interviews.refusals import MeetsAlready, NobodyWaits, NotInQueue, QueueIsClosed
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind

_ABSENT = (Presence.EXCUSED, Presence.NO_SHOW)
Change = Literal["joined", "called", "left", "back"]


@dataclass(frozen=True)
class Joined:
    """A place in a queue: its row, and the number that is called."""

    interview_id: int
    number: int


def queue_open(event: Event, *, now: datetime) -> bool:
    """Whether people may join the queues of an event: while it runs."""
    return event.state is EventState.PUBLISHED and event.starts_at <= now < event.ends_at


def join_queue(
    db: Session, registration_id: int, exhibitor_id: int, *, now: datetime, account_id: int | None
) -> Joined:
    """A sign-up waits for its turn at a stand. Who waits there already keeps their number.

    Raises `QueueIsClosed`, `NotAtEvent`, `ExhibitorElsewhere`, and `MeetsAlready` for who has a time there.
    """
    event_id = _may_wait(db, registration_id, exhibitor_id, now=now)
    there = _with(db, registration_id, exhibitor_id)
    if there is not None:
        if there.queue_number is None or there.starts is not None:
            raise MeetsAlready
        return Joined(there.id or 0, there.queue_number)
    row = Interview(
        event_id=event_id,
        registration_id=registration_id,
        exhibitor_id=exhibitor_id,
        queue_number=_next_number(db, exhibitor_id),
        queued_at=now,
    )
    db.add(row)
    db.flush()
    _record(db, row, "joined", now=now, account_id=account_id)
    return Joined(row.id or 0, row.queue_number or 0)


def call_next(db: Session, exhibitor_id: int, *, now: datetime, account_id: int | None) -> int:
    """The first who waits and was not called is called. Gives the interview. Raises `NobodyWaits`."""
    hold_day(db, the_exhibitor(db, exhibitor_id).event_id, now=now)
    waiting = [one for one in queue_of(db, exhibitor_id) if one.called_at is None]
    if not waiting:
        raise NobodyWaits
    call(db, waiting[0].id or 0, now=now, account_id=account_id)
    return waiting[0].id or 0


def call(db: Session, interview_id: int, *, now: datetime, account_id: int | None) -> None:
    """This person is called; called again, they are called from now."""
    row = _waiting(db, interview_id, now=now)
    row.called_at = now
    db.add(row)
    db.flush()
    _record(db, row, "called", now=now, account_id=account_id)


def leave_queue(db: Session, interview_id: int, *, now: datetime, account_id: int | None) -> None:
    """The person waits no more: they left, or did not answer the call. A second time changes nothing."""
    row = _of_queue(db, interview_id, now=now)
    if state_of(row) is InterviewState.CALLED_OFF:
        return
    if state_of(row) is not InterviewState.QUEUED:
        raise NotInQueue
    row.called_off_at = now
    db.add(row)
    db.flush()
    _record(db, row, "left", now=now, account_id=account_id)


def come_back(db: Session, interview_id: int, *, now: datetime, account_id: int | None) -> None:
    """Who had left the queue waits again, with the same number. A second time changes nothing."""
    row = _of_queue(db, interview_id, now=now)
    if state_of(row) is InterviewState.QUEUED:
        return
    if state_of(row) is not InterviewState.CALLED_OFF:
        raise NotInQueue
    if not queue_open(db.get_one(Event, row.event_id), now=now):
        raise QueueIsClosed
    if _with(db, row.registration_id, row.exhibitor_id) is not None:
        raise MeetsAlready
    row.called_off_at = row.called_at = None
    db.add(row)
    db.flush()
    _record(db, row, "back", now=now, account_id=account_id)


def queue_of(db: Session, *exhibitor_ids: int) -> list[Interview]:
    """Who waits at these stands, called or not, by number."""
    rows = db.exec(
        select(Interview).where(
            col(Interview.exhibitor_id).in_(exhibitor_ids), col(Interview.starts).is_(None), to_come()
        )
    )
    return sorted(rows, key=lambda one: (one.exhibitor_id, one.queue_number or 0))


def _may_wait(db: Session, registration_id: int, exhibitor_id: int, *, now: datetime) -> int:
    """The event of a sign-up that may wait at a stand, its day held."""
    exhibitor = the_exhibitor(db, exhibitor_id)
    hold_day(db, exhibitor.event_id, now=now)
    registration = db.get(Registration, registration_id, populate_existing=True)
    if (
        registration is None
        or registration.state is not RegistrationState.CONFIRMED
        or registration.presence in _ABSENT
    ):
        raise NotAtEvent
    if registration.event_id != exhibitor.event_id or exhibitor.state is not ExhibitorState.ACCEPTED:
        raise ExhibitorElsewhere(name=exhibitor.name)
    if not queue_open(db.get_one(Event, exhibitor.event_id), now=now):
        raise QueueIsClosed
    return exhibitor.event_id


def _with(db: Session, registration_id: int, exhibitor_id: int) -> Interview | None:
    return db.exec(
        select(Interview).where(
            Interview.registration_id == registration_id, Interview.exhibitor_id == exhibitor_id, to_come()
        )
    ).first()


def _next_number(db: Session, exhibitor_id: int) -> int:
    """Numbers rise and are never given twice: the day is held, so that two who join get two."""
    last = select(func.max(Interview.queue_number)).where(Interview.exhibitor_id == exhibitor_id)
    return (db.exec(last).one() or 0) + 1


def _of_queue(db: Session, interview_id: int, *, now: datetime) -> Interview:
    event_id = db.exec(select(Interview.event_id).where(Interview.id == interview_id)).first()
    if event_id is None:
        raise UnknownInterview
    hold_day(db, event_id, now=now)
    row = db.get_one(Interview, interview_id, populate_existing=True)
    if row.queue_number is None:
        raise NotInQueue
    return row


def _waiting(db: Session, interview_id: int, *, now: datetime) -> Interview:
    row = _of_queue(db, interview_id, now=now)
    if state_of(row) is not InterviewState.QUEUED:
        raise NotInQueue
    return row


def _record(db: Session, row: Interview, change: Change, *, now: datetime, account_id: int | None) -> None:
    facts = {
        "event_id": row.event_id,
        "exhibitor_id": row.exhibitor_id,
        "interview_id": row.id,
        "change": change,
    }
    subject = ("registration", row.registration_id)
    record(db, EntryKind.INTERVIEW_QUEUED, subject=subject, now=now, account_id=account_id, facts=facts)
