"""What may be transferred under a convention, and what was: hours of its company's people on its lots."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from alpes_events.clause.contracts.conventions import ConventionView
from alpes_events.clause.ledger.pairs import paired
from alpes_events.clause.tables.contract_rows import ClauseLot, LotCompany, PublicContract
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry, HourKind, HourSource
from alpes_events.companies.models import Company
from alpes_events.companies.queries import records_of_company
from alpes_events.people.account_names import account_names
from alpes_events.people.records import standing_records


@dataclass(frozen=True)
class Movable:
    """Validated minutes of a person on a lot of the convention in a month; `name` "" for an erased file."""

    employment_id: int
    lot_id: int
    candidate_id: int
    name: str
    month: date
    minutes: int


@dataclass(frozen=True)
class Transfer:
    """Hours that left a lot and came to another; `back`: the entry that took them back from there, by whom."""

    left: HourEntry
    came: HourEntry
    from_lot: ClauseLot
    to_lot: ClauseLot
    name: str
    author: str
    back: HourEntry | None
    back_author: str

    @property
    def minutes(self) -> int:
        """How many minutes moved."""
        return self.came.minutes


def movable(db: Session, convention: ConventionView) -> list[Movable]:
    """What could be transferred, by person and month. Three questions."""
    records = records_of_company(db, convention.row.company_id)
    lot_ids = [one.lot_id for one in convention.lots]
    rows = db.execute(
        select(
            col(EmploymentContract.id),
            col(EmploymentContract.lot_id),
            col(EmploymentContract.candidate_id),
            col(HourEntry.month),
        )
        .add_columns(func.sum(col(HourEntry.minutes)))
        .join(HourEntry, col(HourEntry.employment_id) == col(EmploymentContract.id))
        .where(
            col(EmploymentContract.company_id).in_(records),
            col(EmploymentContract.lot_id).in_(lot_ids),
            col(HourEntry.lot_id) == col(EmploymentContract.lot_id),
            col(HourEntry.account) == HourAccount.VALIDATED,
        )
        .group_by(
            col(EmploymentContract.id),
            col(EmploymentContract.lot_id),
            col(EmploymentContract.candidate_id),
            col(HourEntry.month),
        )
        .order_by(col(HourEntry.month), col(EmploymentContract.id))
    ).all()
    names = _names(db, [row[2] for row in rows])
    return [
        Movable(employment_id, lot_id, candidate_id, names.get(candidate_id, ""), month, int(minutes))
        for employment_id, lot_id, candidate_id, month, minutes in rows
        if minutes > 0
    ]


def transfers_of(db: Session, convention_id: int) -> list[Transfer]:
    """The transfers that the convention made, the latest first."""
    rows = db.exec(
        select(HourEntry, ClauseLot)
        .join(ClauseLot, col(ClauseLot.id) == col(HourEntry.lot_id))
        .where(HourEntry.source == HourSource.CONVENTION, HourEntry.source_id == convention_id)
    ).all()
    lots = {lot.id: lot for _entry, lot in rows}
    entries = [entry for entry, _lot in rows]
    backs = {(one.contract_id, one.reverses): one for one in entries if one.reverses is not None}
    names = _names(db, [entry.candidate_id for entry in entries])
    authors = account_names(db, [entry.recorded_by for entry in entries])
    told = []
    for left, came in reversed(paired(one for one in entries if one.kind is HourKind.TRANSFERRED)):
        back = backs.get((left.contract_id, left.sequence))
        told.append(
            Transfer(
                left,
                came,
                lots[left.lot_id],
                lots[came.lot_id],
                names.get(left.candidate_id, ""),
                authors.get(left.recorded_by or 0, ""),
                back,
                "" if back is None else authors.get(back.recorded_by or 0, ""),
            )
        )
    return told


def companies_with_lots(db: Session) -> list[tuple[int, str]]:
    """The companies that are on two lots or more of open contracts, by name: those that a convention may be for."""
    asked = (
        select(Company.id, Company.name)
        .join(LotCompany, col(LotCompany.company_id) == col(Company.id))
        .join(ClauseLot, col(ClauseLot.id) == col(LotCompany.lot_id))
        .join(PublicContract, col(PublicContract.id) == col(ClauseLot.contract_id))
        .where(col(LotCompany.withdrawn_at).is_(None), col(Company.merged_into).is_(None))
        .where(col(PublicContract.closed_on).is_(None))
        .group_by(col(Company.id), col(Company.name), col(Company.search_name))
        .having(func.count(func.distinct(col(LotCompany.lot_id))) > 1)
        .order_by(col(Company.search_name), col(Company.id))
    )
    return [(company_id or 0, name) for company_id, name in db.exec(asked)]


def _names(db: Session, candidate_ids: Collection[int]) -> dict[int, str]:
    people = standing_records(db, candidate_ids)
    return {one: f"{person.given_name} {person.family_name}".strip() for one, person in people.items()}
