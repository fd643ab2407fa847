"""What somebody who comes gets: a place if one is free and nobody waits for it, else the end of the queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from alpes_events.attendance.admission import Seating, seating
from alpes_events.attendance.places import Place, queue_of
from alpes_events.seats.pool import pool_state, take_seat

_AFTER = timedelta(microseconds=1)


@dataclass(frozen=True)
class Seat:
    """A place that was taken, or since when one waits (`queued_at`)."""

    queued_at: datetime | None

    @property
    def placed(self) -> bool:
        """Whether it is a place."""
        return self.queued_at is None


def seat_or_queue(db: Session, place: Place, *, now: datetime) -> Seat:
    """Take a place, or a turn behind everybody who waits. The place is held. Raises `EventIsFull` without either.

    Everybody joins the queue after its last, whatever the clock says: whoever is told a position keeps it.
    """
    queue = queue_of(db, place)
    taken = not queue.length and take_seat(db, place.pool_id)
    placed = seating(place_taken=taken, waiting_list=place.event.waiting_list) is Seating.PLACE
    turn = now if queue.last_at is None else max(now, queue.last_at + _AFTER)
    return Seat(None if placed else turn)


def seating_now(db: Session, place: Place) -> Seating | None:
    """What somebody who came now would get; None where there is nothing to get. It takes nothing."""
    pool = pool_state(db, place.pool_id)
    free = pool.capacity is None or pool.taken < pool.capacity
    if free and not queue_of(db, place).length:
        return Seating.PLACE
    return Seating.QUEUE if place.event.waiting_list else None
