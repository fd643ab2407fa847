"""Records of the clause set right: authorities, operations, contracts, lots; accounts closed and reopened.

While the accounts of a contract are closed, nothing of it is written anew.
"""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from alpes_events.clause.contracts.drafts import (
    ContractDraft,
    LotDraft,
    OperationDraft,
    authority_columns,
    contract_columns,
    lot_columns,
    operation_columns,
)
from alpes_events.clause.contracts.records import tell_change
from alpes_events.clause.months import last_day, month_of
from alpes_events.clause.refusals import BadClause
from alpes_events.clause.tables.contract_rows import (
    ClauseLot,
    ClauseObligation,
    ClauseOperation,
    ClauseTarget,
    ContractingAuthority,
    PublicContract,
)
from alpes_events.clause.tables.ledger_rows import HourEntry
from alpes_events.clause.terms import held_contract, open_contract, open_lot, the_authority, the_operation, window_of
from alpes_events.language.sentence import N_


def revise_authority(
    db: Session, authority_id: int, name: str, *, siren: str = "", now: datetime, account_id: int | None
) -> None:
    """Write an authority anew. Raises `BadClause`, `UnknownAuthority`."""
    row = the_authority(db, authority_id)
    _revise(db, "contracting_authority", row, authority_columns(name, siren=siren), now=now, account_id=account_id)


def revise_operation(
    db: Session, operation_id: int, draft: OperationDraft, *, today: date, now: datetime, account_id: int | None
) -> None:
    """Write an operation anew. Raises `BadClause`, `UnknownAuthority`, `UnknownClauseOperation`."""
    row = the_operation(db, operation_id)
    columns = operation_columns(db, draft, today=today)
    _revise(db, "clause_operation", row, columns, now=now, account_id=account_id)


def revise_contract(
    db: Session, contract_id: int, draft: ContractDraft, *, now: datetime, account_id: int | None
) -> None:
    """Write a contract anew. Its dates hold those of its lots and the hours in its ledger; publics that were retired
    stay. Raises `BadClause`, `BadCriteria`, `ContractClosed`, `UnknownPublicContract`.
    """
    row = open_contract(db, contract_id)
    columns = contract_columns(db, draft, contract_id=contract_id)
    _check_lots_fit(db, contract_id, columns["starts_on"], columns["ends_on"])
    _check_hours_fit(db, columns["starts_on"], columns["ends_on"], HourEntry.contract_id == contract_id)
    _check_entries_fit(db, _lots(db, contract_id), columns["ends_on"])
    _revise(db, "public_contract", row, columns, now=now, account_id=account_id)


def close_contract(db: Session, contract_id: int, *, on: date | None, now: datetime, account_id: int | None) -> None:
    """Close the accounts of a contract on a day, or open them again (None): closed, its ledger takes no hours."""
    row = held_contract(db, contract_id)
    _revise(db, "public_contract", row, {"closed_on": on}, now=now, account_id=account_id)


def revise_lot(db: Session, lot_id: int, draft: LotDraft, *, now: datetime, account_id: int | None) -> None:
    """Write a lot anew. Raises `BadClause`, `ContractClosed`, `UnknownLot`."""
    contract, row = open_lot(db, lot_id)
    columns = lot_columns(db, row.contract_id, draft, lot_id=lot_id)
    first, last = window_of(contract, ClauseLot(**{**columns, "contract_id": row.contract_id}))
    _check_hours_fit(db, first, last, HourEntry.lot_id == lot_id)
    _check_entries_fit(db, [row], last)
    _revise(db, "clause_lot", row, columns, now=now, account_id=account_id)


def _revise(
    db: Session,
    kind: str,
    row: ContractingAuthority | ClauseOperation | PublicContract | ClauseLot,
    columns: dict[str, Any],
    *,
    now: datetime,
    account_id: int | None,
) -> None:
    changed = [name for name, value in columns.items() if getattr(row, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(row, name, columns[name])
    row.revised_at = now
    db.add(row)
    db.flush()
    told = [name for name in changed if name != "search_name"]
    tell_change(db, kind, row.id or 0, told, now=now, account_id=account_id)


def _lots(db: Session, contract_id: int) -> list[ClauseLot]:
    return list(db.exec(select(ClauseLot).where(ClauseLot.contract_id == contract_id)))


def _check_lots_fit(db: Session, contract_id: int, starts_on: date, ends_on: date | None) -> None:
    for lot in _lots(db, contract_id):
        if lot.starts_on is not None and lot.starts_on < starts_on:
            raise BadClause(
                N_("Le lot %(number)s commence avant : changez d’abord ses dates."),
                field="starts_on",
                number=lot.number,
            )
        if ends_on is not None and lot.ends_on is not None and lot.ends_on > ends_on:
            raise BadClause(
                N_("Le lot %(number)s finit après : changez d’abord ses dates."), field="ends_on", number=lot.number
            )


def _check_hours_fit(db: Session, starts_on: date, ends_on: date | None, which: Any) -> None:
    first, last = db.exec(select(func.min(col(HourEntry.month)), func.max(col(HourEntry.month))).where(which)).one()
    if first is not None and month_of(first) < month_of(starts_on):
        raise BadClause(
            N_("Le registre a des heures dès %(month)s : gardez un début qui les comprend."),
            field="starts_on",
            month=f"{first:%m/%Y}",
        )
    if last is not None and ends_on is not None and last > last_day(ends_on):
        raise BadClause(
            N_("Le registre a des heures jusqu’en %(month)s : gardez une fin qui les comprend."),
            field="ends_on",
            month=f"{last:%m/%Y}",
        )


def _check_entries_fit(db: Session, lots: list[ClauseLot], ends_on: date | None) -> None:
    """What lots owe, and their targets, stay within their days."""
    if ends_on is None:
        return
    ids = [lot.id for lot in lots]
    owed = select(ClauseObligation.id).where(
        col(ClauseObligation.lot_id).in_(ids), col(ClauseObligation.effective_on) > ends_on
    )
    if db.exec(owed).first() is not None:
        raise BadClause(
            N_("Une obligation compte à partir d’un jour plus tardif : gardez une fin qui la comprend."),
            field="ends_on",
        )
    targets = select(ClauseTarget.id).where(col(ClauseTarget.lot_id).in_(ids), col(ClauseTarget.due_on) > ends_on)
    if db.exec(targets).first() is not None:
        raise BadClause(N_("Un objectif intermédiaire vient après : retirez-le d’abord."), field="ends_on")
