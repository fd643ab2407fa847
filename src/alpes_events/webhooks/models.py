"""Rows of webhooks: who is told, and each call owed, made or given up."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from alpes_events.database.rows import JsonColumn, Row, enum_column


class HookKind(StrEnum):
    """What another system can be told."""

    PUBLISHED = "event.published"
    CHANGED = "event.changed"
    CANCELLED = "event.cancelled"
    WITHDRAWN = "event.withdrawn"


class CallState(StrEnum):
    """Where a call stands. `failed` is given up until a person makes it again."""

    WAITING = "waiting"
    CALLING = "calling"
    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"


class Webhook(Row, table=True):
    """Another system that is told. Its secret is made from `salt` and the deployment's: it does not stand here."""

    __tablename__ = "webhook"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=100)
    url: str = Field(max_length=500)
    kinds: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    salt: str = Field(max_length=64)
    created_at: datetime
    closed_at: datetime | None = None


class WebhookCall(Row, table=True):
    """One entry of the journal owed to one webhook. The document is written when it is sent, as things are then."""

    __tablename__ = "webhook_call"
    __table_args__ = (
        UniqueConstraint("webhook_id", "entry_id"),
        Index("ix_webhook_call_due", "state", "next_try_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    webhook_id: int = Field(foreign_key="webhook.id")
    entry_id: int = Field(foreign_key="journal_entry.id")
    event_id: int = Field(foreign_key="event.id", index=True)
    kind: HookKind = Field(sa_type=enum_column(HookKind))
    state: CallState = Field(default=CallState.WAITING, sa_type=enum_column(CallState))
    created_at: datetime
    attempt_count: int = 0
    next_try_at: datetime
    leased_until: datetime | None = None
    settled_at: datetime | None = None
    status: int | None = None
    last_error: str | None = Field(default=None, max_length=200)
