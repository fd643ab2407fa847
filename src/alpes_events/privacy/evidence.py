"""Who an erased person was, kept apart while their hours of the social clause must be proved; then it goes.

Hours are declared to buyers and funders, who may check them for years: an id alone could not be told to anybody.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from alpes_events.clause.ledger.proving import PROVED, kept_until
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry
from alpes_events.database.outcome import row_count
from alpes_events.people.evidence import EvidenceIdentity
from alpes_events.people.models import Candidate


@dataclass(frozen=True)
class KeptIdentity:
    """Who somebody was, until a day, with the first and last month of their hours and how many were validated."""

    candidate_id: int
    family_name: str
    given_name: str
    birth_on: date | None
    kept_until: date
    first_month: date | None
    last_month: date | None
    minutes: int


def move_identity(db: Session, person: Candidate, candidate_ids: Collection[int], *, now: datetime) -> None:
    """Before an erasure: keep who the person is for each of their records that has hours to prove."""
    until = kept_until(db, candidate_ids, today=now.date())
    if until is None:
        return
    having = select(HourEntry.candidate_id).where(
        col(HourEntry.candidate_id).in_(candidate_ids), col(HourEntry.account).in_(PROVED)
    )
    for candidate_id in sorted(set(db.exec(having))):
        if db.get(EvidenceIdentity, candidate_id) is None:
            kept = EvidenceIdentity(
                candidate_id=candidate_id,
                family_name=person.family_name,
                given_name=person.given_name,
                birth_on=person.birth_on,
                kept_until=until,
                moved_at=now,
            )
            db.add(kept)
    db.flush()


def kept_identities(db: Session) -> list[KeptIdentity]:
    """Every identity that is kept, those that go first first."""
    hours = (
        select(
            HourEntry.candidate_id,
            func.min(HourEntry.month).label("first"),
            func.max(HourEntry.month).label("last"),
            func.sum(HourEntry.minutes).label("minutes"),
        )
        .where(HourEntry.account == HourAccount.VALIDATED)
        .group_by(col(HourEntry.candidate_id))
        .subquery()
    )
    asked = (
        select(EvidenceIdentity, hours.c.first, hours.c.last, hours.c.minutes)
        .outerjoin(hours, hours.c.candidate_id == col(EvidenceIdentity.candidate_id))
        .order_by(col(EvidenceIdentity.kept_until), col(EvidenceIdentity.candidate_id))
    )
    return [
        KeptIdentity(
            row.candidate_id, row.family_name, row.given_name, row.birth_on, row.kept_until, first, last, minutes or 0
        )
        for row, first, last, minutes in db.exec(asked)
    ]


def end_evidence(db: Session, *, today: date) -> int:
    """Forget who the people were whose time is over. Gives how many records."""
    over = delete(EvidenceIdentity).where(col(EvidenceIdentity.kept_until) <= today)
    return row_count(db, over.execution_options(synchronize_session=False))
