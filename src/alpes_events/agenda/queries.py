"""Questions to the agenda, answered with frozen values."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from alpes_events.agenda.models import Event, EventSession, EventState, Series, Venue
from alpes_events.seats.models import SeatPool

PUBLIC_STATES = (EventState.PUBLISHED, EventState.CANCELLED, EventState.DONE)


@dataclass(frozen=True)
class Places:
    """Places of one pool: `capacity` None is without limit, and then `free` is None."""

    capacity: int | None
    taken: int

    @property
    def free(self) -> int | None:
        """How many are free."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)


@dataclass(frozen=True)
class EventCard:
    """One event with where it is held, its series and its places."""

    event: Event
    venue: Venue | None
    series: Series | None
    places: Places


@dataclass(frozen=True)
class SessionCard:
    """One session with its places."""

    session: EventSession
    places: Places


def public_event(db: Session, slug: str) -> EventCard | None:
    """The event at this address, if the public may see it (cancelled and past ones too)."""
    return _first(db, col(Event.slug) == slug, col(Event.state).in_(PUBLIC_STATES))


def event_card(db: Session, event_id: int) -> EventCard | None:
    """One event, whatever its state (for staff)."""
    return _first(db, col(Event.id) == event_id)


def upcoming(db: Session, *, now: datetime, limit: int = 100) -> list[EventCard]:
    """Published events that are not over, soonest first."""
    rows = db.exec(
        _cards()
        .where(col(Event.state) == EventState.PUBLISHED, col(Event.ends_at) > now)
        .order_by(col(Event.starts_at), col(Event.id))
        .limit(limit)
    )
    return [_card(row) for row in rows]


def sessions_of(db: Session, event_id: int) -> list[SessionCard]:
    """The sessions of an event that are held, by hour."""
    rows = db.exec(
        select(EventSession, SeatPool)
        .join(SeatPool, col(EventSession.pool_id) == col(SeatPool.id))
        .where(col(EventSession.event_id) == event_id, col(EventSession.cancelled_at).is_(None))
        .order_by(col(EventSession.starts_at), col(EventSession.id))
    )
    return [SessionCard(session, Places(pool.capacity, pool.taken)) for session, pool in rows]


def events_to_close(db: Session, *, now: datetime) -> list[int]:
    """Published events whose end has passed."""
    ids = db.exec(
        select(col(Event.id))
        .where(col(Event.state) == EventState.PUBLISHED, col(Event.ends_at) <= now)
        .order_by(col(Event.id))
    )
    return [event_id for event_id in ids if event_id is not None]


_Row = tuple[Event, Venue | None, Series | None, SeatPool]


def _cards() -> Select[Event, Venue, Series, SeatPool]:
    return (
        select(Event, Venue, Series, SeatPool)
        .join(Venue, col(Event.venue_id) == col(Venue.id), isouter=True)
        .join(Series, col(Event.series_id) == col(Series.id), isouter=True)
        .join(SeatPool, col(Event.pool_id) == col(SeatPool.id))
    )


def _card(row: _Row) -> EventCard:
    event, venue, series, pool = row
    return EventCard(event, venue, series, Places(pool.capacity, pool.taken))


def _first(db: Session, *conditions: ColumnElement[bool]) -> EventCard | None:
    row = db.exec(_cards().where(*conditions)).first()
    return None if row is None else _card(row)
