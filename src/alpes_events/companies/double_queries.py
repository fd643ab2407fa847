"""What staff see of companies in double: the pairs to decide, with the reasons; and those that can still be parted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from alpes_events.companies.company_views import CompanyView, company_views
from alpes_events.companies.merging import UNDO_LIFE, the_company_merge
from alpes_events.companies.models import Company, CompanyMerge
from alpes_events.people.merge_queries import Reason
from alpes_events.people.models import MergeState
from alpes_matching.duplicates import CERTAIN_FROM


@dataclass(frozen=True)
class DoubleView:
    """Two companies that may be one. `undo_until` None: nothing to undo."""

    id: int
    first: CompanyView
    second: CompanyView
    score: float
    reasons: tuple[Reason, ...]
    state: MergeState
    kept_id: int | None
    decided_at: datetime | None
    undo_until: datetime | None

    @property
    def certain(self) -> bool:
        """Whether the comparison is sure of it."""
        return self.score >= CERTAIN_FROM

    def other(self, company_id: int) -> CompanyView:
        """The one of the two that this is not."""
        return self.second if self.first.id == company_id else self.first


def open_doubles(db: Session, *, on: date, limit: int = 30, offset: int = 0) -> list[DoubleView]:
    """The pairs to decide, most alike first. A pair of which one was merged meanwhile is not shown."""
    statement = _open().order_by(col(CompanyMerge.score).desc(), col(CompanyMerge.id)).limit(limit).offset(offset)
    return _views(db, list(db.exec(statement)), on=on)


def open_double_count(db: Session) -> int:
    """How many pairs are to decide."""
    ids = _open().with_only_columns(col(CompanyMerge.id)).subquery()
    return db.exec(select(func.count()).select_from(ids)).one()


def partable_merges(db: Session, *, now: datetime, on: date) -> list[DoubleView]:
    """The merges of the last thirty days, newest first."""
    rows = db.exec(
        select(CompanyMerge)
        .where(CompanyMerge.state == MergeState.ACCEPTED, col(CompanyMerge.decided_at) > now - UNDO_LIFE)
        .order_by(col(CompanyMerge.decided_at).desc(), col(CompanyMerge.id))
    )
    return _views(db, list(rows), on=on)


def doubles_about(db: Session, company_ids: Collection[int], *, now: datetime, on: date) -> list[DoubleView]:
    """The pairs to decide and the merges that can be undone of these records."""
    about = or_(col(CompanyMerge.first_id).in_(company_ids), col(CompanyMerge.second_id).in_(company_ids))
    rows = db.exec(
        select(CompanyMerge)
        .where(about, col(CompanyMerge.state).in_((MergeState.PROPOSED, MergeState.ACCEPTED)))
        .order_by(col(CompanyMerge.score).desc(), col(CompanyMerge.id))
    )
    views = _views(db, list(rows), on=on)
    return [
        view
        for view in views
        if (view.state is MergeState.PROPOSED and view.first.merged_into is None and view.second.merged_into is None)
        or (view.undo_until is not None and view.undo_until > now)
    ]


def double_view(db: Session, proposal_id: int, *, on: date) -> DoubleView:
    """One pair. Raises `UnknownCompanyMerge`."""
    return _views(db, [the_company_merge(db, proposal_id)], on=on)[0]


def _open() -> SelectOfScalar[CompanyMerge]:
    first, second = aliased(Company), aliased(Company)
    return (
        select(CompanyMerge)
        .join(first, col(first.id) == col(CompanyMerge.first_id))
        .join(second, col(second.id) == col(CompanyMerge.second_id))
        .where(
            CompanyMerge.state == MergeState.PROPOSED,
            col(first.merged_into).is_(None),
            col(second.merged_into).is_(None),
        )
    )


def _views(db: Session, rows: Sequence[CompanyMerge], *, on: date) -> list[DoubleView]:
    ids = sorted({one for row in rows for one in (row.first_id, row.second_id)})
    companies = db.exec(select(Company).where(col(Company.id).in_(ids))).all()
    views = {view.id: view for view in company_views(db, companies, on=on)}
    return [_view(row, views[row.first_id], views[row.second_id]) for row in rows]


def _view(row: CompanyMerge, first: CompanyView, second: CompanyView) -> DoubleView:
    accepted = row.state is MergeState.ACCEPTED and row.decided_at is not None
    return DoubleView(
        id=row.id or 0,
        first=first,
        second=second,
        score=row.score,
        reasons=tuple(Reason(**reason) for reason in row.reasons),  # type: ignore[arg-type]
        state=row.state,
        kept_id=row.kept_id,
        decided_at=row.decided_at,
        undo_until=row.decided_at + UNDO_LIFE if accepted and row.decided_at else None,
    )
