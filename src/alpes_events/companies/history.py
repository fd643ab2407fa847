"""What happened to a company, from the journal: newest first, with who did it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from alpes_events.database.page import Page, Part
from alpes_events.journal.models import JournalEntry
from alpes_events.people.models import Account


@dataclass(frozen=True)
class CompanyEvent:
    """One thing that happened. `by`: the name of who did it, empty when nobody is known; `about`: of the account that
    it is about.
    """

    kind: str
    at: datetime
    by: str
    about: str
    facts: dict[str, Any]


def past_of_company(db: Session, company_ids: Collection[int], *, part: Part) -> Page[CompanyEvent]:
    """One page of what happened to these records of a company."""
    theirs = (JournalEntry.subject_kind == "company", col(JournalEntry.subject_id).in_(company_ids))
    count = db.exec(select(func.count()).select_from(JournalEntry).where(*theirs)).one()
    rows = db.exec(
        select(JournalEntry).where(*theirs).order_by(col(JournalEntry.id).desc()).offset(part.offset).limit(part.size)
    ).all()
    meant = {one for row in rows for one in (row.account_id, row.facts.get("account_id")) if one is not None}
    found = db.exec(select(Account.id, Account.name).where(col(Account.id).in_(meant)))
    names: dict[int | None, str] = dict(found.all())
    events = tuple(
        CompanyEvent(
            row.kind, row.at, names.get(row.account_id, ""), names.get(row.facts.get("account_id"), ""), dict(row.facts)
        )
        for row in rows
    )
    return Page(events, count, part)
