"""Who and what each row of a file of hours is about: its person, its lot and its companies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.companies.draft import CompanyDraft, clean_company
from alpes_events.intake.hour_companies import Companies
from alpes_events.intake.hour_contracts import Contracts, begins_with
from alpes_events.intake.hour_options import HourOptions, OwnCompanies
from alpes_events.intake.hour_people import Match, People, Unsure
from alpes_events.intake.hour_places import Places
from alpes_events.intake.hour_register import Register
from alpes_events.intake.hour_rows import HourRecord, ReadHours
from alpes_events.intake.hour_things import SomeCompany, SomeLot, SomePerson, ToWrite
from alpes_events.intake.issues import RowIssue
from alpes_events.language.refusal import BadInput, Refusal

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with what it is about."""

    row: HourRecord
    person: SomePerson
    lot: SomeLot
    company: SomeCompany
    employer: SomeCompany | None


@dataclass
class HourPlan:
    """What would be written, in the order of writing; `there` are rows that say what the ledger has."""

    to_write: list[ToWrite] = field(default_factory=list)
    there: int = 0
    issues: list[RowIssue] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    warnings: list[RowIssue] = field(default_factory=list)


def place_rows(
    db: Session,
    read: ReadHours,
    records: Sequence[HourRecord],
    register: Register,
    plan: HourPlan,
    *,
    options: HourOptions,
    account_id: int | None,
    progress: Progress,
) -> list[Placed]:
    """Who and what each row is about. Rows with a birth date come first: the others may mean the same people."""
    people, companies = People(register), Companies(register)
    contracts, places = Contracts(register, options.creates), Places(db)
    own = OwnCompanies(db, account_id if options.account is HourAccount.VALIDATED else None)
    placed: list[Placed] = []
    order = sorted(records, key=lambda row: (row.birth_on is None, row.line))
    for done, row in enumerate(order):
        if done % 500 == 0:
            progress(done, len(order))
        try:
            lot = contracts.lot_of(row)
            company = _company(companies, row, row.company, row.siret, lot, "company")
            employer = _company(companies, row, row.employer, "", lot, "employer") if row.employer else None
            own.check(company)
            own.check(employer)
            person = people.person_of(row)
            places.settle(person, row)
        except Unsure as question:
            plan.issues.append(read.issue(row.line, question.field, question.sentence))
            continue
        except Refusal as refusal:
            plan.issues.append(read.issue(row.line, getattr(refusal, "field", ""), refusal.sentence))
            continue
        begins_with(lot.contract, row)
        if row.criterion:
            lot.contract.codes.add(row.criterion)
        placed.append(Placed(row, person, lot, company, None if employer is company else employer))
        _join(lot, company)
    progress(len(order), len(order))
    plan.matches = sorted((*people.matches, *companies.matches), key=lambda one: one.line)
    return sorted(placed, key=lambda one: one.row.line)


def _company(
    companies: Companies, row: HourRecord, name: str, siret: str, lot: SomeLot, field_name: str
) -> SomeCompany:
    found = companies.company_of(row.line, name, siret, lot, field_name=field_name)
    if found.id is None:
        try:
            clean_company(CompanyDraft(found.name))
        except BadInput as refusal:
            raise Unsure(field_name, refusal.sentence) from refusal
    return found


def _join(lot: SomeLot, company: SomeCompany) -> None:
    if company.id not in lot.companies and company not in lot.joining:
        lot.joining.append(company)
