"""A contract, a lot or an employment contract by its id, held where one writes, and the days of a lot."""

from datetime import date

from sqlmodel import Session, select

from alpes_events.clause.refusals import (
    ContractClosed,
    UnknownAuthority,
    UnknownClauseOperation,
    UnknownEmployment,
    UnknownLot,
    UnknownPublicContract,
)
from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, ContractingAuthority, PublicContract
from alpes_events.clause.tables.employment_rows import EmploymentContract


def the_public_contract(db: Session, contract_id: int) -> PublicContract:
    """The contract, or `UnknownPublicContract`."""
    contract = db.get(PublicContract, contract_id)
    if contract is None:
        raise UnknownPublicContract
    return contract


def the_authority(db: Session, authority_id: int) -> ContractingAuthority:
    """The contracting authority, or `UnknownAuthority`."""
    authority = db.get(ContractingAuthority, authority_id)
    if authority is None:
        raise UnknownAuthority
    return authority


def the_operation(db: Session, operation_id: int) -> ClauseOperation:
    """The operation, or `UnknownClauseOperation`."""
    operation = db.get(ClauseOperation, operation_id)
    if operation is None:
        raise UnknownClauseOperation
    return operation


def the_lot(db: Session, lot_id: int) -> ClauseLot:
    """The lot, or `UnknownLot`."""
    lot = db.get(ClauseLot, lot_id)
    if lot is None:
        raise UnknownLot
    return lot


def open_contract(db: Session, contract_id: int) -> PublicContract:
    """The contract, held until the transaction ends so that nobody closes it meanwhile.

    Raises `UnknownPublicContract`, and `ContractClosed` when its accounts are closed.
    """
    contract = held_contract(db, contract_id)
    if contract.closed_on is not None:
        raise ContractClosed
    return contract


def held_contract(db: Session, contract_id: int) -> PublicContract:
    """The contract, open or closed: whoever else writes about it, or hours in it, waits until the transaction ends.

    Who also holds the head of its chain holds the contract first.
    """
    asked = select(PublicContract).where(PublicContract.id == contract_id).with_for_update(key_share=True)
    contract = db.exec(asked.execution_options(populate_existing=True)).first()
    if contract is None:
        raise UnknownPublicContract
    return contract


def open_lot(db: Session, lot_id: int) -> tuple[PublicContract, ClauseLot]:
    """The lot with its contract, held as by `open_contract`. Raises `UnknownLot`, `ContractClosed`."""
    contract = open_contract(db, the_lot(db, lot_id).contract_id)
    return contract, db.get_one(ClauseLot, lot_id, populate_existing=True)


def the_employment(db: Session, employment_id: int) -> EmploymentContract:
    """The employment contract, unless it was noted by mistake, or `UnknownEmployment`."""
    employment = db.get(EmploymentContract, employment_id)
    if employment is None or employment.withdrawn_at is not None:
        raise UnknownEmployment
    return employment


def window_of(contract: PublicContract, lot: ClauseLot) -> tuple[date, date | None]:
    """The first and last day (both included; None: no end known) in which a lot may be worked on."""
    first = contract.starts_on if lot.starts_on is None else max(lot.starts_on, contract.starts_on)
    ends = [day for day in (lot.ends_on, contract.ends_on) if day is not None]
    return first, min(ends, default=None)
