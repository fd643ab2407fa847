"""What happened at one event, newest first: its own domain events and those of its sign-ups."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_
from sqlmodel import Session, col, func, select

from alpes_events.attendance.models import Registration
from alpes_events.database.page import Page, Part
from alpes_events.journal.models import JournalEntry
from alpes_events.people.models import Account
from alpes_events.people.records import standing_records


@dataclass(frozen=True)
class PastEvent:
    """One domain event. `person` is whose sign-up it is about; `by` who did it, when somebody signed in did."""

    id: int
    kind: str
    at: datetime
    by: str
    person: str
    person_id: int | None
    registration_id: int | None
    facts: dict[str, Any]


def history_of(db: Session, event_id: int, *, part: Part) -> Page[PastEvent]:
    """One page of what happened at the event."""
    sign_ups = select(Registration.id).where(col(Registration.event_id) == event_id)
    subject = or_(
        and_(col(JournalEntry.subject_kind) == "event", col(JournalEntry.subject_id) == event_id),
        and_(col(JournalEntry.subject_kind) == "registration", col(JournalEntry.subject_id).in_(sign_ups)),
    )
    count = db.exec(select(func.count()).select_from(JournalEntry).where(subject)).one()
    rows = db.exec(
        select(JournalEntry, Account.name)
        .join(Account, col(JournalEntry.account_id) == col(Account.id), isouter=True)
        .where(subject)
        .order_by(col(JournalEntry.id).desc())
        .offset(part.offset)
        .limit(part.size)
    ).all()
    return Page(tuple(_told(db, [(entry, by or "") for entry, by in rows])), count, part)


def _told(db: Session, rows: list[tuple[JournalEntry, str]]) -> list[PastEvent]:
    ids = [entry.subject_id for entry, _by in rows if entry.subject_kind == "registration"]
    whose = dict(db.exec(select(Registration.id, Registration.candidate_id).where(col(Registration.id).in_(ids))).all())
    people = standing_records(db, whose.values())
    told = []
    for entry, by in rows:
        registration_id = entry.subject_id if entry.subject_kind == "registration" else None
        person = None if registration_id is None else people.get(whose.get(registration_id, 0))
        told.append(
            PastEvent(
                id=entry.id or 0,
                kind=entry.kind,
                at=entry.at,
                by=by,
                person="" if person is None else f"{person.given_name} {person.family_name}".strip(),
                person_id=None if person is None else person.id,
                registration_id=registration_id,
                facts=entry.facts,
            )
        )
    return told
