"""Mail to companies about the hours of a month: the link to declare them, three reminders, and what was refused.

Each reminder is owed once; none leaves for a month that was sent meanwhile.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from alpes_events.clause.declaring.declarations import open_declaration, serve_link
from alpes_events.clause.declaring.declared import DeclarationView, declaration_view
from alpes_events.clause.declaring.missing import missing
from alpes_events.clause.declaring.roster import records_for
from alpes_events.clause.durations import in_hours
from alpes_events.clause.months import previous_month
from alpes_events.clause.tables.declaration_rows import HourDeclaration, LineState
from alpes_events.companies.models import CompanyContact, ContactRole
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.outbox import NewMessage, enqueue

REMINDER_DAYS = (5, 10, 15)
"""Days of the month on which companies are asked for the month before."""
_MOST_CONTACTS = 3
_ASKED_FIRST = frozenset({ContactRole.MANAGER, ContactRole.HUMAN_RESOURCES})
BY_HAND = 0
"""The round of a link that somebody of the team sends."""


class NobodyToAsk(Refusal):
    """A link for a company without a contact who has an address."""

    def __init__(self) -> None:
        super().__init__(
            N_("Aucun contact de cette entreprise n’a d’adresse e-mail : ajoutez-en un, ou téléphonez et saisissez.")
        )


@dataclass(frozen=True)
class RefusedLine:
    """Hours that do not count: whose, how many minutes, and why."""

    name: str
    minutes: int
    reason: str

    @property
    def hours(self) -> str:
        """« 75 h 30 »."""
        return in_hours(self.minutes)


@dataclass(frozen=True)
class DeclarationNews:
    """What a message may say of a month's declaration, as it is now."""

    reference: str
    month: date
    is_sent: bool
    round: int
    refused: tuple[RefusedLine, ...] = ()


def contacts_to_ask(db: Session, company_id: int) -> list[CompanyContact]:
    """Who at a company is written to about its hours: who runs it or its staff, else anybody with an address."""
    rows = db.exec(
        select(CompanyContact)
        .where(col(CompanyContact.company_id).in_(records_for(db, company_id)), col(CompanyContact.email).is_not(None))
        .where(col(CompanyContact.left_at).is_(None), col(CompanyContact.erased_at).is_(None))
        .order_by(col(CompanyContact.id))
    ).all()
    first = [row for row in rows if row.role in _ASKED_FIRST]
    return list(first or rows)[:_MOST_CONTACTS]


def send_link(db: Session, declaration_id: int, *, now: datetime) -> int:
    """Owe the link of a declaration to the company's contacts. Gives how many. Raises `NobodyToAsk`."""
    view = declaration_view(db, declaration_id)
    contacts = contacts_to_ask(db, view.company_id)
    if not contacts:
        raise NobodyToAsk
    serve_link(db, declaration_id, now=now)
    moment = f"asked:{now:%Y%m%dT%H%M}"
    enqueue(db, _messages(view, contacts, MessageKind.DECLARATION_DUE, moment, {"round": BY_HAND}), now=now)
    return len(contacts)


def round_of(day: date) -> int | None:
    """The reminder that is due on a day, also when nothing ran on the very day."""
    due = [one for one in REMINDER_DAYS if one <= day.day < one + 5]
    return due[0] if due else None


def enqueue_declaration_reminders(db: Session, *, day: date, now: datetime) -> int:
    """Owe the reminder of `day` to each company that has not sent the hours of the month before. Gives how many new."""
    number, month = round_of(day), previous_month(day)
    if number is None:
        return 0
    count = 0
    for one in missing(db, month):
        contacts = contacts_to_ask(db, one.company_id)
        if not contacts:
            continue
        opened = one.declaration_id or open_declaration(db, one.company_id, month, today=day, now=now, account_id=None)
        view = declaration_view(db, opened)
        messages = _messages(view, contacts, MessageKind.DECLARATION_DUE, f"round:{number}", {"round": number})
        new = enqueue(db, messages, now=now)
        if new:
            row = db.get_one(HourDeclaration, opened)
            row.reminded_count += 1
            db.add(row)
        count += new
    return count


def tell_companies(db: Session, entry: JournalEntry, now: datetime) -> None:
    """Owe a company the news that hours of its were refused."""
    if entry.kind != EntryKind.DECLARATION_CHANGED or entry.facts.get("state") != LineState.REFUSED.value:
        return
    view = declaration_view(db, entry.subject_id)
    contacts = contacts_to_ask(db, view.company_id)
    facts: dict[str, Fact] = {"line_ids": list(entry.facts["line_ids"])}
    enqueue(
        db, _messages(view, contacts, MessageKind.DECLARATION_REFUSED, f"entry:{entry.id}", facts, entry.id), now=now
    )


def declaration_news(db: Session, facts: Mapping[str, Any]) -> DeclarationNews | None:
    """What is true of a declaration now; None when the message is about none."""
    if facts.get("declaration_id") is None:
        return None
    view = declaration_view(db, facts["declaration_id"])
    told = facts.get("line_ids") or ()
    refused = [line for line in view.lines if line.id in told and line.state is LineState.REFUSED]
    return DeclarationNews(
        reference=view.reference,
        month=view.month,
        is_sent=view.sent_at is not None,
        round=facts.get("round", BY_HAND),
        refused=tuple(RefusedLine(line.name, line.minutes, line.reason) for line in refused),
    )


def _messages(
    view: DeclarationView,
    contacts: Iterable[CompanyContact],
    kind: MessageKind,
    moment: str,
    facts: Mapping[str, Fact],
    entry_id: int | None = None,
) -> list[NewMessage]:
    return [
        NewMessage(
            kind,
            once_key=f"{kind}:{view.id}:{moment}:contact:{contact.id}",
            contact_id=contact.id,
            entry_id=entry_id,
            language=contact.language,
            facts={"declaration_id": view.id, "company_id": view.company_id, **facts},
        )
        for contact in contacts
    ]
