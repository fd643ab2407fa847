"""A table of messages as the address asks for it: of everybody, of one event, or of one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from flask import request
from sqlmodel import Session

from alpes_events.agenda.queries import event_titles
from alpes_events.database.page import Page, every_row
from alpes_events.language.cells import Sheet
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.listing import (
    MessageChoice,
    MessageOrder,
    MessageShelf,
    listed_messages,
    message_counts,
)
from alpes_events.messages.queries import MessageLine
from alpes_web.staff.period import asked_period
from alpes_web.staff.sheets import message_sheet
from alpes_web.staff.table import Ordered, asked, asked_order, asked_part, asked_text


@dataclass(frozen=True)
class MessageTable:
    """One page of messages, how many stand on each shelf, and the titles of their events."""

    page: Page[MessageLine]
    counts: Mapping[MessageShelf, int]
    titles: Mapping[int, tuple[str, datetime]]
    choice: MessageChoice
    ordered: Ordered

    @property
    def may_repeat(self) -> bool:
        """Whether some of the messages shown can be sent again."""
        return any(line.may_repeat for line in self.page.rows)


def asked_choice(*, event_id: int | None = None, candidate_ids: Sequence[int] | None = None) -> MessageChoice:
    """Which messages the address asks for, of one event or person when the page is theirs."""
    kind = request.args.get("kind", "")
    from_at, before_at = asked_period()
    return MessageChoice(
        shelf=asked(MessageShelf.ALL, "show"),
        kind=MessageKind(kind) if kind in {member.value for member in MessageKind} else None,
        event_id=event_id,
        candidate_ids=candidate_ids,
        from_at=from_at,
        before_at=before_at,
        text=asked_text(),
    )


def message_table(db: Session, choice: MessageChoice) -> MessageTable:
    """The page that the address asks for."""
    order, descending = asked_order(MessageOrder.WHEN, descending=True)
    page = listed_messages(db, choice, part=asked_part(), order=order, descending=descending)
    return MessageTable(
        page=page,
        counts=message_counts(db, choice),
        titles=event_titles(db, {line.event_id for line in page.rows if line.event_id is not None}),
        choice=choice,
        ordered=Ordered(order.value, descending),
    )


def messages_sheet(db: Session, choice: MessageChoice) -> Sheet:
    """The same messages on all pages, as a sheet."""
    order, descending = asked_order(MessageOrder.WHEN, descending=True)
    return message_sheet(every_row(partial(listed_messages, db, choice, order=order, descending=descending)))


def trouble_count(db: Session) -> int:
    """How many messages of everybody are in trouble."""
    return message_counts(db, replace(MessageChoice(), shelf=MessageShelf.TROUBLE))[MessageShelf.TROUBLE]
