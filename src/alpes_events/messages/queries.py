"""Questions about messages: what was sent for an event, what is in trouble, how late the oldest is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from alpes_events.companies.models import CompanyContact
from alpes_events.messages.contacts import Contact, contacts_of
from alpes_events.messages.kinds import MessageKind, goes_once, to_former_address
from alpes_events.messages.models import MessageState, OutboxMessage
from alpes_events.people.models import Account

ALARM_AFTER = timedelta(minutes=15)
URGENT_ALARM_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class MessageLine:
    """One message in a list. `to` is its reader's name, `candidate_id` the record that stands for a person.

    What it says is rendered when asked for.
    """

    id: int
    kind: MessageKind
    to: str
    email: str
    candidate_id: int | None
    event_id: int | None
    registration_id: int | None
    state: MessageState
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None
    attempt_count: int
    error: str
    once: bool

    @property
    def may_repeat(self) -> bool:
        """Whether a person may have it sent again: some go once and never again."""
        return self.state in {MessageState.FAILED, MessageState.SENT} and not self.once


@dataclass(frozen=True)
class MailHealth:
    """Whether mail leaves. `oldest_at` is when the oldest unsent message was owed; `alarm`: too long."""

    waiting_count: int
    failed_count: int
    oldest_at: datetime | None
    alarm: bool


def messages_of_event(db: Session, event_id: int, *, limit: int = 500) -> list[MessageLine]:
    """The messages of an event, newest first."""
    return _lines(db, col(OutboxMessage.event_id) == event_id, limit=limit)


def messages_of_registration(db: Session, registration_id: int) -> list[MessageLine]:
    """The messages of one sign-up, newest first."""
    return _lines(db, col(OutboxMessage.registration_id) == registration_id, limit=100)


def messages_in_trouble(db: Session, *, limit: int = 200) -> list[MessageLine]:
    """Messages that failed, or were tried at least twice and still wait; newest first."""
    return _lines(db, in_trouble(), limit=limit)


def in_trouble() -> ColumnElement[bool]:
    """The message failed, or was tried at least twice and still waits."""
    return (col(OutboxMessage.state) == MessageState.FAILED) | (
        col(OutboxMessage.state).in_((MessageState.WAITING, MessageState.SENDING))
        & (col(OutboxMessage.attempt_count) > 1)
    )


def lines_of(db: Session, message_ids: Sequence[int]) -> list[MessageLine]:
    """These messages, in this order."""
    lines = {line.id: line for line in _lines(db, col(OutboxMessage.id).in_(message_ids), limit=len(message_ids))}
    return [lines[one] for one in message_ids if one in lines]


def mail_health(db: Session, *, now: datetime) -> MailHealth:
    """How many messages wait or failed, and whether the oldest unsent one waits too long."""
    unsent = col(OutboxMessage.state).in_((MessageState.WAITING, MessageState.SENDING))
    failure = col(OutboxMessage.state) == MessageState.FAILED
    waiting, failed, oldest, urgent = db.exec(
        select(
            func.count().filter(unsent),
            func.count().filter(failure),
            func.min(OutboxMessage.created_at).filter(unsent),
            func.min(OutboxMessage.created_at).filter(unsent, col(OutboxMessage.urgent).is_(True)),
        ).where(unsent | failure)
    ).one()
    late = _older(oldest, ALARM_AFTER, now=now) or _older(urgent, URGENT_ALARM_AFTER, now=now)
    return MailHealth(waiting_count=waiting, failed_count=failed, oldest_at=oldest, alarm=late)


def _older(at: datetime | None, age: timedelta, *, now: datetime) -> bool:
    return at is not None and now - at > age


def _lines(db: Session, condition: ColumnElement[bool], *, limit: int) -> list[MessageLine]:
    rows = db.exec(
        select(OutboxMessage, Account, CompanyContact)
        .join(Account, col(OutboxMessage.account_id) == col(Account.id), isouter=True)
        .join(CompanyContact, col(OutboxMessage.contact_id) == col(CompanyContact.id), isouter=True)
        .where(condition)
        .order_by(col(OutboxMessage.id).desc())
        .limit(limit)
    ).all()
    contacts = contacts_of(db, {message.candidate_id for message, *_others in rows if message.candidate_id})
    return [
        _line(message, account, contacts.get(message.candidate_id or 0), speaker) for message, account, speaker in rows
    ]


def _line(
    message: OutboxMessage, account: Account | None, contact: Contact | None, speaker: CompanyContact | None
) -> MessageLine:
    person = contact or speaker
    name = "" if person is None else f"{person.given_name} {person.family_name}".strip()
    email = "" if person is None else person.email or ""
    if account is not None:
        email = message.address or ("" if to_former_address(message.facts) else account.email)
    return MessageLine(
        id=message.id or 0,
        kind=MessageKind(message.kind),
        to=name if account is None else account.name,
        email=email,
        candidate_id=None if contact is None else contact.candidate_id,
        event_id=message.event_id,
        registration_id=message.registration_id,
        state=message.state,
        created_at=message.created_at,
        due_at=message.due_at,
        sent_at=message.sent_at,
        attempt_count=message.attempt_count,
        error=message.last_error or "",
        once=goes_once(message.kind, message.facts),
    )
