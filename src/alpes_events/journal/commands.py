"""Recording what happened, in the transaction in which it happened, with one delivery for each consumer."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from alpes_events.journal.facts import CONSUMERS, Fact, checked
from alpes_events.journal.models import Delivery, JournalEntry


def record(
    db: Session,
    kind: str,
    *,
    subject: tuple[str, int],
    now: datetime,
    account_id: int | None = None,
    facts: Mapping[str, Fact] | None = None,
) -> int:
    """Write one domain event about `subject` (kind, id) and owe it to every consumer. Gives the entry's id.

    Raises `ValueError` for free text among the facts: the journal outlives an erased person.
    """
    subject_kind, subject_id = subject
    entry = JournalEntry(
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        at=now,
        account_id=account_id,
        facts=checked(facts or {}),
    )
    db.add(entry)
    db.flush()
    assert entry.id is not None
    db.add_all(
        Delivery(
            entry_id=entry.id,
            consumer=consumer,
            subject_kind=subject_kind,
            subject_id=subject_id,
            next_try_at=now,
        )
        for consumer in CONSUMERS
    )
    return entry.id
