"""Companies made aware: noting that the team spoke with one, on which day and of what, and taking that back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from alpes_events.companies.awareness_rows import AwarenessSubject, CompanyAwareness
from alpes_events.companies.company_views import company_view
from alpes_events.companies.trail import record_company
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import BadInput, NotFound
from alpes_events.language.sentence import N_


class UnknownAwareness(NotFound):
    """No such note about this company."""

    def __init__(self) -> None:
        super().__init__(N_("Cette sensibilisation n’est plus dans la liste."))


class AwarenessAhead(BadInput):
    """A day that is still to come."""

    def __init__(self) -> None:
        super().__init__(N_("Ce jour n’est pas encore venu : notez ce qui a eu lieu."), field="held_on")


@dataclass(frozen=True)
class AwarenessView:
    """A note as it is read."""

    id: int
    held_on: date
    subject: AwarenessSubject


def note_awareness(
    db: Session,
    company_id: int,
    subject: AwarenessSubject,
    held_on: date,
    *,
    today: date,
    now: datetime,
    account_id: int | None,
) -> int:
    """Note that a company was made aware of a subject on a day. The same again is the same note. Gives its id.

    Raises `AwarenessAhead`, `UnknownCompany`.
    """
    if held_on > today:
        raise AwarenessAhead
    company = company_view(db, company_id, on=held_on)
    known = db.exec(
        select(CompanyAwareness.id).where(
            CompanyAwareness.company_id == company_id,
            CompanyAwareness.subject == subject,
            CompanyAwareness.held_on == held_on,
            col(CompanyAwareness.withdrawn_at).is_(None),
        )
    ).first()
    if known is not None:
        return known
    row = CompanyAwareness(
        company_id=company_id,
        held_on=held_on,
        subject=subject,
        in_territory=company.in_territory,
        created_at=now,
        noted_by=account_id,
    )
    db.add(row)
    db.flush()
    _record(db, row, now=now, account_id=account_id)
    return row.id or 0


def withdraw_awareness(
    db: Session, awareness_id: int, *, company_ids: Collection[int], now: datetime, account_id: int | None
) -> None:
    """The note was a mistake. Raises `UnknownAwareness`, also for one of another company or taken back before."""
    row = db.get(CompanyAwareness, awareness_id, with_for_update=True, populate_existing=True)
    if row is None or row.company_id not in company_ids or row.withdrawn_at is not None:
        raise UnknownAwareness
    row.withdrawn_at = now
    db.add(row)
    db.flush()
    _record(db, row, now=now, account_id=account_id)


def awareness_of(db: Session, company_ids: Collection[int]) -> tuple[AwarenessView, ...]:
    """What a company was made aware of, by its records, the latest first."""
    rows = db.exec(
        select(CompanyAwareness)
        .where(
            col(CompanyAwareness.company_id).in_(company_ids),
            col(CompanyAwareness.withdrawn_at).is_(None),
        )
        .order_by(col(CompanyAwareness.held_on).desc(), col(CompanyAwareness.id).desc())
    )
    return tuple(AwarenessView(row.id or 0, row.held_on, row.subject) for row in rows)


def _record(db: Session, row: CompanyAwareness, *, now: datetime, account_id: int | None) -> None:
    facts = {"awareness_id": row.id, "withdrawn": row.withdrawn_at is not None}
    record_company(db, EntryKind.COMPANY_REVISED, row.company_id, facts, now=now, account_id=account_id)  # type: ignore[arg-type]
