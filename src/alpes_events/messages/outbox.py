"""The outbox: what is owed to whom, written once. Nothing is rendered here, and no secret stands in a row."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from alpes_events.database.parts import parts
from alpes_events.database.upsert import insert_new
from alpes_events.journal.facts import Fact, checked
from alpes_events.messages.kinds import URGENT, MessageKind
from alpes_events.messages.models import CallState, CallTask, MessageState, OutboxMessage
from alpes_events.territory.models import Organisation

_ROWS_A_STATEMENT = 200


@dataclass(frozen=True)
class NewMessage:
    """A message to owe. `once_key` says which: the same key again writes nothing. `due_at`: owed then, not at once."""

    kind: MessageKind
    once_key: str
    candidate_id: int | None = None
    account_id: int | None = None
    contact_id: int | None = None
    exhibitor_id: int | None = None
    address: str | None = None
    registration_id: int | None = None
    event_id: int | None = None
    entry_id: int | None = None
    language: str = "fr"
    facts: Mapping[str, Fact] = field(default_factory=dict)
    due_at: datetime | None = None


@dataclass(frozen=True)
class NewCall:
    """A call to owe to somebody who has a telephone only."""

    kind: MessageKind
    once_key: str
    candidate_id: int
    registration_id: int | None = None
    event_id: int | None = None
    entry_id: int | None = None


def entry_key(entry_id: int, kind: MessageKind, registration_id: int) -> str:
    """One message for each domain event, kind, and sign-up of the person who is told."""
    return f"entry:{entry_id}:{kind}:registration:{registration_id}"


def stand_key(entry_id: int, kind: MessageKind, exhibitor_id: int) -> str:
    """One message for each domain event, kind, and exhibitor who is told."""
    return f"entry:{entry_id}:{kind}:exhibitor:{exhibitor_id}"


def application_key(entry_id: int, kind: MessageKind, *, account_id: int = 0) -> str:
    """One message for each step of an application and each who is told: the person (0), or who tells them."""
    return f"entry:{entry_id}:{kind}:account:{account_id}"


def enqueue(db: Session, messages: Sequence[NewMessage], *, now: datetime) -> int:
    """Owe messages; gives how many were new. Those already owed (same `once_key`) are left as they are."""
    if not messages:
        return 0
    domain = _message_id_domain(db)
    return _insert_new(db, OutboxMessage, [_outbox_row(message, domain, now=now) for message in messages])


def enqueue_calls(db: Session, calls: Sequence[NewCall], *, now: datetime) -> int:
    """Owe calls; gives how many were new."""
    rows = [
        {
            "kind": call.kind.value,
            "once_key": call.once_key,
            "entry_id": call.entry_id,
            "candidate_id": call.candidate_id,
            "registration_id": call.registration_id,
            "event_id": call.event_id,
            "state": CallState.TO_CALL,
            "created_at": now,
            "call_count": 0,
        }
        for call in calls
    ]
    return _insert_new(db, CallTask, rows)


def new_message_id(domain: str) -> str:
    """A Message-ID, fixed when the message is owed: every attempt to send it carries the same."""
    return f"<{secrets.token_hex(16)}@{domain}>"


def _outbox_row(message: NewMessage, domain: str, *, now: datetime) -> dict[str, Any]:
    return {
        "kind": message.kind.value,
        "once_key": message.once_key,
        "entry_id": message.entry_id,
        "candidate_id": message.candidate_id,
        "account_id": message.account_id,
        "contact_id": message.contact_id,
        "exhibitor_id": message.exhibitor_id,
        "address": message.address,
        "registration_id": message.registration_id,
        "event_id": message.event_id,
        "facts": checked(message.facts),
        "language": message.language,
        "urgent": message.kind in URGENT,
        "state": MessageState.WAITING,
        "due_at": message.due_at or now,
        "created_at": message.due_at or now,
        "attempt_count": 0,
        "message_id": new_message_id(domain),
    }


def _message_id_domain(db: Session) -> str:
    return db.exec(select(col(Organisation.uid_domain))).first() or "alpes.invalid"


def _insert_new(db: Session, table: type[OutboxMessage | CallTask], rows: list[dict[str, Any]]) -> int:
    """Insert the rows whose `once_key` is not there yet."""
    return sum(insert_new(db, table, some, unless_same=["once_key"]) for some in parts(rows, _ROWS_A_STATEMENT))
