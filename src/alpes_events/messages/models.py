"""Rows of messages: the outbox, and the call list for people who have a telephone only."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from alpes_events.database.rows import CONTACT, CONTACT_OF_COMPANY, STAFF, JsonColumn, Row, enum_column, personal


class MessageState(StrEnum):
    """Where a message stands. `failed` is permanent until a person sends it again."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class OutboxMessage(Row, table=True):
    """A message owed to one person. It is rendered when sent; no secret and no text stands here.

    `address` is where it goes when that is not (or no longer) what the recipient's row says: an address to prove, or of
    somebody who was erased. The sender empties it as soon as the message has left or is given up.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        UniqueConstraint("entry_id", "kind", "registration_id"),
        UniqueConstraint("once_key"),
        CheckConstraint(
            "(candidate_id IS NULL OR (account_id IS NULL AND contact_id IS NULL))"
            " AND (account_id IS NULL OR contact_id IS NULL)",
            name="recipient",
        ),
        Index("ix_outbox_message_due", "state", "due_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = personal(CONTACT, max_length=32)
    entry_id: int | None = personal(CONTACT, None, foreign_key="journal_entry.id")
    once_key: str = personal(CONTACT, max_length=120)
    candidate_id: int | None = personal(CONTACT, None, foreign_key="candidate.id", index=True)
    address: str | None = personal(CONTACT, None, max_length=254)
    account_id: int | None = personal(STAFF, None, foreign_key="account.id")
    contact_id: int | None = personal(CONTACT_OF_COMPANY, None, foreign_key="company_contact.id", index=True)
    exhibitor_id: int | None = personal(CONTACT_OF_COMPANY, None, foreign_key="exhibitor.id", index=True)
    event_id: int | None = personal(CONTACT, None, foreign_key="event.id", index=True)
    registration_id: int | None = personal(CONTACT, None, foreign_key="registration.id", index=True)
    facts: dict[str, Any] = personal(CONTACT, default_factory=dict, sa_type=JsonColumn)
    language: str = personal(CONTACT, "fr", max_length=5)
    urgent: bool = personal(CONTACT, False)
    state: MessageState = personal(CONTACT, MessageState.WAITING, sa_type=enum_column(MessageState))
    due_at: datetime = personal(CONTACT)
    created_at: datetime = personal(CONTACT)
    attempt_count: int = personal(CONTACT, 0)
    leased_until: datetime | None = personal(CONTACT, None)
    sent_at: datetime | None = personal(CONTACT, None)
    message_id: str = personal(CONTACT, max_length=120)
    last_error: str | None = personal(CONTACT, None, max_length=200)


class CallState(StrEnum):
    """A call to make, made, or no longer needed."""

    TO_CALL = "to_call"
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    DROPPED = "dropped"


class CallTask(Row, table=True):
    """A person with a telephone only who must be told something. The deadline starts when they are reached.

    `call_again_at`: not before then, as they asked.
    """

    __tablename__ = "call_task"
    __table_args__ = (UniqueConstraint("once_key"), Index("ix_call_task_state", "state", "created_at"))

    id: int | None = Field(default=None, primary_key=True)
    kind: str = personal(CONTACT, max_length=32)
    once_key: str = personal(CONTACT, max_length=120)
    entry_id: int | None = personal(CONTACT, None, foreign_key="journal_entry.id")
    candidate_id: int = personal(CONTACT, foreign_key="candidate.id", index=True)
    registration_id: int | None = personal(CONTACT, None, foreign_key="registration.id", index=True)
    event_id: int | None = personal(CONTACT, None, foreign_key="event.id", index=True)
    state: CallState = personal(CONTACT, CallState.TO_CALL, sa_type=enum_column(CallState))
    created_at: datetime = personal(CONTACT)
    call_count: int = personal(CONTACT, 0)
    called_at: datetime | None = personal(CONTACT, None)
    called_by: int | None = personal(STAFF, None, foreign_key="account.id")
    call_again_at: datetime | None = personal(CONTACT, None)


class Letter(Row, table=True):
    """What the team wrote itself to people of an event that it chose: whom, the journal says. English may be empty.

    `form_key` is that of the form: sent again, it writes nothing.
    """

    __tablename__ = "letter"

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    form_key: str = Field(max_length=36, unique=True)
    subject: str = Field(max_length=150)
    text: str = Field(max_length=2000)
    subject_en: str = Field(default="", max_length=150)
    text_en: str = Field(default="", max_length=2000)
    written_at: datetime
    written_by: int | None = personal(STAFF, None, foreign_key="account.id")


class MessageText(Row, table=True):
    """What the organisation changed in a message: its subject and opening, for one kind and language."""

    __tablename__ = "message_text"

    kind: str = Field(primary_key=True, max_length=32)
    language: str = Field(primary_key=True, max_length=5)
    subject: str = Field(default="", max_length=150)
    opening: str = Field(default="", max_length=2000)
    changed_on: date
