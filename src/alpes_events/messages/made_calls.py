"""The calls that were made: who was told what, when and by whom; and one that was noted by mistake, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event, EventSession, Venue
from alpes_events.attendance.models import Registration
from alpes_events.attendance.offers import stop_deadline
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.messages.call_list import CallIsOver, UnknownCall
from alpes_events.messages.contacts import Contact, contacts_of
from alpes_events.messages.kinds import NOT_OURS, MessageKind
from alpes_events.messages.models import CallState, CallTask
from alpes_events.messages.occasion import occasion_of, standings_of
from alpes_events.messages.relevance import still_true
from alpes_events.people.models import Account, Candidate
from alpes_events.territory.organisation import current_organisation

LATELY = timedelta(days=2)
"""How long a call that was made stays in sight."""
_MOST = 200


@dataclass(frozen=True)
class MadeCall:
    """One call that reached somebody. `event_title` is empty for a call about a file; `may_return`: the news still
    holds and nothing fresher is to be told, so that it can be taken back into the list.
    """

    id: int
    kind: MessageKind
    contact: Contact
    event_title: str
    registration_id: int | None
    called_at: datetime
    caller: str
    may_return: bool


def calls_made(db: Session, *, since: datetime, now: datetime, event_id: int | None = None) -> list[MadeCall]:
    """The calls of an event (or all) that reached somebody since then, the latest first."""
    query = (
        select(CallTask, Account.name, Event.title)
        .join(Account, col(CallTask.called_by) == col(Account.id), isouter=True)
        .join(Event, col(CallTask.event_id) == col(Event.id), isouter=True)
        .where(col(CallTask.state) == CallState.REACHED, col(CallTask.called_at) >= since)
        .order_by(col(CallTask.called_at).desc(), col(CallTask.id).desc())
        .limit(_MOST)
    )
    if event_id is not None:
        query = query.where(col(CallTask.event_id) == event_id)
    rows = db.exec(query).all()
    if not rows:
        return []
    tasks = [task for task, _caller, _title in rows]
    contacts, returning = contacts_of(db, {task.candidate_id for task in tasks}), _returning(db, tasks, now=now)
    return [
        MadeCall(
            id=task.id or 0,
            kind=MessageKind(task.kind),
            contact=contacts[task.candidate_id],
            event_title=title or "",
            registration_id=task.registration_id,
            called_at=task.called_at,
            caller=caller or "",
            may_return=task.id in returning,
        )
        for task, caller, title in rows
        if task.called_at is not None
    ]


def take_back_call(db: Session, call_id: int, *, account_id: int, now: datetime) -> None:
    """The person was not told after all: the call is to be made again, and a time to answer that it started stops.

    The try stays counted; the journal keeps who had noted it, and when. Raises `UnknownCall`, or `CallIsOver` when
    the call was never made, its news holds no more, or fresher news is to be told.
    """
    task = db.get(CallTask, call_id, with_for_update=True)
    if task is None:
        raise UnknownCall
    if task.state is not CallState.REACHED or task.called_at is None or not _returning(db, [task], now=now):
        raise CallIsOver
    task.state = CallState.NOT_REACHED
    db.add(task)
    if task.kind == MessageKind.OFFERED and task.registration_id is not None:
        stop_deadline(db, task.registration_id)
    subject = ("candidate", task.candidate_id)
    if task.registration_id is not None:
        subject = ("registration", task.registration_id)
    facts = {
        "event_id": task.event_id,
        "candidate_id": task.candidate_id,
        "called_by": task.called_by,
        "called_at": task.called_at.isoformat(),
    }
    record(db, EntryKind.CALL_TAKEN_BACK, subject=subject, now=now, account_id=account_id, facts=facts)


def _returning(db: Session, tasks: Sequence[CallTask], *, now: datetime) -> set[int | None]:
    """The ids of those whose news still holds, and is the freshest for its sign-up."""
    about_files = {task.candidate_id: task for task in tasks if task.kind == MessageKind.RETENTION_NOTICE}
    people = db.exec(select(Candidate).where(col(Candidate.id).in_(about_files))).all()
    silent = {about_files[person.id or 0].id for person in people if _silent(person)}
    rows = db.execute(_WHAT_FOR.where(col(CallTask.id).in_([task.id for task in tasks]), ~_FRESHER)).all()
    organisation = current_organisation(db)
    standings = standings_of(db, [registration for _task, registration, *_ in rows])
    return silent | {
        task.id
        for (task, registration, *_), standing in zip(rows, standings, strict=True)
        if still_true(MessageKind(task.kind), standing, occasion_of(db, registration, organisation), now=now)
    }


def _silent(person: Candidate) -> bool:
    """Whether the person is still to be told that their file will go."""
    announced_at = person.erasure_announced_at
    return person.erased_at is None and announced_at is not None and person.last_active_at <= announced_at


_WHAT_FOR = (
    columns(CallTask, Registration, Event, EventSession, Venue)
    .join(Registration, col(CallTask.registration_id) == col(Registration.id))
    .join(Event, col(Registration.event_id) == col(Event.id))
    .join(EventSession, col(Registration.session_id) == col(EventSession.id), isouter=True)
    .join(Venue, col(Event.venue_id) == col(Venue.id), isouter=True)
)
"""Calls with what `occasion_of` looks up."""

_LATER = aliased(CallTask)
_FRESHER = exists().where(
    _LATER.registration_id == col(CallTask.registration_id),  # type: ignore[arg-type]
    _LATER.kind.not_in(NOT_OURS),  # type: ignore[attr-defined]
    _LATER.id > col(CallTask.id),
)
