"""The placements of one person, as their page shows them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select as columns
from sqlmodel import Session, col

from alpes_events.clause.eligibility.placement_states import OPEN_PLACEMENTS
from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, PublicContract
from alpes_events.clause.tables.placement_rows import Placement, PlacementState
from alpes_events.companies.models import Company
from alpes_events.companies.records import merged_companies, standing_id


@dataclass(frozen=True)
class OwnPlacement:
    """One placement: on which lot, with which company (empty: not said), and how far it has come."""

    id: int
    lot_id: int
    operation: str
    reference: str
    lot: str
    company_id: int | None
    company: str
    state: PlacementState
    starts_on: date | None
    planned_minutes: int | None
    moved_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether an employment contract may still come of it."""
        return self.state in OPEN_PLACEMENTS


def placements_of(db: Session, candidate_ids: Collection[int]) -> list[OwnPlacement]:
    """The placements of these records, the last moved first."""
    merged = merged_companies()
    rows = db.execute(
        columns(
            Placement,
            col(ClauseOperation.name),
            col(PublicContract.reference),
            col(ClauseLot.title),
            col(Company.name),
        )
        .join(ClauseLot, col(ClauseLot.id) == col(Placement.lot_id))
        .join(PublicContract, col(PublicContract.id) == col(ClauseLot.contract_id))
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .join(merged, merged.c.id == col(Placement.company_id), isouter=True)
        .outerjoin(Company, col(Company.id) == standing_id(col(Placement.company_id), merged))
        .where(col(Placement.candidate_id).in_(candidate_ids))
        .order_by(col(Placement.moved_at).desc(), col(Placement.id).desc())
    )
    return [
        OwnPlacement(
            row.id or 0,
            row.lot_id,
            operation,
            reference,
            lot,
            row.company_id,
            company or "",
            row.state,
            row.starts_on,
            row.planned_minutes,
            row.moved_at,
        )
        for row, operation, reference, lot, company in rows
    ]
