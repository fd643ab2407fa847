"""What the page of one lot lists: its obligation entries with their formula, its companies, its people."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from alpes_events.clause.contracts.obligations import obligations_of
from alpes_events.clause.contracts.sizing_words import formula
from alpes_events.clause.tables.contract_rows import (
    ClauseLot,
    ClauseObligation,
    ClauseOperation,
    LotCompany,
    PublicContract,
)
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry
from alpes_events.companies.models import Company
from alpes_events.companies.queries import records_of_company
from alpes_events.companies.records import merged_companies, standing_id
from alpes_events.people.account_names import account_names
from alpes_events.people.records import standing_records


@dataclass(frozen=True)
class ObligationLine:
    """An entry with what is owed from its day on, the formula that sized it ("" when stated), and who wrote it."""

    row: ClauseObligation
    sum: int
    formula: str
    author: str

    @property
    def stated_on(self) -> date | None:
        """The day of its parameters, if it was computed."""
        said = self.row.parameters.get("stated_on")
        return date.fromisoformat(said) if isinstance(said, str) else None


@dataclass(frozen=True)
class CompanyOnLot:
    """A company of the lot with its name."""

    row: LotCompany
    name: str


@dataclass(frozen=True)
class PersonOnLot:
    """An employment contract of the lot: whose ("" for somebody whose file was erased), and its hours in minutes."""

    employment: EmploymentContract
    candidate_id: int
    name: str
    company: str
    planned: int
    validated: int


@dataclass(frozen=True)
class HeldLot:
    """A lot of a company, as its own page lists it."""

    row: LotCompany
    lot: ClauseLot
    reference: str
    operation: str
    closed: bool


def obligation_lines(db: Session, lot_id: int, *, language: str) -> list[ObligationLine]:
    """The entries of a lot by the day from which they count, each with the running sum."""
    rows = obligations_of(db, lot_id)
    authors = account_names(db, [row.recorded_by for row in rows])
    lines, running = [], 0
    for row in rows:
        running += row.minutes
        shown = formula(row.method, row.parameters, row.minutes, language=language)
        lines.append(ObligationLine(row, running, shown, authors.get(row.recorded_by or 0, "")))
    return lines


def companies_of_lot(db: Session, lot_id: int) -> list[CompanyOnLot]:
    """The companies of a lot, in the order in which they came."""
    merged = merged_companies()
    asked = (
        select(LotCompany, Company.name)
        .join(merged, merged.c.id == col(LotCompany.company_id), isouter=True)
        .join(Company, col(Company.id) == standing_id(col(LotCompany.company_id), merged))
        .where(LotCompany.lot_id == lot_id, col(LotCompany.withdrawn_at).is_(None))
        .order_by(col(LotCompany.id))
    )
    return [CompanyOnLot(row, name) for row, name in db.exec(asked)]


def people_of_lot(db: Session, lot_id: int) -> list[PersonOnLot]:
    """The employment contracts of a lot, the latest first, with their hours. Three questions."""
    merged = merged_companies()
    rows = db.exec(
        select(EmploymentContract, Company.name)
        .join(merged, merged.c.id == col(EmploymentContract.company_id), isouter=True)
        .join(Company, col(Company.id) == standing_id(col(EmploymentContract.company_id), merged))
        .where(EmploymentContract.lot_id == lot_id, col(EmploymentContract.withdrawn_at).is_(None))
        .order_by(col(EmploymentContract.starts_on).desc(), col(EmploymentContract.id).desc())
    ).all()
    people = standing_records(db, [row.candidate_id for row, _ in rows])
    sums = select(col(HourEntry.employment_id), col(HourEntry.account), func.sum(col(HourEntry.minutes))).where(
        HourEntry.lot_id == lot_id
    )
    grouped = db.exec(sums.group_by(col(HourEntry.employment_id), col(HourEntry.account)))
    hours = {(employment_id, account): int(minutes) for employment_id, account, minutes in grouped}
    found = []
    for row, company in rows:
        person, number = people.get(row.candidate_id), row.id or 0
        found.append(
            PersonOnLot(
                employment=row,
                candidate_id=row.candidate_id if person is None else person.id or 0,
                name="" if person is None else f"{person.given_name} {person.family_name}".strip(),
                company=company,
                planned=hours.get((number, HourAccount.PLANNED), 0),
                validated=hours.get((number, HourAccount.VALIDATED), 0),
            )
        )
    return found


def lots_held(db: Session, company_id: int) -> list[HeldLot]:
    """The lots that a company (the record that stands) is on, those with open accounts first."""
    asked = (
        select(LotCompany, ClauseLot, PublicContract, ClauseOperation.name)
        .join(ClauseLot, col(ClauseLot.id) == col(LotCompany.lot_id))
        .join(PublicContract, col(PublicContract.id) == col(ClauseLot.contract_id))
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .where(
            col(LotCompany.company_id).in_(records_of_company(db, company_id)), col(LotCompany.withdrawn_at).is_(None)
        )
        .order_by(col(PublicContract.closed_on).is_not(None), col(PublicContract.starts_on).desc(), col(LotCompany.id))
    )
    return [
        HeldLot(row, lot, contract.reference, operation, contract.closed_on is not None)
        for row, lot, contract, operation in db.exec(asked)
    ]
