"""The places of an event or session: who they belong to, how a freed one moves, and changing their number."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, bindparam, update
from sqlmodel import Session, col, func, select

from alpes_events.agenda.commands import UnknownEvent
from alpes_events.agenda.local_time import local_day
from alpes_events.agenda.models import Event, EventSession, EventState
from alpes_events.agenda.sessions import UnknownSession, the_session
from alpes_events.attendance.models import Registration, RegistrationState
from alpes_events.attendance.turn import ahead_of, in_turn
from alpes_events.attendance.waiting_list import Rules, may_promote, offer_deadline
from alpes_events.database.outcome import row_count
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.people.models import Candidate
from alpes_events.people.queries import canonical, the_candidate
from alpes_events.people.situation import Situation, situation_on
from alpes_events.seats.pool import give_seat_back, lock_pool, pool_state, resize_pool, take_seat
from alpes_events.territory.models import Organisation


@dataclass(frozen=True)
class Place:
    """What people sign up for: an event, or one of its sessions, with its pool and the rules of its queue."""

    event: Event
    session_id: int | None
    pool_id: int
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    rules: Rules
    organisation: Organisation


_EVENT_AND_ORGANISATION = (
    select(Event, Organisation)
    .join(Organisation, col(Organisation.id) == 1)
    .where(col(Event.id) == bindparam("event_id"))
    .execution_options(populate_existing=True)
)


def find_place(db: Session, event_id: int, session_id: int | None) -> Place:
    """The place, or `UnknownEvent` or `UnknownSession`."""
    found = db.exec(_EVENT_AND_ORGANISATION, params={"event_id": event_id}).first()
    if found is None:
        raise UnknownEvent
    event, organisation = found
    part = None if session_id is None else the_session(db, session_id)
    if part is not None and part.event_id != event_id:
        raise UnknownSession
    starts_at = event.starts_at if part is None else part.starts_at
    return Place(
        event=event,
        session_id=session_id,
        pool_id=event.pool_id if part is None else part.pool_id,
        starts_at=starts_at,
        ends_at=event.ends_at if part is None else part.ends_at,
        cancelled=part is not None and part.cancelled_at is not None,
        rules=Rules(
            starts_at=starts_at,
            offer_hours=_chosen(event.offer_hours, organisation.offer_hours),
            cut_off_hours=_chosen(event.cut_off_hours, organisation.cut_off_hours),
        ),
        organisation=organisation,
    )


def hold_place(db: Session, event_id: int, session_id: int | None) -> Place:
    """The place with its pool's row held until the transaction ends: comers and leavers are taken one by one."""
    if session_id is None:
        pool = select(col(Event.pool_id)).where(col(Event.id) == event_id)
    else:
        pool = select(col(EventSession.pool_id)).where(col(EventSession.id) == session_id)
    lock_pool(db, pool.scalar_subquery())
    return find_place(db, event_id, session_id)


def hand_over(db: Session, place: Place, *, now: datetime) -> None:
    """A place was freed (its holder is marked already, its pool is locked): offer it to the next, or give it back."""
    if not (moves_by_itself(place, now=now) and offer_to_next(db, place, now=now)):
        give_seat_back(db, place.pool_id)


def fill_free_places(db: Session, place: Place, *, now: datetime) -> int:
    """Offer every free place to those who wait, in order. Gives how many were offered. Its pool is locked."""
    offered = 0
    while moves_by_itself(place, now=now) and take_seat(db, place.pool_id):
        if not offer_to_next(db, place, now=now):
            give_seat_back(db, place.pool_id)
            break
        offered += 1
    return offered


def moves_by_itself(place: Place, *, now: datetime) -> bool:
    """Whether a place that becomes free there goes to the next person without anyone deciding."""
    live = place.event.state is EventState.PUBLISHED and not place.cancelled
    return live and may_promote(place.rules, now=now)


def offer_to_next(db: Session, place: Place, *, now: datetime) -> bool:
    """Turn the first who waits into somebody with an offer; the seat is theirs from now. False when nobody waits."""
    waiting = db.exec(
        select(Registration)
        .where(*_queue(place))
        .order_by(*in_turn())
        .limit(1)
        .execution_options(populate_existing=True)
    ).first()
    if waiting is None:
        return False
    give_offer(db, waiting, place, now=now)
    return True


def give_offer(
    db: Session, waiting: Registration, place: Place, *, now: datetime, account_id: int | None = None
) -> None:
    """Offer a seat, taken already, to one who waits. With a telephone only, the deadline starts once reached.

    `account_id` is who decided it, when somebody did.
    """
    assert waiting.id is not None
    person = canonical(db, db.get_one(Candidate, waiting.candidate_id))
    by_telephone = person.telephone is not None and person.email is None and now < place.starts_at
    waiting.state = RegistrationState.OFFERED
    waiting.holds_seat = True
    waiting.offered_at = now
    waiting.offer_expires_at = None if by_telephone else offer_deadline(place.rules, now=now)
    waiting.changed_at = now
    db.add(waiting)
    db.flush()
    record(
        db,
        EntryKind.REGISTRATION_OFFERED,
        subject=("registration", waiting.id),
        now=now,
        account_id=account_id,
        facts={"event_id": waiting.event_id, "candidate_id": waiting.candidate_id},
    )


def change_capacity(
    db: Session,
    event_id: int,
    *,
    capacity: int | None,
    now: datetime,
    account_id: int | None,
    session_id: int | None = None,
) -> None:
    """Change the number of places (None: without limit); more places go at once to those who wait.

    Raises `CapacityBelowTaken` with the number when fewer than those already taken.
    """
    place = hold_place(db, event_id, session_id)
    if pool_state(db, place.pool_id).capacity != capacity:
        resize_pool(db, place.pool_id, capacity=capacity)
        facts: dict[str, Fact] = {"session_id": session_id, "capacity": capacity}
        kind = EntryKind.CAPACITY_CHANGED
        record(db, kind, subject=("event", event_id), now=now, account_id=account_id, facts=facts)
    fill_free_places(db, place, now=now)


@dataclass(frozen=True)
class Queue:
    """How many wait for a place, and since when the last of them."""

    length: int
    last_at: datetime | None


def queue_of(db: Session, place: Place) -> Queue:
    """Those who wait for this place. Nobody joins it with an earlier instant: whoever is told a position keeps it."""
    return Queue(*db.exec(select(func.count(), func.max(Registration.queued_at)).where(*_queue(place))).one())


def position_of(db: Session, registration: Registration) -> int:
    """1 for the next in the queue. Only for somebody who waits."""
    ahead = (
        select(func.count())
        .select_from(Registration)
        .where(
            col(Registration.event_id) == registration.event_id,
            same_session(registration.session_id),
            col(Registration.state) == RegistrationState.WAITLISTED,
            ahead_of(registration),
        )
    )
    return db.exec(ahead).one() + 1


def frozen_situation(db: Session, candidate_id: int, place: Place, *, now: datetime) -> Situation:
    """The person as they are on the day of the act: the day they sign up, or the event's when it is written later."""
    zone = ZoneInfo(place.organisation.time_zone)
    day = min(local_day(now, zone), local_day(place.starts_at, zone))
    return situation_on(db, the_candidate(db, candidate_id), on=day)


def leave(db: Session, registration: Registration, *, state: RegistrationState, now: datetime) -> bool:
    """Take an active sign-up to a final state, once: False when it was final already (a second cancel does nothing).

    The person's calendar must see a higher sequence at each of their own cancellations: the offset counts them.
    """
    came_from = registration.state
    statement = (
        update(Registration)
        .where(col(Registration.id) == registration.id, col(Registration.state) == came_from)
        .values(
            state=state,
            holds_seat=False,
            changed_at=now,
            offer_expires_at=None,
            calendar_offset=col(Registration.calendar_offset) + 1,
        )
        .execution_options(synchronize_session=False)
    )
    return row_count(db, statement) == 1


def same_session(session_id: int | None) -> ColumnElement[bool]:
    """The condition on registrations for one session, or for the event as a whole (an index serves both)."""
    column = col(Registration.session_id)
    return column.is_(None) if session_id is None else column == session_id


def _queue(place: Place) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Registration.event_id) == place.event.id,
        same_session(place.session_id),
        col(Registration.state) == RegistrationState.WAITLISTED,
    )


def _chosen(own: int | None, default: int) -> int:
    return default if own is None else own
