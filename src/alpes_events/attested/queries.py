"""What was attested: the counts of a year, one that stands, and what it said before."""

from collections.abc import Sequence

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from alpes_events.attested.models import AttestedCount
from alpes_events.attested.refusals import UnknownAttested


def counts_of_year(db: Session, year: int) -> Sequence[AttestedCount]:
    """What stands for a year and its months, by figure and period."""
    asked = _standing().where(col(AttestedCount.period).startswith(f"{year:04d}"))
    return db.exec(asked.order_by(col(AttestedCount.indicator), col(AttestedCount.period))).all()


def standing_count(db: Session, indicator: str, period: str) -> AttestedCount | None:
    """What stands for a figure and period."""
    asked = _standing().where(AttestedCount.indicator == indicator, AttestedCount.period == period)
    return db.exec(asked).first()


def count_numbered(db: Session, count_id: int) -> AttestedCount:
    """A count that stands, or the one that stands in its place. Raises `UnknownAttested`."""
    row = db.get(AttestedCount, count_id)
    if row is not None and row.replaced_at is not None:
        row = standing_count(db, row.indicator, row.period)
    if row is None:
        raise UnknownAttested
    return row


def former_counts(db: Session, count: AttestedCount) -> Sequence[AttestedCount]:
    """What was attested for the same figure and period before, the last first."""
    asked = select(AttestedCount).where(
        AttestedCount.indicator == count.indicator,
        AttestedCount.period == count.period,
        col(AttestedCount.replaced_at).is_not(None),
    )
    return db.exec(asked.order_by(col(AttestedCount.id).desc())).all()


def _standing() -> SelectOfScalar[AttestedCount]:
    return select(AttestedCount).where(col(AttestedCount.replaced_at).is_(None))
