"""Those whom our mail does not reach: the last message to them never left."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, func, select

from alpes_events.database.parts import parts
from alpes_events.messages.models import MessageState, OutboxMessage


def those_whose_last_failed(db: Session, candidate_ids: Iterable[int]) -> frozenset[int]:
    """Of these people, those of whose messages that left or were given up the newest was given up."""
    return frozenset(candidate_id for part in parts(sorted(set(candidate_ids))) for candidate_id in _of(db, part))


def _of(db: Session, candidate_ids: Sequence[int]) -> list[int]:
    newest = (
        select(func.max(OutboxMessage.id))
        .where(
            col(OutboxMessage.candidate_id).in_(candidate_ids),
            col(OutboxMessage.state).in_((MessageState.SENT, MessageState.FAILED)),
        )
        .group_by(col(OutboxMessage.candidate_id))
    )
    found = db.exec(
        select(OutboxMessage.candidate_id).where(
            col(OutboxMessage.id).in_(newest), col(OutboxMessage.state) == MessageState.FAILED
        )
    )
    return [one for one in found if one is not None]
