"""What a document can be made of: every contract, with the companies that hold one of its lots."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, LotCompany, LotRole, PublicContract
from alpes_events.companies.models import Company


@dataclass(frozen=True)
class ContractChoice:
    """A contract, and the companies that hold one of its lots."""

    contract_id: int
    words: str
    holders: tuple[tuple[int, str], ...]


def contract_choices(db: Session) -> list[ContractChoice]:
    """Every contract by operation and reference."""
    held: dict[int, dict[int, str]] = {}
    holders = (
        select(ClauseLot.contract_id, Company.id, Company.name)
        .join(LotCompany, col(LotCompany.lot_id) == col(ClauseLot.id))
        .join(Company, col(Company.id) == col(LotCompany.company_id))
        .where(col(LotCompany.withdrawn_at).is_(None), col(LotCompany.role) != LotRole.SUBCONTRACTOR)
        .order_by(col(Company.name), col(Company.id))
    )
    for contract_id, company_id, name in db.exec(holders):
        held.setdefault(contract_id, {})[company_id or 0] = name
    rows = db.exec(
        select(PublicContract.id, PublicContract.reference, ClauseOperation.name)
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .order_by(col(ClauseOperation.search_name), col(PublicContract.reference))
    )
    return [
        ContractChoice(one or 0, f"{operation} – {reference}", tuple(held.get(one or 0, {}).items()))
        for one, reference, operation in rows
    ]


def contract_references(db: Session, contract_ids: Collection[int]) -> dict[int, str]:
    """The reference of each of these contracts."""
    asked = select(PublicContract.id, PublicContract.reference).where(col(PublicContract.id).in_(contract_ids))
    return {one or 0: reference for one, reference in db.exec(asked)}
