"""Questions to the agenda, answered with frozen values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event, EventSession, EventState, Series, Venue
from alpes_events.seats.models import SeatPool
from alpes_events.territory.models import Commune

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
    """One event with where it is held, its series and its places. `commune` is the venue's, by its listed name."""

    event: Event
    venue: Venue | None
    series: Series | None
    places: Places
    commune: str = ""


@dataclass(frozen=True)
class SessionCard:
    """One session with its places."""

    session: EventSession
    places: Places


_CARDS: Select[Event, Venue, Series, SeatPool, str] = (
    sql_select(Event, Venue, Series, SeatPool, func.coalesce(col(Commune.name), col(Venue.commune_name)))
    .join(Venue, col(Event.venue_id) == col(Venue.id), isouter=True)
    .join(Commune, col(Venue.insee_code) == col(Commune.insee_code), isouter=True)
    .join(Series, col(Event.series_id) == col(Series.id), isouter=True)
    .join(SeatPool, col(Event.pool_id) == col(SeatPool.id))
)
_PUBLIC_BY_SLUG = _CARDS.where(col(Event.slug) == bindparam("slug"), col(Event.state).in_(PUBLIC_STATES))
_BY_ID = _CARDS.where(col(Event.id) == bindparam("event_id"))


def public_event(db: Session, slug: str) -> EventCard | None:
    """The event at this address, if the public may see it (cancelled and past ones too)."""
    return _first(db, _PUBLIC_BY_SLUG, slug=slug)


def event_card(db: Session, event_id: int) -> EventCard | None:
    """One event, whatever its state (for staff)."""
    return _first(db, _BY_ID, event_id=event_id)


def upcoming(db: Session, *, now: datetime, limit: int = 100) -> list[EventCard]:
    """Published events that are not over, soonest first."""
    rows = db.execute(
        _CARDS.where(col(Event.state) == EventState.PUBLISHED, col(Event.ends_at) > now)
        .order_by(col(Event.starts_at), col(Event.id))
        .limit(limit)
    )
    return [_card(*row) for row in rows]


_SESSIONS = (
    select(EventSession, SeatPool)
    .join(SeatPool, col(EventSession.pool_id) == col(SeatPool.id))
    .where(col(EventSession.event_id) == bindparam("event_id"), col(EventSession.cancelled_at).is_(None))
    .order_by(col(EventSession.starts_at), col(EventSession.id))
)


def sessions_of(db: Session, event_id: int) -> list[SessionCard]:
    """The sessions of an event that are held, by hour."""
    rows = db.exec(_SESSIONS, params={"event_id": event_id})
    return [SessionCard(session, Places(pool.capacity, pool.taken)) for session, pool in rows]


def event_titles(db: Session, event_ids: Iterable[int]) -> dict[int, tuple[str, datetime]]:
    """Title and start of each of these events."""
    rows = db.exec(select(Event.id, Event.title, Event.starts_at).where(col(Event.id).in_(set(event_ids))))
    return {event_id: (title, starts_at) for event_id, title, starts_at in rows if event_id is not None}


def events_of(db: Session, event_ids: Iterable[int]) -> list[Event]:
    """These events, soonest first."""
    return list(db.exec(select(Event).where(col(Event.id).in_(set(event_ids))).order_by(col(Event.starts_at))))


def events_to_close(db: Session, *, now: datetime) -> list[int]:
    """Published events whose end has passed."""
    ids = db.exec(
        select(col(Event.id))
        .where(col(Event.state) == EventState.PUBLISHED, col(Event.ends_at) <= now)
        .order_by(col(Event.id))
    )
    return [event_id for event_id in ids if event_id is not None]


def cards_where(db: Session, *conditions: ColumnElement[bool]) -> list[EventCard]:
    """The events for which all of this is true, in no order."""
    return [_card(*row) for row in db.execute(_CARDS.where(*conditions))]


def _card(event: Event, venue: Venue | None, series: Series | None, pool: SeatPool, commune: str | None) -> EventCard:
    return EventCard(event, venue, series, Places(pool.capacity, pool.taken), commune or "")


def _first(db: Session, question: Select[Event, Venue, Series, SeatPool, str], **values: object) -> EventCard | None:
    row = db.execute(question, values).first()
    return None if row is None else _card(*row)
