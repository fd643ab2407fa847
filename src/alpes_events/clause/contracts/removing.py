"""Records of the clause entered by mistake: removed while nothing hangs on them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from alpes_events.clause.contracts.records import tell_change
from alpes_events.clause.refusals import StillInUse
from alpes_events.clause.tables.contract_rows import (
    ClauseLot,
    ClauseObligation,
    ClauseOperation,
    ClauseTarget,
    ContractingAuthority,
    LotCompany,
    LotJob,
    PublicContract,
)
from alpes_events.clause.tables.convention_rows import GlobalisedLot, HourBonus
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourChain
from alpes_events.clause.tables.placement_rows import Placement
from alpes_events.clause.tables.proof_rows import EligibilityAssessment
from alpes_events.clause.terms import open_contract, open_lot, the_authority, the_operation

_OF_LOT = (
    ClauseObligation.lot_id,
    ClauseTarget.lot_id,
    EmploymentContract.lot_id,
    GlobalisedLot.lot_id,
    LotCompany.lot_id,
    LotJob.lot_id,
    Placement.lot_id,
)
_OF_CONTRACT = (
    ClauseLot.contract_id,
    EligibilityAssessment.contract_id,
    HourBonus.contract_id,
    HourChain.contract_id,
)


def remove_authority(db: Session, authority_id: int, *, now: datetime, account_id: int | None) -> None:
    """Remove an authority without operations. Raises `StillInUse`, `UnknownAuthority`."""
    row = the_authority(db, authority_id)
    _remove(db, "contracting_authority", row, authority_id, [ClauseOperation.authority_id], now, account_id)


def remove_operation(db: Session, operation_id: int, *, now: datetime, account_id: int | None) -> None:
    """Remove an operation without contracts. Raises `StillInUse`, `UnknownClauseOperation`."""
    row = the_operation(db, operation_id)
    _remove(db, "clause_operation", row, operation_id, [PublicContract.operation_id], now, account_id)


def remove_contract(db: Session, contract_id: int, *, now: datetime, account_id: int | None) -> None:
    """Remove a contract without lots or anything else. Raises `StillInUse`, `ContractClosed`,
    `UnknownPublicContract`.
    """
    row = open_contract(db, contract_id)
    _remove(db, "public_contract", row, contract_id, _OF_CONTRACT, now, account_id)


def remove_lot(db: Session, lot_id: int, *, now: datetime, account_id: int | None) -> int:
    """Remove a lot on which nothing hangs; gives its contract. Raises `StillInUse`, `ContractClosed`, `UnknownLot`."""
    _contract, row = open_lot(db, lot_id)
    contract_id = row.contract_id
    _remove(db, "clause_lot", row, lot_id, _OF_LOT, now, account_id)
    return contract_id


def _remove(
    db: Session,
    kind: str,
    row: ContractingAuthority | ClauseOperation | PublicContract | ClauseLot,
    row_id: int,
    hanging: Sequence[Any],
    now: datetime,
    account_id: int | None,
) -> None:
    for column in hanging:
        if db.exec(select(column).where(column == row_id).limit(1)).first() is not None:
            raise StillInUse
    db.delete(row)
    db.flush()
    tell_change(db, kind, row_id, ["removed"], now=now, account_id=account_id)
