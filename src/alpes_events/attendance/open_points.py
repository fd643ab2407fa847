"""What waits for a person at the events to come: places that do not move by themselves, offers, presence not taken."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_
from sqlmodel import Session, col, func, select

from alpes_events.agenda.models import Event, EventSession, EventState
from alpes_events.attendance.models import Presence, Registration, RegistrationState
from alpes_events.seats.models import SeatPool

_UNMARKED_FOR = timedelta(days=14)


@dataclass(frozen=True)
class StuckPlaces:
    """Free places with people waiting for them: the rules leave it to a person (after the cut-off).

    `free_count` None: places without limit.
    """

    event_id: int
    title: str
    session_title: str
    starts_at: datetime
    free_count: int | None
    waiting_count: int


@dataclass(frozen=True)
class OpenOffers:
    """Places offered at one event that nobody has answered. `next_deadline_at` None: they must be called first."""

    event_id: int
    title: str
    starts_at: datetime
    offer_count: int
    next_deadline_at: datetime | None


@dataclass(frozen=True)
class UnmarkedPresence:
    """An event that is over, and how many of its people were neither seen nor said absent."""

    event_id: int
    title: str
    starts_at: datetime
    unknown_count: int


def stuck_places(db: Session, *, now: datetime) -> list[StuckPlaces]:
    """Where free places and people waiting stand side by side, soonest first."""
    pool_of = func.coalesce(EventSession.pool_id, Event.pool_id)
    rows = db.exec(
        select(Event, EventSession, SeatPool, func.count())
        .select_from(Registration)
        .join(Event, col(Registration.event_id) == col(Event.id))
        .join(EventSession, col(Registration.session_id) == col(EventSession.id), isouter=True)
        .join(SeatPool, col(SeatPool.id) == pool_of)
        .where(
            col(Registration.state) == RegistrationState.WAITLISTED,
            col(Event.state) == EventState.PUBLISHED,
            col(Event.ends_at) > now,
            col(EventSession.cancelled_at).is_(None),
            or_(col(SeatPool.capacity).is_(None), col(SeatPool.taken) < col(SeatPool.capacity)),
        )
        .group_by(col(Event.id), col(EventSession.id), col(SeatPool.id))
        .order_by(col(Event.starts_at), col(Event.id))
    )
    return [
        StuckPlaces(
            event_id=event.id or 0,
            title=event.title,
            session_title="" if session is None else session.title,
            starts_at=event.starts_at if session is None else session.starts_at,
            free_count=None if pool.capacity is None else pool.capacity - pool.taken,
            waiting_count=count,
        )
        for event, session, pool, count in rows
    ]


def open_offers(db: Session, *, now: datetime) -> list[OpenOffers]:
    """The events at which offered places wait for an answer, soonest first."""
    rows = db.exec(
        select(Event, func.count(), func.min(Registration.offer_expires_at))
        .join(Registration, col(Registration.event_id) == col(Event.id))
        .where(
            col(Registration.state) == RegistrationState.OFFERED,
            col(Event.state) == EventState.PUBLISHED,
            col(Event.ends_at) > now,
        )
        .group_by(col(Event.id))
        .order_by(col(Event.starts_at), col(Event.id))
    )
    return [
        OpenOffers(event.id or 0, event.title, event.starts_at, offer_count, deadline)
        for event, offer_count, deadline in rows
    ]


def unmarked_presence(db: Session, *, now: datetime) -> list[UnmarkedPresence]:
    """The events of the last two weeks where somebody's presence was not taken. Latest first."""
    over = or_(
        col(Event.state) == EventState.DONE, and_(col(Event.state) == EventState.PUBLISHED, col(Event.ends_at) <= now)
    )
    rows = db.exec(
        select(Event, func.count())
        .join(Registration, col(Registration.event_id) == col(Event.id))
        .where(
            over,
            col(Event.ends_at) > now - _UNMARKED_FOR,
            col(Registration.state) == RegistrationState.CONFIRMED,
            col(Registration.presence) == Presence.UNKNOWN,
        )
        .group_by(col(Event.id))
        .order_by(col(Event.starts_at).desc(), col(Event.id))
    )
    return [UnmarkedPresence(event.id or 0, event.title, event.starts_at, count) for event, count in rows]
