"""Telling consumers what happened: claim a delivery, act, and mark it done in the consumer's own transaction.

A crash after the claim leaves the delivery held until its lease lapses; then it is taken again. Because the mark stands
in the same transaction as what the consumer wrote, nothing is written twice. Those of one subject run in order: a
delivery can be claimed only when every earlier one of its subject is done, so that a parked one holds up its subject
and nothing else.
"""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, and_, delete, exists, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from alpes_events.database.engine import Database
from alpes_events.database.outcome import row_count
from alpes_events.journal.consumers import Consumer
from alpes_events.journal.models import Delivery, DeliveryState, JournalEntry

FAILURES_BEFORE_PARKED = 8
LEASE = timedelta(seconds=60)
_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class Claim:
    """A delivery that is ours until the lease lapses. `attempt` tells our claim from a later one."""

    delivery_id: int
    attempt: int


@dataclass(frozen=True)
class Delivered:
    """What one pass did."""

    done_count: int = 0
    failed_count: int = 0


def deliver_due(
    database: Database, consumer: str, tell: Consumer, *, clock: Callable[[], datetime], limit: int = 50
) -> Delivered:
    """Tell `consumer` of up to `limit` entries that are due. Each is a transaction of its own.

    Nothing due costs one reading query and no lock.
    """
    with database.reading() as db:
        due = claimable(db, consumer, now=clock(), limit=limit)
    done = failed = 0
    for claim in _claim_all(database, due, now=clock()):
        if _tell(database, claim, tell, clock=clock):
            done += 1
        else:
            failed += 1
    return Delivered(done, failed)


def claimable(db: Session, consumer: str, *, now: datetime, limit: int) -> list[int]:
    """The ids of deliveries that may be claimed now, oldest first, at most one for each subject."""
    ids = db.exec(
        select(col(Delivery.id))
        .where(col(Delivery.consumer) == consumer, _due(now), ~_earlier_undone())
        .order_by(col(Delivery.id))
        .limit(limit)
    )
    return [delivery_id for delivery_id in ids if delivery_id is not None]


def claim(db: Session, delivery_id: int, *, now: datetime, lease: timedelta = LEASE) -> Claim | None:
    """Take a delivery for the time of `lease`; None when another worker was quicker. The caller commits."""
    statement = (
        update(Delivery)
        .where(col(Delivery.id) == delivery_id, _due(now), ~_earlier_undone())
        .values(
            state=DeliveryState.HELD,
            leased_until=now + lease,
            attempt_count=col(Delivery.attempt_count) + 1,
        )
        .execution_options(synchronize_session=False)
    )
    if row_count(db, statement) == 0:
        return None
    attempt = db.exec(select(Delivery.attempt_count).where(col(Delivery.id) == delivery_id)).one()
    return Claim(delivery_id, attempt)


def conclude(db: Session, held: Claim, *, now: datetime) -> bool:
    """Mark a claimed delivery done. False when the lease lapsed and another worker took it: roll back."""
    return _settle(db, held, state=DeliveryState.DONE, done_at=now, leased_until=None, last_error=None)


def postpone(db: Session, held: Claim, *, now: datetime, error: str) -> bool:
    """Note a failure: try again later, or park the delivery after eight. `error` holds no personal datum."""
    parked = held.attempt >= FAILURES_BEFORE_PARKED
    return _settle(
        db,
        held,
        state=DeliveryState.PARKED if parked else DeliveryState.WAITING,
        next_try_at=now + wait_after(held.attempt),
        leased_until=None,
        last_error=error[:200],
    )


def wait_after(attempt: int) -> timedelta:
    """How long to wait after failure number `attempt`: 5 s, then three times longer each time, at most an hour."""
    tripled: int = 3 ** min(attempt - 1, 10)
    return min(_FIRST_WAIT * tripled, _LONGEST_WAIT)


def retry_parked(db: Session, delivery_id: int, *, now: datetime) -> bool:
    """Put a parked delivery back in the row, with eight more tries. False when it was not parked."""
    statement = (
        update(Delivery)
        .where(col(Delivery.id) == delivery_id, col(Delivery.state) == DeliveryState.PARKED)
        .values(state=DeliveryState.WAITING, attempt_count=0, next_try_at=now)
        .execution_options(synchronize_session=False)
    )
    return row_count(db, statement) == 1


def forget_delivered(db: Session, *, before: datetime) -> int:
    """Remove deliveries that were done before `before`; the entries stay. Gives how many."""
    old = col(Delivery.state) == DeliveryState.DONE, col(Delivery.done_at) < before
    return row_count(db, delete(Delivery).where(*old).execution_options(synchronize_session=False))


def place_of_failure(error: BaseException) -> str:
    """The kind of an exception and the line that raised it. Its message is left out: it may name a person."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}{where}"


def _claim_all(database: Database, due: list[int], *, now: datetime) -> list[Claim]:
    if not due:
        return []
    with database.writing() as db:
        held = [claim(db, delivery_id, now=now) for delivery_id in due]
        db.commit()
    return [one for one in held if one is not None]


def _tell(database: Database, held: Claim, tell: Consumer, *, clock: Callable[[], datetime]) -> bool:
    """Act and mark in one transaction; on failure roll both back and note it in another."""
    try:
        with database.writing() as db:
            entry_id = db.get_one(Delivery, held.delivery_id).entry_id
            tell(db, db.get_one(JournalEntry, entry_id), clock())
            if not conclude(db, held, now=clock()):
                db.rollback()
                return False
            db.commit()
    except Exception as error:  # noqa: BLE001 (whatever a consumer raises must not stop the others)
        with database.writing() as db:
            postpone(db, held, now=clock(), error=place_of_failure(error))
            db.commit()
        return False
    return True


def _settle(db: Session, held: Claim, **values: object) -> bool:
    statement = (
        update(Delivery)
        .where(
            col(Delivery.id) == held.delivery_id,
            col(Delivery.state) == DeliveryState.HELD,
            col(Delivery.attempt_count) == held.attempt,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return row_count(db, statement) == 1


def _due(now: datetime) -> ColumnElement[bool]:
    """Waiting and due, or held by a worker that died."""
    return or_(
        and_(col(Delivery.state) == DeliveryState.WAITING, col(Delivery.next_try_at) <= now),
        and_(col(Delivery.state) == DeliveryState.HELD, col(Delivery.leased_until) <= now),
    )


def _earlier_undone() -> ColumnElement[bool]:
    earlier = aliased(Delivery)
    return exists().where(
        col(earlier.consumer) == col(Delivery.consumer),
        col(earlier.subject_kind) == col(Delivery.subject_kind),
        col(earlier.subject_id) == col(Delivery.subject_id),
        col(earlier.id) < col(Delivery.id),
        col(earlier.state) != DeliveryState.DONE,
    )
