"""Where somebody may be employed: each lot whose accounts are open, with each of its companies."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, LotCompany, PublicContract
from alpes_events.companies.models import Company
from alpes_events.companies.records import merged_companies, standing_id


@dataclass(frozen=True)
class WorkPlace:
    """A company on a lot."""

    lot_id: int
    company_id: int
    operation: str
    reference: str
    lot: str
    company: str

    @property
    def words(self) -> str:
        """« École 1, 2026-01, Gros œuvre – Bâtiment 1 »."""
        return f"{', '.join(filter(None, (self.operation, self.reference, self.lot)))} – {self.company}"


def work_places(db: Session) -> list[WorkPlace]:
    """All of them, by operation, contract and lot."""
    merged = merged_companies()
    kept = standing_id(col(LotCompany.company_id), merged)
    rows = db.exec(
        select(  # type: ignore[call-overload]
            LotCompany.lot_id,
            kept,
            ClauseOperation.name,
            PublicContract.reference,
            ClauseLot.title,
            Company.name,
        )
        .join(ClauseLot, col(ClauseLot.id) == col(LotCompany.lot_id))
        .join(PublicContract, col(PublicContract.id) == col(ClauseLot.contract_id))
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .join(merged, merged.c.id == col(LotCompany.company_id), isouter=True)
        .join(Company, col(Company.id) == kept)
        .where(col(LotCompany.withdrawn_at).is_(None), col(PublicContract.closed_on).is_(None))
        .order_by(ClauseOperation.search_name, PublicContract.reference, ClauseLot.number, Company.search_name)
    )
    return list(dict.fromkeys(WorkPlace(*row) for row in rows))


def open_contracts(db: Session) -> list[tuple[int, str]]:
    """The public contracts whose accounts are open: id, and operation with reference."""
    rows = db.exec(
        select(PublicContract.id, ClauseOperation.name, PublicContract.reference)
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .where(col(PublicContract.closed_on).is_(None))
        .order_by(col(ClauseOperation.search_name), col(PublicContract.reference))
    )
    return [(contract_id or 0, f"{operation}, {reference}") for contract_id, operation, reference in rows]
