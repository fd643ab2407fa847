"""What became of a company, as the journal keeps it."""

from datetime import datetime

from sqlmodel import Session

from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind


def record_company(
    db: Session,
    kind: EntryKind,
    company_id: int,
    facts: dict[str, Fact] | None = None,
    *,
    now: datetime,
    account_id: int | None,
) -> None:
    """Write to the journal what became of a company."""
    record(db, kind, subject=("company", company_id), now=now, account_id=account_id, facts=facts or {})
