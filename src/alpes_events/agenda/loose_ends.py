"""What a published event to come still lacks, for those who will come: a venue, a limit of places."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, and_, col, or_, select

from alpes_events.agenda.models import Entry, Event, EventState
from alpes_events.seats.models import SeatPool

_WITHIN = timedelta(days=45)


class Lack(StrEnum):
    """What is missing."""

    VENUE = "venue"
    CAPACITY = "capacity"


@dataclass(frozen=True)
class LooseEnd:
    """A published event to come, and what it lacks."""

    event_id: int
    title: str
    starts_at: datetime
    lack: Lack


def loose_ends(db: Session, *, now: datetime, limit: int = 10) -> list[LooseEnd]:
    """Published events of the weeks to come without a venue, or with sign-up and no limit of places; soonest first."""
    no_venue = col(Event.venue_id).is_(None)
    no_limit = and_(col(Event.entry) == Entry.SIGN_UP, col(SeatPool.capacity).is_(None))
    rows = db.exec(
        select(Event, SeatPool.capacity)
        .join(SeatPool, col(SeatPool.id) == col(Event.pool_id))
        .where(
            col(Event.state) == EventState.PUBLISHED,
            col(Event.starts_at) > now,
            col(Event.starts_at) < now + _WITHIN,
            or_(no_venue, no_limit),
        )
        .order_by(col(Event.starts_at), col(Event.id))
        .limit(limit)
    )
    found: list[LooseEnd] = []
    for event, capacity in rows:
        lacks = [Lack.VENUE] if event.venue_id is None else []
        if event.entry is Entry.SIGN_UP and capacity is None:
            lacks.append(Lack.CAPACITY)
        found += [LooseEnd(event.id or 0, event.title, event.starts_at, lack) for lack in lacks]
    return found
