"""Rows of the journal: what happened, and to whom it must still be told."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from alpes_events.database.rows import JsonColumn, Row, enum_column


class DeliveryState(StrEnum):
    """A delivery waits, is held by one worker, is done, or is parked after eight failures."""

    WAITING = "waiting"
    HELD = "held"
    DONE = "done"
    PARKED = "parked"


class JournalEntry(Row, table=True):
    """One domain event. `facts` holds ids, codes and numbers only: never a name, never free text."""

    __tablename__ = "journal_entry"
    __table_args__ = (Index("ix_journal_entry_subject", "subject_kind", "subject_id"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=64, index=True)
    subject_kind: str = Field(max_length=32)
    subject_id: int
    at: datetime
    account_id: int | None = Field(default=None, foreign_key="account.id")
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)


class Delivery(Row, table=True):
    """One entry owed to one consumer. Those of one subject are delivered in order."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("entry_id", "consumer"),
        Index("ix_delivery_due", "consumer", "state", "next_try_at"),
        Index("ix_delivery_order", "consumer", "subject_kind", "subject_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="journal_entry.id")
    consumer: str = Field(max_length=32)
    subject_kind: str = Field(max_length=32)
    subject_id: int
    state: DeliveryState = Field(default=DeliveryState.WAITING, sa_type=enum_column(DeliveryState))
    attempt_count: int = 0
    next_try_at: datetime
    leased_until: datetime | None = None
    done_at: datetime | None = None
    last_error: str | None = Field(default=None, max_length=200)
