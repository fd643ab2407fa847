"""Recording what happened, in the transaction in which it happened, with one delivery for each consumer."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session, col

from alpes_events.database.numbered import insert_numbered
from alpes_events.database.prepared import insert_rows
from alpes_events.journal.consumers import consumer_names
from alpes_events.journal.facts import Fact, checked
from alpes_events.journal.models import Delivery, DeliveryState, JournalEntry

_OLD_NEWS = "alpes_old_news"
_GATHERED = "alpes_gathered"
_NOT_TOLD_OLD_NEWS = frozenset({"messages", "webhooks"})
_ENTRY = insert(JournalEntry.__table__).returning(col(JournalEntry.id))  # type: ignore[attr-defined]
_OWED = insert(Delivery.__table__)  # type: ignore[attr-defined]


@contextmanager
def old_news(db: Session) -> Iterator[None]:
    """Within, what is recorded was known to those concerned before (a file of last year's sign-ups): nobody is written
    to about it, and figures count it.
    """
    db.info[_OLD_NEWS] = True
    try:
        yield
    finally:
        db.info.pop(_OLD_NEWS, None)


@contextmanager
def gathered(db: Session) -> Iterator[list[int]]:
    """Within, the ids of the entries that this session records are gathered, in their order."""
    ids: list[int] = []
    db.info[_GATHERED] = ids
    try:
        yield ids
    finally:
        db.info.pop(_GATHERED, None)


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
    entry = {
        "kind": str(kind),
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "at": now,
        "account_id": account_id,
        "facts": checked(facts or {}),
    }
    entry_id: int = db.execute(_ENTRY, entry).scalar_one()
    if _GATHERED in db.info:
        db.info[_GATHERED].append(entry_id)
    owed = {
        "entry_id": entry_id,
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "state": DeliveryState.WAITING,
        "attempt_count": 0,
        "next_try_at": now,
    }
    db.execute(_OWED, [{**owed, "consumer": consumer} for consumer in _consumers(db, str(kind))])
    return entry_id


def record_all(
    db: Session,
    kind: str,
    told: Sequence[tuple[tuple[str, int], Mapping[str, Fact]]],
    *,
    now: datetime,
    account_id: int | None,
) -> None:
    """Like `record` for each of these subjects with its facts, in as few statements as it takes."""
    if not told:
        return
    rows = [
        {"kind": str(kind), "subject_kind": what, "subject_id": number, "at": now, "account_id": account_id}
        | {"facts": checked(facts)}
        for (what, number), facts in told
    ]
    ids = insert_numbered(db, JournalEntry, rows)
    if _GATHERED in db.info:
        db.info[_GATHERED] += ids
    owed = [
        {
            "entry_id": entry_id,
            "subject_kind": what,
            "subject_id": number,
            "state": DeliveryState.WAITING,
            "attempt_count": 0,
            "next_try_at": now,
            "consumer": consumer,
        }
        for entry_id, ((what, number), _facts) in zip(ids, told, strict=True)
        for consumer in _consumers(db, str(kind))
    ]
    insert_rows(db, Delivery, owed)


def _consumers(db: Session, kind: str) -> list[str]:
    silent = _NOT_TOLD_OLD_NEWS if db.info.get(_OLD_NEWS) else frozenset()
    return [consumer for consumer in consumer_names(kind) if consumer not in silent]
