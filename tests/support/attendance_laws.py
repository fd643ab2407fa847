"""The laws of places and queues, checked on the rows of one event: used by every test that moves people about."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from alpes_events.agenda.models import Event, EventSession, EventState
from alpes_events.attendance.models import ACTIVE, HOLDING, Presence, Registration, RegistrationState
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.people.models import Candidate
from alpes_events.seats.models import SeatPool

USUAL_CUT_OFF_HOURS = 2
"""What the organisation of the tests has."""

ENTRY_OF = {
    RegistrationState.CONFIRMED: EntryKind.REGISTRATION_CONFIRMED,
    RegistrationState.OFFERED: EntryKind.REGISTRATION_OFFERED,
    RegistrationState.WAITLISTED: EntryKind.REGISTRATION_WAITLISTED,
    RegistrationState.CANCELLED: EntryKind.REGISTRATION_CANCELLED,
    RegistrationState.EXPIRED: EntryKind.REGISTRATION_EXPIRED,
    RegistrationState.REVOKED: EntryKind.REGISTRATION_REVOKED,
}
"""The domain event that says that a sign-up came into a state."""


@dataclass(frozen=True)
class SignedUp:
    """One sign-up as it is now. `person` is the record that stands for its candidate."""

    id: int
    session_id: int | None
    person: int
    state: RegistrationState
    holds_seat: bool
    presence: Presence
    priority: int
    queued_at: datetime | None


@dataclass(frozen=True)
class Pool:
    """The places of the event (`session_id` None) or of one session, and whether they move by themselves until when."""

    session_id: int | None
    capacity: int | None
    taken: int
    live: bool
    cut_off_at: datetime


@dataclass(frozen=True)
class Snapshot:
    """Everything that may move at one event."""

    state: EventState
    starts_at: datetime
    ends_at: datetime
    sign_ups: tuple[SignedUp, ...] = ()
    pools: tuple[Pool, ...] = ()
    last_entry: int = 0

    def queue(self, session_id: int | None) -> list[SignedUp]:
        """Who waits for one place, the next first."""
        waiting = [one for one in self.sign_ups if one.state is RegistrationState.WAITLISTED]
        mine = [one for one in waiting if one.session_id == session_id]
        return sorted(mine, key=lambda one: (-one.priority, one.queued_at, one.id))


def snapshot(db: Session, event_id: int) -> Snapshot:
    """The event as the database has it now."""
    rows = db.execute(_PLACES, {"event": event_id}).all()
    event = rows[0]
    hours = USUAL_CUT_OFF_HOURS if event.cut_off_hours is None else event.cut_off_hours
    return Snapshot(
        state=event.state,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        sign_ups=tuple(SignedUp(*row) for row in db.execute(_SIGN_UPS, {"event": event_id})),
        pools=tuple(
            Pool(
                row.session_id,
                row.capacity,
                row.taken,
                row.state is EventState.PUBLISHED and row.cancelled_at is None,
                (row.session_starts_at or row.starts_at) - timedelta(hours=hours),
            )
            for row in rows
        ),
        last_entry=db.execute(_LAST_ENTRY).scalar_one() or 0,
    )


def entries_of(db: Session, event_id: int, *, after: int = 0) -> list[JournalEntry]:
    """The journal of the event and of its sign-ups, in order, after the entry `after`."""
    return list(db.execute(_ENTRIES, {"event": event_id, "after": after}).scalars())


def broken_laws(seen: Snapshot, *, now: datetime) -> list[str]:
    """What is wrong at the event; empty when every law holds."""
    return [*_broken_of_pools(seen, now=now), *_broken_of_people(seen), *_broken_of_states(seen)]


def _broken_of_pools(seen: Snapshot, *, now: datetime) -> Iterable[str]:
    for pool in seen.pools:
        name = f"session {pool.session_id}" if pool.session_id else "event"
        holding = sum(one.holds_seat for one in seen.sign_ups if one.session_id == pool.session_id)
        if holding != pool.taken:
            yield f"{name}: the counter says {pool.taken}, {holding} hold a place"
        if pool.capacity is not None and holding > pool.capacity:
            yield f"{name}: {holding} hold one of {pool.capacity} places"
        waiting = len(seen.queue(pool.session_id))
        free = pool.capacity is None or pool.taken < pool.capacity
        if waiting and free and pool.live and now < pool.cut_off_at:
            yield f"{name}: {waiting} wait before the cut-off while a place is free"


def _broken_of_people(seen: Snapshot) -> Iterable[str]:
    active = Counter((one.session_id, one.person) for one in seen.sign_ups if one.state in ACTIVE)
    return [f"person {person} is signed up {count} times" for (_, person), count in active.items() if count > 1]


def _broken_of_states(seen: Snapshot) -> Iterable[str]:
    off = seen.state in {EventState.CANCELLED, EventState.WITHDRAWN}
    for one in seen.sign_ups:
        if one.state is RegistrationState.OFFERED and not one.holds_seat:
            yield f"sign-up {one.id} is offered a place that it does not hold"
        if one.holds_seat and one.state not in HOLDING:
            yield f"sign-up {one.id} is {one.state} and holds a place"
        if off and one.state in ACTIVE:
            yield f"sign-up {one.id} is {one.state} at an event that is off"


_EVENT = bindparam("event", type_=Integer)
_SESSION = aliased(EventSession)
_POOLS_OF_SESSIONS = select(col(EventSession.pool_id)).where(col(EventSession.event_id) == _EVENT)
_PLACES: Any = (
    select(
        col(Event.state),
        col(Event.starts_at),
        col(Event.ends_at),
        col(Event.cut_off_hours),
        col(_SESSION.id).label("session_id"),
        col(_SESSION.starts_at).label("session_starts_at"),
        col(_SESSION.cancelled_at),
        col(SeatPool.capacity),
        col(SeatPool.taken),
    )
    .select_from(Event)
    .join(SeatPool, or_(col(SeatPool.id) == col(Event.pool_id), col(SeatPool.id).in_(_POOLS_OF_SESSIONS)))
    .join(_SESSION, col(_SESSION.pool_id) == col(SeatPool.id), isouter=True)
    .where(col(Event.id) == _EVENT)
    .order_by(col(SeatPool.id))
)
"""The event and its sessions, with their pools: asked after every step, so made once."""
_SIGN_UPS = (
    select(
        col(Registration.id),
        col(Registration.session_id),
        func.coalesce(Candidate.merged_into, Candidate.id),
        col(Registration.state),
        col(Registration.holds_seat),
        col(Registration.presence),
        col(Registration.priority),
        col(Registration.queued_at),
    )
    .join(Candidate, col(Registration.candidate_id) == col(Candidate.id))
    .where(col(Registration.event_id) == _EVENT)
    .order_by(col(Registration.id))
)
_LAST_ENTRY = select(func.max(JournalEntry.id))
_ENTRIES = (
    select(JournalEntry)
    .where(
        col(JournalEntry.id) > bindparam("after", type_=Integer),
        or_(
            and_(col(JournalEntry.subject_kind) == "event", col(JournalEntry.subject_id) == _EVENT),
            and_(
                col(JournalEntry.subject_kind) == "registration",
                col(JournalEntry.subject_id).in_(
                    select(col(Registration.id)).where(col(Registration.event_id) == _EVENT)
                ),
            ),
        ),
    )
    .order_by(col(JournalEntry.id))
)
