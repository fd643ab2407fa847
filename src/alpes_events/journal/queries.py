"""Questions to the journal: is everything delivered, and what is parked?"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from alpes_events.journal.models import Delivery, DeliveryState, JournalEntry


@dataclass(frozen=True)
class ParkedDelivery:
    """A delivery that failed eight times: a person must look, then send it again."""

    id: int
    consumer: str
    entry_kind: str
    subject_kind: str
    subject_id: int
    at: datetime
    error: str


@dataclass(frozen=True)
class DeliveryHealth:
    """How far deliveries lag. `oldest_due_at` None: nothing is late."""

    waiting_count: int
    parked_count: int
    oldest_due_at: datetime | None


def parked_deliveries(db: Session, *, limit: int = 100) -> list[ParkedDelivery]:
    """What is parked, oldest first."""
    rows = db.exec(
        select(Delivery, JournalEntry)
        .join(JournalEntry, col(Delivery.entry_id) == col(JournalEntry.id))
        .where(col(Delivery.state) == DeliveryState.PARKED)
        .order_by(col(Delivery.id))
        .limit(limit)
    )
    return [
        ParkedDelivery(
            id=delivery.id or 0,
            consumer=delivery.consumer,
            entry_kind=entry.kind,
            subject_kind=entry.subject_kind,
            subject_id=entry.subject_id,
            at=entry.at,
            error=delivery.last_error or "",
        )
        for delivery, entry in rows
    ]


def delivery_health(db: Session, *, now: datetime) -> DeliveryHealth:
    """How many deliveries wait or are parked, and since when the oldest is due."""
    counts = dict(
        db.exec(
            select(Delivery.state, func.count())
            .where(col(Delivery.state) != DeliveryState.DONE)
            .group_by(col(Delivery.state))
        ).all()
    )
    oldest = db.exec(
        select(func.min(Delivery.next_try_at)).where(
            col(Delivery.state).in_((DeliveryState.WAITING, DeliveryState.HELD)), col(Delivery.next_try_at) <= now
        )
    ).one()
    return DeliveryHealth(
        waiting_count=counts.get(DeliveryState.WAITING, 0) + counts.get(DeliveryState.HELD, 0),
        parked_count=counts.get(DeliveryState.PARKED, 0),
        oldest_due_at=oldest,
    )


def last_entry(db: Session, subject: tuple[str, int]) -> tuple[datetime, int | None] | None:
    """When something last happened to `subject`, and by whose account; None: nothing was ever noted of it."""
    kind, number = subject
    statement = (
        select(JournalEntry.at, JournalEntry.account_id)
        .where(JournalEntry.subject_kind == kind, JournalEntry.subject_id == number)
        .order_by(col(JournalEntry.id).desc())
        .limit(1)
    )
    return db.exec(statement).first()
