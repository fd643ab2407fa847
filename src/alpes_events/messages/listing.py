"""Every message as staff look through them: by how it fares, kind, event, person, days and words; a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from alpes_events.companies.models import CompanyContact
from alpes_events.database.page import Page, Part
from alpes_events.language.folding import fold
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import MessageState, OutboxMessage
from alpes_events.messages.queries import MessageLine, in_trouble, lines_of
from alpes_events.people.models import Account, Candidate
from alpes_events.people.records import canonical_id, merged_records


class MessageShelf(StrEnum):
    """Messages that staff look at together."""

    ALL = "all"
    TROUBLE = "trouble"
    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"


class MessageOrder(StrEnum):
    """What a list of messages is sorted by. `when`: sent, or due."""

    WHEN = "when"
    TO = "to"
    KIND = "kind"
    STATE = "state"


@dataclass(frozen=True)
class MessageChoice:
    """Which messages to list. Days are `[from_at, before_at)`; `candidate_ids` are the records of one person."""

    shelf: MessageShelf = MessageShelf.ALL
    kind: MessageKind | None = None
    event_id: int | None = None
    candidate_ids: Sequence[int] | None = None
    from_at: datetime | None = None
    before_at: datetime | None = None
    text: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether more than a shelf was chosen, beside the event or person whose page it is."""
        return bool(self.text or self.kind or self.from_at or self.before_at)


def listed_messages(
    db: Session,
    choice: MessageChoice,
    *,
    part: Part,
    order: MessageOrder = MessageOrder.WHEN,
    descending: bool = True,
) -> Page[MessageLine]:
    """One page of the messages chosen."""
    chosen = _conditions(choice)
    count = db.exec(_joined(select(func.count()).select_from(OutboxMessage)).where(*chosen)).one()
    keys = [key.desc() if descending else key for key in _ORDERS[order]]
    ids = db.exec(
        _joined(select(col(OutboxMessage.id)).select_from(OutboxMessage))
        .where(*chosen)
        .order_by(*keys, col(OutboxMessage.id).desc())
        .offset(part.offset)
        .limit(part.size)
    ).all()
    return Page(tuple(lines_of(db, [one for one in ids if one is not None])), count, part)


def message_counts(db: Session, choice: MessageChoice) -> dict[MessageShelf, int]:
    """How many messages each shelf would list with the rest of the choice."""
    sums = [func.coalesce(func.sum(case((_on(shelf), 1), else_=0)), 0) for shelf in MessageShelf]
    conditions = _conditions(choice, shelved=False)
    statement: Any = _joined(select(*sums).select_from(OutboxMessage)).where(*conditions)
    row = db.execute(statement).one()
    return {shelf: int(count) for shelf, count in zip(MessageShelf, row, strict=True)}


_KEPT = aliased(Candidate)
_WHEN = func.coalesce(OutboxMessage.sent_at, OutboxMessage.due_at)
_NAME = func.coalesce(_KEPT.search_name, func.lower(Account.name), CompanyContact.search_name, "")

_ORDERS: dict[MessageOrder, tuple[Any, ...]] = {
    MessageOrder.WHEN: (_WHEN,),
    MessageOrder.TO: (_NAME, _WHEN),
    MessageOrder.KIND: (col(OutboxMessage.kind), _WHEN),
    MessageOrder.STATE: (col(OutboxMessage.state), _WHEN),
}


def _joined(statement: SelectOfScalar[Any]) -> SelectOfScalar[Any]:
    """The question joined to the reader: the record of a person as it was and as it stands, or an account."""
    merged = merged_records()
    return (
        statement.join(Candidate, col(OutboxMessage.candidate_id) == col(Candidate.id), isouter=True)
        .outerjoin(merged, merged.c.id == col(Candidate.id))
        .join(_KEPT, col(_KEPT.id) == canonical_id(col(Candidate.id), merged), isouter=True)
        .join(Account, col(OutboxMessage.account_id) == col(Account.id), isouter=True)
        .join(CompanyContact, col(OutboxMessage.contact_id) == col(CompanyContact.id), isouter=True)
    )


def _conditions(choice: MessageChoice, *, shelved: bool = True) -> list[ColumnElement[bool]]:
    conditions = [_on(choice.shelf)] if shelved else []
    if choice.kind is not None:
        conditions.append(col(OutboxMessage.kind) == choice.kind.value)
    if choice.event_id is not None:
        conditions.append(col(OutboxMessage.event_id) == choice.event_id)
    if choice.candidate_ids is not None:
        conditions.append(_to(choice.candidate_ids))
    if choice.from_at is not None:
        conditions.append(choice.from_at <= _WHEN)
    if choice.before_at is not None:
        conditions.append(choice.before_at > _WHEN)
    if fold(choice.text):
        conditions.append(_said(choice.text))
    return conditions


def _on(shelf: MessageShelf) -> ColumnElement[bool]:
    state = col(OutboxMessage.state)
    match shelf:
        case MessageShelf.TROUBLE:
            return in_trouble()
        case MessageShelf.WAITING:
            return state.in_((MessageState.WAITING, MessageState.SENDING))
        case MessageShelf.SENT:
            return state == MessageState.SENT
        case MessageShelf.DROPPED:
            return state == MessageState.DROPPED
        case MessageShelf.ALL:
            return col(OutboxMessage.id).isnot(None)


def _to(candidate_ids: Sequence[int]) -> ColumnElement[bool]:
    return or_(col(OutboxMessage.candidate_id).in_(candidate_ids), col(Account.candidate_id).in_(candidate_ids))


def _said(text: str) -> ColumnElement[bool]:
    """Every word stands in the reader's name, or it is part of their address."""
    typed, words = text.strip().lower(), fold(text).split()
    named = [
        and_(*(col(row.search_name).contains(word, autoescape=True) for word in words))
        for row in (Candidate, _KEPT, CompanyContact)
    ]
    accounts = and_(*(func.lower(Account.name).contains(word, autoescape=True) for word in words))
    addresses = [col(row.email).contains(typed, autoescape=True) for row in (Candidate, _KEPT, Account, CompanyContact)]
    return or_(*named, accounts, *addresses)
