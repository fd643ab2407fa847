"""What the board asks about lots: their targets, hours by month and companies, each in one question."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from alpes_events.clause.board.pace import Target
from alpes_events.clause.tables.contract_rows import ClauseTarget, LotCompany, LotRole
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry
from alpes_events.companies.models import Company
from alpes_events.companies.records import merged_companies, standing_id


@dataclass(frozen=True)
class LotHolder:
    """A company of a lot (the record that stands), and what it is to it."""

    company_id: int
    name: str
    role: LotRole


Months = dict[tuple[HourAccount, date], int]
"""Minutes by account and month."""


def targets_by_lot(db: Session, lot_ids: list[int] | None) -> dict[int, list[Target]]:
    """The targets of these lots (of all, when None), by day."""
    asked = select(col(ClauseTarget.lot_id), col(ClauseTarget.due_on), col(ClauseTarget.minutes)).order_by(
        col(ClauseTarget.due_on)
    )
    if lot_ids is not None:
        asked = asked.where(col(ClauseTarget.lot_id).in_(lot_ids))
    found: dict[int, list[Target]] = {}
    for lot_id, due_on, minutes in db.exec(asked):
        found.setdefault(lot_id, []).append(Target(due_on, minutes))
    return found


def months_by_lot(db: Session, lot_ids: list[int] | None) -> dict[int, Months]:
    """Minutes of each account and month, by lot."""
    asked = select(
        col(HourEntry.lot_id), col(HourEntry.account), col(HourEntry.month), func.sum(col(HourEntry.minutes))
    ).group_by(col(HourEntry.lot_id), col(HourEntry.account), col(HourEntry.month))
    if lot_ids is not None:
        asked = asked.where(col(HourEntry.lot_id).in_(lot_ids))
    found: dict[int, Months] = {}
    for lot_id, account, month, minutes in db.exec(asked):
        found.setdefault(lot_id, {})[account, month] = int(minutes)
    return found


def holders_by_lot(db: Session, lot_ids: list[int] | None) -> dict[int, tuple[LotHolder, ...]]:
    """The companies of each lot in the order in which they came, one that stands there twice once."""
    merged = merged_companies()
    kept = standing_id(col(LotCompany.company_id), merged)
    asked = (
        columns(col(LotCompany.lot_id), kept, col(Company.name), col(LotCompany.role))
        .join(merged, merged.c.id == col(LotCompany.company_id), isouter=True)
        .join(Company, col(Company.id) == kept)
        .where(col(LotCompany.withdrawn_at).is_(None))
        .order_by(col(LotCompany.id))
    )
    if lot_ids is not None:
        asked = asked.where(col(LotCompany.lot_id).in_(lot_ids))
    found: dict[int, tuple[LotHolder, ...]] = {}
    for lot_id, company_id, name, role in db.execute(asked):
        there = found.get(lot_id, ())
        if company_id not in {one.company_id for one in there}:
            found[lot_id] = (*there, LotHolder(company_id, name, role))
    return found
