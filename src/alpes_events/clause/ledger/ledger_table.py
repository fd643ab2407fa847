"""The ledger of a public contract as one reads it: its entries in pages, whose, by whom, and what corrects what."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from alpes_events.clause.ledger.taken_back import takes_back
from alpes_events.clause.refusals import UnknownHours
from alpes_events.clause.tables.contract_rows import ClauseLot
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry, HourKind
from alpes_events.companies.models import Company
from alpes_events.database.page import Page, Part
from alpes_events.people.account_names import account_names
from alpes_events.people.records import standing_records


@dataclass(frozen=True)
class LedgerChoice:
    """Which entries of a contract are asked for; None: all of them."""

    account: HourAccount | None = None
    lot_id: int | None = None
    month: date | None = None


@dataclass(frozen=True)
class LedgerLine:
    """An entry; `name` "" for somebody whose file was erased; `taken_back_by` the sequence of what takes it back.
    `company_ids`: the company for which the hours count, and the one that employs in its place.
    """

    entry: HourEntry
    lot: ClauseLot
    company: str
    candidate_id: int
    name: str
    author: str
    taken_back_by: int | None
    company_ids: frozenset[int] = frozenset()

    @property
    def correctable(self) -> bool:
        """Whether it can be corrected: it stands, and is no correction or transfer itself."""
        return self.taken_back_by is None and self.entry.kind not in {HourKind.CORRECTED, HourKind.TRANSFERRED}


def ledger_of(db: Session, contract_id: int, choice: LedgerChoice, *, part: Part) -> Page[LedgerLine]:
    """One page of a contract's entries, the latest first."""
    conditions = [col(HourEntry.contract_id) == contract_id]
    if choice.account is not None:
        conditions.append(col(HourEntry.account) == choice.account)
    if choice.lot_id is not None:
        conditions.append(col(HourEntry.lot_id) == choice.lot_id)
    if choice.month is not None:
        conditions.append(col(HourEntry.month) == choice.month)
    count = db.exec(select(func.count()).select_from(HourEntry).where(*conditions)).one()
    return Page(_lines(db, conditions, part), count, part)


def ledger_line(db: Session, contract_id: int, sequence: int) -> LedgerLine:
    """One entry of a contract, or `UnknownHours`."""
    found = _lines(db, [col(HourEntry.contract_id) == contract_id, col(HourEntry.sequence) == sequence], Part(1, 1))
    if not found:
        raise UnknownHours
    return found[0]


def months_of_ledger(db: Session, contract_id: int) -> list[date]:
    """The months in which a contract has entries, the latest first."""
    asked = select(col(HourEntry.month)).where(HourEntry.contract_id == contract_id).distinct()
    return list(db.exec(asked.order_by(col(HourEntry.month).desc())))


def _lines(db: Session, conditions: list[ColumnElement[bool]], part: Part) -> tuple[LedgerLine, ...]:
    back = aliased(HourEntry)
    work = EmploymentContract
    rows = db.execute(
        columns(
            HourEntry, ClauseLot, col(Company.name), col(back.sequence), col(work.company_id), col(work.employer_id)
        )
        .join(ClauseLot, col(ClauseLot.id) == col(HourEntry.lot_id))
        .join(EmploymentContract, col(EmploymentContract.id) == col(HourEntry.employment_id))
        .join(Company, col(Company.id) == col(EmploymentContract.company_id))
        .join(back, takes_back(back), isouter=True)
        .where(*conditions)
        .order_by(col(HourEntry.sequence).desc())
        .offset(part.offset)
        .limit(part.size)
    ).all()
    people = standing_records(db, [entry.candidate_id for entry, *_ in rows])
    authors = account_names(db, [entry.recorded_by for entry, *_ in rows])
    lines = []
    for entry, lot, company, taken_back_by, *whose in rows:
        person = people.get(entry.candidate_id)
        name = "" if person is None else f"{person.given_name} {person.family_name}".strip()
        author = authors.get(entry.recorded_by or 0, "")
        candidate_id = entry.candidate_id if person is None else person.id or 0
        lines.append(
            LedgerLine(entry, lot, company, candidate_id, name, author, taken_back_by, frozenset(filter(None, whose)))
        )
    return tuple(lines)
