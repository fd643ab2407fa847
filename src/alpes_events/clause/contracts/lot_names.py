"""What lots are called: their operation, contract and title."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as columns
from sqlmodel import Session, col

from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, PublicContract


@dataclass(frozen=True)
class LotName:
    """A lot in words: « École Jules-Ferry », « 2026-04 », « Gros œuvre » (empty for a contract without lots)."""

    lot_id: int
    contract_id: int
    operation: str
    reference: str
    number: str
    title: str

    @property
    def short(self) -> str:
        """The operation, and the lot where the contract has several."""
        return f"{self.operation}, {self.title}" if self.title else self.operation


def lot_names(db: Session, lot_ids: Collection[int] | None = None) -> dict[int, LotName]:
    """The names of these lots (of all, when None), in one question."""
    asked = named_lots() if lot_ids is None else named_lots().where(col(ClauseLot.id).in_(lot_ids))
    return {name.lot_id: name for name in (LotName(*row) for row in db.execute(asked))}


def named_lots() -> Select[*tuple[Any, ...]]:
    """What a `LotName` is made of, by operation, contract and number, as a question to narrow."""
    return (
        columns(
            col(ClauseLot.id),
            col(ClauseLot.contract_id),
            col(ClauseOperation.name),
            col(PublicContract.reference),
            col(ClauseLot.number),
            col(ClauseLot.title),
        )
        .join(PublicContract, col(PublicContract.id) == col(ClauseLot.contract_id))
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .order_by(col(ClauseOperation.search_name), col(PublicContract.reference), col(ClauseLot.number))
    )
