"""Claiming a message of the outbox: an UPDATE whose row count is the answer, for the time of a lease."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import Session, col, select

from alpes_events.database.outcome import row_count
from alpes_events.messages.models import MessageState, OutboxMessage

LEASE = timedelta(minutes=5)
"""Longer than the socket's time-outs of one message together."""


@dataclass(frozen=True)
class Claim:
    """A message that is ours until the lease lapses. `attempt` tells our claim from a later one."""

    message_id: int
    attempt: int
    urgent: bool


def due_messages(db: Session, *, now: datetime, urgent_only: bool = False, limit: int = 20) -> list[int]:
    """The ids of messages that may be claimed now: urgent first, then oldest."""
    conditions = [_due(now)]
    if urgent_only:
        conditions.append(col(OutboxMessage.urgent).is_(True))
    ids = db.exec(
        select(col(OutboxMessage.id))
        .where(*conditions)
        .order_by(col(OutboxMessage.urgent).desc(), col(OutboxMessage.due_at), col(OutboxMessage.id))
        .limit(limit)
    )
    return [message_id for message_id in ids if message_id is not None]


def claim_message(db: Session, message_id: int, *, now: datetime) -> Claim | None:
    """Take a message for the time of the lease; None when another sender was quicker. The caller commits."""
    statement = (
        update(OutboxMessage)
        .where(col(OutboxMessage.id) == message_id, _due(now))
        .values(
            state=MessageState.SENDING, leased_until=now + LEASE, attempt_count=col(OutboxMessage.attempt_count) + 1
        )
        .execution_options(synchronize_session=False)
    )
    if row_count(db, statement) == 0:
        return None
    row = db.exec(
        select(OutboxMessage.attempt_count, OutboxMessage.urgent).where(col(OutboxMessage.id) == message_id)
    ).one()
    return Claim(message_id, *row)


def _due(now: datetime) -> ColumnElement[bool]:
    """Waiting and due, or held by a sender that died."""
    return or_(
        and_(col(OutboxMessage.state) == MessageState.WAITING, col(OutboxMessage.due_at) <= now),
        and_(col(OutboxMessage.state) == MessageState.SENDING, col(OutboxMessage.leased_until) <= now),
    )
