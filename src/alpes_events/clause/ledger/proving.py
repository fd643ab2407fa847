"""How long somebody's hours must be provable: so many months after the end of the last month that has some."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from alpes_events.clause.months import next_month
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry
from alpes_events.territory.organisation import current_organisation
from alpes_matching.eligibility import eligible_until as months_after

PROVED = (HourAccount.DECLARED, HourAccount.VALIDATED, HourAccount.REFUSED)
"""Hours that were only planned prove nothing."""


def kept_until(db: Session, candidate_ids: Collection[int], *, today: date) -> date | None:
    """The first day on which nobody needs to know any more who these records were; None: already today."""
    last = db.exec(
        select(col(HourEntry.month))
        .where(col(HourEntry.candidate_id).in_(candidate_ids), col(HourEntry.account).in_(PROVED))
        .order_by(col(HourEntry.month).desc())
    ).first()
    if last is None:
        return None
    until = months_after(next_month(last), months=current_organisation(db).evidence_months)
    return until if until > today else None
