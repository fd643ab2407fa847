"""Balances of the ledger: always sums over its entries, asked anew each time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, case
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, func

from alpes_events.clause.tables.contract_rows import ClauseLot
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry, HourSource
from alpes_events.database.parts import parts


@dataclass(frozen=True)
class Balance:
    """Minutes of each account. `waiting` are declared and not decided yet; `moved` are those of the validated ones that
    came from another lot by a transfer (negative: that left for one).
    """

    planned: int = 0
    declared: int = 0
    validated: int = 0
    refused: int = 0
    moved: int = 0

    @property
    def waiting(self) -> int:
        """Declared, and neither validated nor refused: what was transferred is decided where it was worked."""
        return max(0, self.declared - (self.validated - self.moved) - self.refused)


def _sum(account: HourAccount) -> ColumnElement[int]:
    summed = func.sum(case((col(HourEntry.account) == account, col(HourEntry.minutes)), else_=0))
    return func.coalesce(summed, 0).label(account.value)


def balances_by_lot(db: Session, lot_ids: Collection[int] | None = None) -> dict[int, Balance]:
    """The balance of each of these lots (of all, when None); a lot without entries is left out.

    One question: the sums read one index, and the few entries of conventions another.
    """
    sums = sql_select(col(HourEntry.lot_id), *map(_sum, HourAccount)).group_by(col(HourEntry.lot_id))
    if lot_ids is not None:
        sums = sums.where(col(HourEntry.lot_id).in_(lot_ids))
    told = sums.subquery("told")
    moves = (
        sql_select(col(HourEntry.lot_id), func.sum(col(HourEntry.minutes)).label("minutes"))
        .where(col(HourEntry.source) == HourSource.CONVENTION)
        .group_by(col(HourEntry.lot_id))
        .subquery("moves")
    )
    asked = sql_select(told, func.coalesce(moves.c.minutes, 0)).outerjoin(moves, moves.c.lot_id == told.c.lot_id)
    return {lot_id: Balance(*map(int, found)) for lot_id, *found in db.execute(asked)}


def waiting_minutes(db: Session, contract_id: int) -> int:
    """Minutes of a contract that are declared and wait for a decision, over all its lots."""
    lots = db.scalars(sql_select(col(ClauseLot.id)).where(col(ClauseLot.contract_id) == contract_id))
    return sum(one.waiting for one in balances_by_lot(db, [one or 0 for one in lots]).values())


def monthly_balances(db: Session, employment_ids: Collection[int]) -> dict[int, dict[date, Balance]]:
    """The balance of each of these employment contracts over all lots, by month worked. What a transfer moves is no
    matter to it: the hours stay the contract's.
    """
    found: dict[int, dict[date, Balance]] = {}
    keys = (col(HourEntry.employment_id), col(HourEntry.month))
    for some in parts(sorted(employment_ids)):
        asked = sql_select(*keys, *map(_sum, HourAccount)).where(keys[0].in_(some)).group_by(*keys)
        for employment_id, month, *minutes in db.execute(asked):
            found.setdefault(employment_id, {})[month] = Balance(*map(int, minutes))
    return found


def balances_by_month(db: Session, employment_ids: Iterable[int], account: HourAccount) -> dict[tuple[int, date], int]:
    """Minutes of an account by employment contract and month worked; what sums to nothing is left out."""
    asked = _by_month().where(col(HourEntry.account) == account)
    return _told_by_month(db, asked, employment_ids)


def moved_away(db: Session, employment_ids: Iterable[int]) -> dict[tuple[int, date], int]:
    """Minutes that count on another lot than the one where they were worked, by employment contract and month."""
    asked = (
        _by_month()
        .join(EmploymentContract, col(EmploymentContract.id) == col(HourEntry.employment_id))
        .where(
            col(HourEntry.source) == HourSource.CONVENTION,
            col(HourEntry.lot_id) == col(EmploymentContract.lot_id),
        )
    )
    return {key: -minutes for key, minutes in _told_by_month(db, asked, employment_ids).items()}


def _by_month() -> Select[int, date, int]:
    keys = (col(HourEntry.employment_id), col(HourEntry.month))
    return sql_select(*keys, func.sum(col(HourEntry.minutes))).group_by(*keys)


def _told_by_month(
    db: Session, asked: Select[int, date, int], employment_ids: Iterable[int]
) -> dict[tuple[int, date], int]:
    told: dict[tuple[int, date], int] = {}
    for some in parts(sorted(employment_ids)):
        for employment_id, month, minutes in db.execute(asked.where(col(HourEntry.employment_id).in_(some))):
            if minutes:
                told[employment_id, month] = int(minutes)
    return told
