"""Operations, contracts and authorities as one looks them up: by words, in pages, with what hangs on each."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, or_, select

from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, ContractingAuthority, PublicContract
from alpes_events.database.page import Page, Part
from alpes_events.language.folding import fold


class Standing(StrEnum):
    """Which contracts are asked for."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


class Place(StrEnum):
    """Where an operation is."""

    ALL = "all"
    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class OperationLine:
    """An operation with its authority and how many contracts it has."""

    operation: ClauseOperation
    authority: str
    contract_count: int


@dataclass(frozen=True)
class ContractLine:
    """A contract with its operation, authority and how many lots it has."""

    contract: PublicContract
    operation: ClauseOperation
    authority: str
    lot_count: int


@dataclass(frozen=True)
class AuthorityLine:
    """A contracting authority with how many operations it has."""

    authority: ContractingAuthority
    operation_count: int


_PLACES = {Place.INSIDE: True, Place.OUTSIDE: False, Place.UNKNOWN: None}


def operations(db: Session, *, text: str = "", place: Place = Place.ALL, part: Part) -> Page[OperationLine]:
    """One page of the operations chosen, by name."""
    conditions = _words(text, ClauseOperation.search_name, ContractingAuthority.search_name)
    if place is not Place.ALL:
        inside = _PLACES[place]
        column = col(ClauseOperation.in_territory)
        conditions.append(column.is_(None) if inside is None else column.is_(inside))
    asked = select(ClauseOperation, ContractingAuthority.name).join(
        ContractingAuthority, col(ContractingAuthority.id) == col(ClauseOperation.authority_id)
    )
    count = _count(db, asked.where(*conditions))
    rows = db.exec(
        asked.where(*conditions)
        .order_by(col(ClauseOperation.search_name), col(ClauseOperation.id))
        .offset(part.offset)
        .limit(part.size)
    ).all()
    counts = _hanging(db, PublicContract.operation_id, [row.id or 0 for row, _ in rows])
    return Page(tuple(OperationLine(row, name, counts.get(row.id or 0, 0)) for row, name in rows), count, part)


def contracts(
    db: Session, *, text: str = "", standing: Standing = Standing.OPEN, operation_id: int | None = None, part: Part
) -> Page[ContractLine]:
    """One page of the contracts chosen, by operation and reference."""
    conditions = _words(text, PublicContract.search_name, ClauseOperation.search_name, ContractingAuthority.search_name)
    if standing is not Standing.ALL:
        closed = col(PublicContract.closed_on)
        conditions.append(closed.is_(None) if standing is Standing.OPEN else closed.is_not(None))
    if operation_id is not None:
        conditions.append(PublicContract.operation_id == operation_id)
    asked = (
        select(PublicContract, ClauseOperation, ContractingAuthority.name)
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .join(ContractingAuthority, col(ContractingAuthority.id) == col(ClauseOperation.authority_id))
        .where(*conditions)
    )
    count = _count(db, asked)
    rows = db.exec(
        asked.order_by(col(ClauseOperation.search_name), col(PublicContract.reference), col(PublicContract.id))
        .offset(part.offset)
        .limit(part.size)
    ).all()
    counts = _hanging(db, ClauseLot.contract_id, [row.id or 0 for row, *_ in rows])
    return Page(tuple(ContractLine(*row, counts.get(row[0].id or 0, 0)) for row in rows), count, part)


def authorities(db: Session) -> list[AuthorityLine]:
    """Every contracting authority, by name."""
    rows = db.exec(
        select(ContractingAuthority).order_by(col(ContractingAuthority.search_name), col(ContractingAuthority.id))
    ).all()
    counts = _hanging(db, ClauseOperation.authority_id, [row.id or 0 for row in rows])
    return [AuthorityLine(row, counts.get(row.id or 0, 0)) for row in rows]


def _words(text: str, *names: Any) -> list[Any]:
    """Each word stands in one of the names."""
    words = fold(text).split()
    return [or_(*(col(name).contains(word, autoescape=True) for name in names)) for word in words]


def _count(db: Session, asked: Any) -> int:
    counted: Select[Any] = columns(func.count()).select_from(asked.subquery())
    return int(db.execute(counted).scalar_one())


def _hanging(db: Session, column: Any, ids: list[int]) -> dict[int, int]:
    rows = db.execute(columns(column, func.count()).where(col(column).in_(ids)).group_by(column))
    return {found: int(count) for found, count in rows}
