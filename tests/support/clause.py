"""A public contract with a lot, its company and people on it, for tests of the social clause."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from alpes_events.clause.contracts.conventions import ConventionDraft, sign_convention
from alpes_events.clause.contracts.drafts import ContractDraft, LotDraft, OperationDraft
from alpes_events.clause.contracts.lot_companies import add_lot_company
from alpes_events.clause.contracts.obligations import ObligationDraft, record_obligation
from alpes_events.clause.contracts.records import add_authority, add_contract, add_lot, add_operation
from alpes_events.clause.contracts.targets import set_target
from alpes_events.clause.employment.employing import EmploymentDraft, note_employment
from alpes_events.clause.ledger.bonuses import add_bonus
from alpes_events.clause.ledger.hours import Worked, write_hours
from alpes_events.clause.ledger.transferring import transfer_hours
from alpes_events.clause.ledger.valuing import BonusRule
from alpes_events.clause.papers.issuing import make_tally
from alpes_events.clause.tables.contract_rows import ClauseLot, LotRole, ObligationKind
from alpes_events.clause.tables.employment_rows import EmploymentMode
from alpes_events.clause.tables.ledger_rows import HourAccount, HourSource
from alpes_events.clause.tally.export import TallyForm
from alpes_events.clause.tally.keys import Cut
from alpes_events.clause.tally.wishes import TallyWishes
from alpes_events.companies.commands import add_company
from alpes_events.companies.draft import CompanyDraft
from alpes_events.people.commands import find_or_create_candidate
from tests.support.stories import NOW, somebody

STARTS_ON, ENDS_ON = date(2026, 1, 1), date(2026, 12, 31)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


@dataclass(frozen=True)
class Site:
    """Ids of what was made."""

    authority_id: int
    operation_id: int
    contract_id: int
    lot_id: int
    company_id: int


def a_site(
    db: Session,
    number: int = 1,
    *,
    owed: int = 1000 * 60,
    in_territory: bool | None = True,
    company_id: int | None = None,
) -> Site:
    """An operation with one contract of one lot, held by one company (a new one, when None), which owes `owed` minutes
    in 2026.
    """
    authority_id = add_authority(db, f"Ville {number}", now=NOW, account_id=None)
    operation = OperationDraft(authority_id, f"École {number}", commune_name="Ailleurs", in_territory=in_territory)
    operation_id = add_operation(db, operation, today=NOW.date(), now=NOW, account_id=None)
    contract = ContractDraft(
        operation_id, f"2026-{number:02d}", STARTS_ON, ends_on=ENDS_ON, publics=["RSA", "QPV", "OETH", "OTHER"]
    )
    contract_id = add_contract(db, contract, now=NOW, account_id=None)
    lot_id = add_lot(db, contract_id, LotDraft(title="Gros œuvre"), now=NOW, account_id=None)
    if company_id is None:
        company_id = add_company(db, CompanyDraft(f"Bâtiment {number}"), now=NOW, account_id=None)
    add_lot_company(db, lot_id, company_id, now=NOW, account_id=None)
    if owed:
        draft = ObligationDraft(ObligationKind.INITIAL, STARTS_ON, owed)
        record_obligation(db, lot_id, draft, now=NOW, account_id=None)
    return Site(authority_id, operation_id, contract_id, lot_id, company_id)


def employs(
    db: Session, site: Site, number: int = 1, *, criterion_code: str = "RSA", candidate_id: int | None = None
) -> int:
    """Somebody (of that number, or this one) works on the lot from January on. Gives the employment contract's id."""
    if candidate_id is None:
        candidate_id = find_or_create_candidate(db, somebody(number), now=NOW)
    draft = EmploymentDraft(
        candidate_id=candidate_id,
        lot_id=site.lot_id,
        company_id=site.company_id,
        starts_on=STARTS_ON,
        mode=EmploymentMode.CDD,
        criterion_code=criterion_code,
    )
    return note_employment(db, draft, now=NOW, account_id=None)


def works(
    db: Session,
    employment_id: int,
    minutes: int,
    *,
    month: date = JANUARY,
    account: HourAccount = HourAccount.VALIDATED,
    account_id: int | None = None,
) -> tuple[int, int]:
    """Hours of a month, written in the ledger. Gives their contract and sequence."""
    worked = Worked(employment_id, month, minutes, HourSource.STAFF)
    return write_hours(db, account, [worked], now=NOW, account_id=account_id)[0]


def a_convention(db: Session, site: Site, number: int = 1) -> tuple[int, int]:
    """A second lot of the same company, and a convention of both. Gives the lot's id and the convention's."""
    lot_id = add_lot(db, site.contract_id, LotDraft(f"G{number}"), now=NOW, account_id=None)
    add_lot_company(db, lot_id, site.company_id, now=NOW, account_id=None)
    draft = ConventionDraft(site.company_id, f"CG-{number}", [site.lot_id, lot_id], STARTS_ON)
    return lot_id, sign_convention(db, draft, now=NOW, account_id=None)


def clause_in_town(db: Session, candidate_id: int) -> None:
    """A contract of the town's first company, with somebody who worked on it in January and February, some of it for
    another lot by convention; a target, and a rule of valuation.
    """
    site = a_site(db, company_id=1)
    who = employs(db, site, candidate_id=candidate_id)
    for month in (JANUARY, FEBRUARY):
        works(db, who, 70 * 60, month=month, account=HourAccount.PLANNED)
        works(db, who, 60 * 60, month=month)
    set_target(db, site.lot_id, due_on=date(2026, 6, 30), minutes=400 * 60, now=NOW, account_id=None)
    lot_id, _convention = a_convention(db, site)
    transfer_hours(db, who, month=JANUARY, minutes=600, to_lot_id=lot_id, now=NOW, account_id=None)
    add_bonus(db, BonusRule(120, FEBRUARY, criterion_code="RSA"), now=NOW, account_id=None)
    add_lot(db, site.contract_id, LotDraft("E1", "Espaces verts"), now=NOW, account_id=None)
    a_tally(db)


def a_tally(db: Session) -> None:
    """A tally that went out as CSV."""
    make_tally(db, TallyWishes(2026, (Cut.MODE,)), TallyForm.CSV, now=NOW, account_id=None)


def crowd_the_clause(db: Session, number: int) -> None:
    """One contract more, with its operation, lot and company; and one entry more of what the town's first lot owes,
    one lot, target, company, convention, rule and hours of one person more.
    """
    one_more = a_site(db, 100 + number)
    first = db.exec(select(ClauseLot).order_by(col(ClauseLot.id))).first()
    assert first is not None
    site = Site(1, 1, first.contract_id, first.id or 0, 1)
    add_lot_company(db, site.lot_id, one_more.company_id, LotRole.SUBCONTRACTOR, now=NOW, account_id=None)
    more = ObligationDraft(ObligationKind.AMENDMENT, STARTS_ON, 60)
    record_obligation(db, site.lot_id, more, now=NOW, account_id=None)
    due_on = date(2026, 7, 1) + timedelta(days=number)
    set_target(db, site.lot_id, due_on=due_on, minutes=401 * 60 + number, now=NOW, account_id=None)
    works(db, employs(db, site, 7000 + number), 60)
    a_tally(db)
    a_convention(db, site, 10 + number)
    add_bonus(db, BonusRule(101 + number, JANUARY, contract_id=one_more.contract_id), now=NOW, account_id=None)
