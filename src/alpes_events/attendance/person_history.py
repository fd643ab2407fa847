"""What happened to one person's file, newest first: made, corrected, merged, signed up, came; and who took it away."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, func, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Registration
from alpes_events.database.page import Page, Part
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.people.audit import AuditAction
from alpes_events.people.models import AccessAudit, Account, Candidate

CREATED = "FileCreated"
"""The kind of the line that says when a record was made: no domain event does."""


@dataclass(frozen=True)
class PersonEvent:
    """One thing that happened: a kind of the journal, an action of the audit, or `CREATED`.

    `by` is who did it, when somebody signed in did; `event` the title of the event it is about.
    """

    kind: str
    at: datetime
    by: str = ""
    event: str = ""
    registration_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Readings:
    """How often the file was opened, and when and by whom last."""

    count: int
    last_at: datetime | None
    last_by: str


def person_history(db: Session, candidate_ids: Collection[int], *, part: Part) -> Page[PersonEvent]:
    """One page of what happened to these records of one person."""
    told = (_journal, _letters, _exports, _made)
    happened = [one for ask in told for one in ask(db, candidate_ids)]
    happened.sort(key=lambda one: one.at, reverse=True)
    return Page(tuple(happened[part.offset : part.offset + part.size]), len(happened), part)


def readings(db: Session, candidate_ids: Collection[int]) -> Readings:
    """How often the file was read, by the access audit."""
    read = _audited(candidate_ids, AuditAction.FILE_READ)
    count = db.exec(select(func.count()).select_from(AccessAudit).where(read)).one()
    last = db.exec(
        select(AccessAudit.at, Account.name)
        .join(Account, col(AccessAudit.account_id) == col(Account.id), isouter=True)
        .where(read)
        .order_by(col(AccessAudit.id).desc())
        .limit(1)
    ).first()
    return Readings(count, last[0] if last else None, (last[1] or "") if last else "")


def _journal(db: Session, candidate_ids: Collection[int]) -> list[PersonEvent]:
    sign_ups = select(Registration.id).where(col(Registration.candidate_id).in_(candidate_ids))
    about = or_(
        and_(col(JournalEntry.subject_kind) == "candidate", col(JournalEntry.subject_id).in_(candidate_ids)),
        and_(col(JournalEntry.subject_kind) == "registration", col(JournalEntry.subject_id).in_(sign_ups)),
    )
    its_sign_up = and_(
        col(JournalEntry.subject_kind) == "registration", col(Registration.id) == col(JournalEntry.subject_id)
    )
    rows = db.exec(
        select(JournalEntry, Account.name, Event.title)
        .join(Account, col(JournalEntry.account_id) == col(Account.id), isouter=True)
        .join(Registration, its_sign_up, isouter=True)
        .join(Event, col(Event.id) == col(Registration.event_id), isouter=True)
        .where(about)
    )
    return [
        PersonEvent(
            kind=entry.kind,
            at=entry.at,
            by=by or "",
            event=title or "",
            registration_id=entry.subject_id if entry.subject_kind == "registration" else None,
            facts=entry.facts,
        )
        for entry, by, title in rows
    ]


def _letters(db: Session, candidate_ids: Collection[int]) -> list[PersonEvent]:
    """What the team wrote to people of an event, these among them."""
    sign_ups = select(Registration.event_id, Registration.id).where(col(Registration.candidate_id).in_(candidate_ids))
    theirs = [(event_id, number or 0) for event_id, number in db.exec(sign_ups)]
    rows = db.exec(
        select(JournalEntry, Account.name, Event.title)
        .join(Account, col(JournalEntry.account_id) == col(Account.id), isouter=True)
        .join(Event, col(Event.id) == col(JournalEntry.subject_id))
        .where(
            JournalEntry.kind == EntryKind.LETTER_WRITTEN,
            JournalEntry.subject_kind == "event",
            col(JournalEntry.subject_id).in_({event_id for event_id, _number in theirs}),
        )
    )
    return [
        PersonEvent(entry.kind, entry.at, by or "", title, number, entry.facts)
        for entry, by, title in rows
        for _event_id, number in theirs
        if number in entry.facts["registration_ids"]
    ]


def _exports(db: Session, candidate_ids: Collection[int]) -> list[PersonEvent]:
    rows = db.exec(
        select(AccessAudit, Account.name)
        .join(Account, col(AccessAudit.account_id) == col(Account.id), isouter=True)
        .where(_audited(candidate_ids, AuditAction.EXPORTED))
    )
    return [PersonEvent(kind=row.action, at=row.at, by=by or "") for row, by in rows]


def _made(db: Session, candidate_ids: Collection[int]) -> Sequence[PersonEvent]:
    rows = db.exec(select(Candidate.id, Candidate.created_at).where(col(Candidate.id).in_(candidate_ids)))
    return [PersonEvent(kind=CREATED, at=at, facts={"candidate_id": candidate_id}) for candidate_id, at in rows]


def _audited(candidate_ids: Collection[int], action: AuditAction) -> ColumnElement[bool]:
    return and_(
        col(AccessAudit.action) == action.value,
        col(AccessAudit.subject_kind) == "candidate",
        col(AccessAudit.subject_id).in_(candidate_ids),
    )
