"""Signing up with the guard off: the place is counted, then taken, and nothing holds the pool in between.

What the races show with the guard on proves something only because they show the opposite with this.
"""

from multiprocessing.synchronize import Barrier
from unittest.mock import patch

from sqlmodel import Session, col, update

from alpes_events.attendance import places, seat_or_queue
from alpes_events.errands.models import Errand, ErrandState
from alpes_events.seats.models import SeatPool
from tests.support.stories import signs_up


def signs_up_unguarded(db: Session, event_id: int, number: int, *, barrier: Barrier) -> str:
    """Sign up as `signs_up` does, with a meeting of all racers between reading the pool and writing it."""

    def count_then_take(db: Session, pool_id: int) -> bool:
        pool = db.get_one(SeatPool, pool_id, populate_existing=True)
        barrier.wait()
        if pool.capacity is not None and pool.taken >= pool.capacity:
            return False
        db.execute(update(SeatPool).where(col(SeatPool.id) == pool_id).values(taken=pool.taken + 1))
        return True

    def hold_nothing(_db: Session, _pool_id: int) -> None:
        pass

    with patch.object(seat_or_queue, "take_seat", count_then_take), patch.object(places, "lock_pool", hold_nothing):
        return signs_up(db, event_id, number).state.value


def claims_unguarded(db: Session, errand_id: int, *, barrier: Barrier) -> bool:
    """Claim an errand by looking first and writing then, with a meeting of all racers in between."""
    errand = db.get_one(Errand, errand_id)
    waits = errand.state is ErrandState.WAITING
    barrier.wait()
    if waits:
        db.execute(update(Errand).where(col(Errand.id) == errand_id).values(state=ErrandState.RUNNING))
    return waits
