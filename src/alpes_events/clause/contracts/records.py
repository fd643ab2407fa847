"""Authorities, operations, public contracts and lots: added."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from alpes_events.clause.contracts.drafts import (
    ContractDraft,
    LotDraft,
    OperationDraft,
    authority_columns,
    contract_columns,
    lot_columns,
    operation_columns,
)
from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, ContractingAuthority, PublicContract
from alpes_events.clause.terms import open_contract
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind


def add_authority(db: Session, name: str, *, siren: str = "", now: datetime, account_id: int | None) -> int:
    """Store a contracting authority and give its id. Raises `BadClause`."""
    row = ContractingAuthority(**authority_columns(name, siren=siren), created_at=now, revised_at=now)
    return _add(db, "contracting_authority", row, now=now, account_id=account_id)


def add_operation(db: Session, draft: OperationDraft, *, today: date, now: datetime, account_id: int | None) -> int:
    """Store an operation and give its id. Raises `BadClause`, `UnknownAuthority`."""
    row = ClauseOperation(**operation_columns(db, draft, today=today), created_at=now, revised_at=now)
    return _add(db, "clause_operation", row, now=now, account_id=account_id)


def add_contract(db: Session, draft: ContractDraft, *, now: datetime, account_id: int | None) -> int:
    """Store a public contract and give its id. Raises `BadClause`, `BadCriteria`, `UnknownClauseOperation`."""
    columns = contract_columns(db, draft)
    row = PublicContract(**columns, created_at=now, revised_at=now)
    return _add(db, "public_contract", row, now=now, account_id=account_id)


def add_lot(db: Session, contract_id: int, draft: LotDraft, *, now: datetime, account_id: int | None) -> int:
    """Store a lot and give its id. Raises `BadClause`, `ContractClosed`, `UnknownPublicContract`."""
    open_contract(db, contract_id)
    row = ClauseLot(contract_id=contract_id, **lot_columns(db, contract_id, draft), created_at=now, revised_at=now)
    return _add(db, "clause_lot", row, now=now, account_id=account_id)


def _add(db: Session, kind: str, row: Any, *, now: datetime, account_id: int | None) -> int:
    db.add(row)
    db.flush()
    assert row.id is not None
    tell_change(db, kind, row.id, ["created"], now=now, account_id=account_id)
    return int(row.id)


def tell_change(
    db: Session, kind: str, subject_id: int, changed: Sequence[str], *, now: datetime, account_id: int | None
) -> None:
    """Tell the journal what of a record changed."""
    record(
        db,
        EntryKind.CLAUSE_CHANGED,
        subject=(kind, subject_id),
        now=now,
        account_id=account_id,
        facts={"changed": list(changed)},
    )
