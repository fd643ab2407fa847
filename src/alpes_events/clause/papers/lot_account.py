"""The account of a lot on a day: what it owes by the obligations in force then, and what was done.

A lot is reckoned on its last day, or on the day of the document while it still runs. A lot for which no obligation
was recorded owes nobody knows what: that is not nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseObligation, LotCompany, LotRole, PublicContract
from alpes_events.companies.records import merged_companies, standing_id


@dataclass(frozen=True)
class LotAccount:
    """A lot on `day`: every entry of what it owes, and its sums in minutes. `holder_ids` are the companies (those that
    stand) that hold it on that day; `is_over`: its last day has passed.
    """

    lot_id: int
    number: str
    title: str
    day: date
    is_over: bool
    obligations: Sequence[ClauseObligation]
    planned: int
    validated: int
    holder_ids: tuple[int, ...]

    @property
    def committed(self) -> int | None:
        """What it owes by the obligations in force on its day; None: nothing was recorded."""
        if not self.obligations:
            return None
        return sum(one.minutes for one in self.obligations if self.is_in_force(one))

    @property
    def remaining(self) -> int | None:
        """What is still to be validated; None when what it owes is not known."""
        return None if self.committed is None else max(0, self.committed - self.validated)

    def is_in_force(self, obligation: ClauseObligation) -> bool:
        """Whether an entry counts on its day."""
        return obligation.effective_on <= self.day


def known_sum(values: Sequence[int | None]) -> int | None:
    """The sum of what is known; None when nothing is."""
    known = [one for one in values if one is not None]
    return sum(known) if known else None


def lot_accounts(
    db: Session,
    contract: PublicContract,
    *,
    day: date,
    planned: Mapping[int, int],
    validated: Mapping[int, int],
    recorded_until: datetime | None,
) -> list[LotAccount]:
    """The accounts of every lot of a contract, with obligations recorded by an instant."""
    rows = db.exec(
        select(ClauseLot).where(ClauseLot.contract_id == contract.id).order_by(col(ClauseLot.number), col(ClauseLot.id))
    ).all()
    ids = [lot.id or 0 for lot in rows]
    obligations, companies = _obligations(db, ids, recorded_until), _companies(db, ids)
    found = []
    for lot, lot_id in zip(rows, ids, strict=True):
        last = lot.ends_on or contract.ends_on
        reckoned = day if last is None else min(day, last)
        found.append(
            LotAccount(
                lot_id,
                lot.number,
                lot.title,
                reckoned,
                last is not None and last < day,
                [one for one in obligations if one.lot_id == lot_id],
                planned.get(lot_id, 0),
                validated.get(lot_id, 0),
                _holders(companies, lot_id, reckoned),
            )
        )
    return found


_Companies = Sequence[tuple[int, int, date | None, date | None]]
"""Lot, company that stands, first day, first day that is no longer theirs."""


def _holders(companies: _Companies, lot_id: int, day: date) -> tuple[int, ...]:
    """The companies of a lot on a day, in the order in which they came."""
    found = [
        company_id
        for at, company_id, begin, end in companies
        if at == lot_id and (begin is None or begin <= day) and (end is None or day < end)
    ]
    return tuple(dict.fromkeys(found))


def _obligations(db: Session, lot_ids: Sequence[int], until: datetime | None) -> Sequence[ClauseObligation]:
    owed = select(ClauseObligation).where(col(ClauseObligation.lot_id).in_(lot_ids))
    if until is not None:
        owed = owed.where(col(ClauseObligation.recorded_at) <= until)
    return db.exec(owed.order_by(col(ClauseObligation.effective_on), col(ClauseObligation.id))).all()


def _companies(db: Session, lot_ids: Sequence[int]) -> _Companies:
    """Contractors and co-contractors."""
    merged = merged_companies()
    asked = (
        columns(
            col(LotCompany.lot_id),
            standing_id(col(LotCompany.company_id), merged),
            col(LotCompany.from_on),
            col(LotCompany.until_on),
        )
        .outerjoin(merged, merged.c.id == col(LotCompany.company_id))
        .where(
            col(LotCompany.lot_id).in_(lot_ids),
            col(LotCompany.withdrawn_at).is_(None),
            col(LotCompany.role) != LotRole.SUBCONTRACTOR,
        )
        .order_by(col(LotCompany.id))
    )
    return [(lot_id, company_id, begin, end) for lot_id, company_id, begin, end in db.execute(asked)]
