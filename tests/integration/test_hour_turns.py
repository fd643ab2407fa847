"""Whoever acts on what somebody else is just changing waits for them, and then sees what they did."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from sqlmodel import Session, select

from alpes_events.clause.contracts.drafts import ContractDraft, LotDraft
from alpes_events.clause.contracts.lot_companies import add_lot_company, withdraw_lot_company
from alpes_events.clause.contracts.revising import close_contract, revise_contract, revise_lot
from alpes_events.clause.employment.employing import EmploymentDraft, withdraw_employment
from alpes_events.clause.employment.employment_changes import EmploymentTerms, revise_employment
from alpes_events.clause.employment.engaging import engage
from alpes_events.clause.ledger.balances import balances_by_month
from alpes_events.clause.ledger.hours import plan_hours
from alpes_events.clause.ledger.verifying import verify
from alpes_events.clause.tables.contract_rows import LotCompany
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount
from alpes_events.companies.commands import add_company
from alpes_events.companies.draft import CompanyDraft
from alpes_events.database.engine import Database
from alpes_events.language.refusal import Refusal
from tests.support.clause import FEBRUARY, JANUARY, STARTS_ON, Site, a_site, employs, works
from tests.support.declaring import hours_of, opens, sends
from tests.support.stories import NOW

BY: dict[str, Any] = {"now": NOW, "account_id": None}
HOUR = 60
Command = Callable[[Session], object]


def behind(database: Database, first: Command, second: Command) -> str:
    """The second command begins while the first is done and not committed. Gives what the second was told."""
    told: list[str] = []

    def act() -> None:
        with database.writing() as db:
            try:
                second(db)
                db.commit()
                told.append("done")
            except Refusal as refusal:
                told.append(type(refusal).__name__)

    thread = Thread(target=act)
    with database.writing() as db:
        first(db)
        thread.start()
        thread.join(0.4)
        db.commit()
    thread.join(10)
    return told[0]


@pytest.fixture
def there(organised: Database) -> tuple[Database, Site, int]:
    with organised.writing() as db:
        site = a_site(db)
        who = employs(db, site)
        works(db, who, 1)
        db.commit()
    return organised, site, who


def test_no_hours_come_into_accounts_that_are_just_being_closed(there: tuple[Database, Site, int]) -> None:
    database, site, who = there

    def closes(db: Session) -> None:
        close_contract(db, site.contract_id, on=NOW.date(), **BY)

    assert behind(database, closes, lambda db: works(db, who, HOUR)) == "ContractClosed"


@pytest.mark.parametrize("what", ["contract", "lot"])
def test_dates_do_not_move_away_from_hours_that_are_just_being_written(organised: Database, what: str) -> None:
    with organised.writing() as db:
        site = a_site(db)
        who = employs(db, site)
        db.commit()
    contract = ContractDraft(site.operation_id, "2026-01", FEBRUARY, publics=["RSA"])
    revises: dict[str, Command] = {
        "contract": lambda db: revise_contract(db, site.contract_id, contract, **BY),
        "lot": lambda db: revise_lot(db, site.lot_id, LotDraft(starts_on=FEBRUARY), **BY),
    }
    assert behind(organised, lambda db: works(db, who, HOUR), revises[what]) == "BadClause"


def test_hours_see_the_dates_that_are_just_being_set(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        who = employs(db, site)
        db.commit()

    def later(db: Session) -> None:
        revise_lot(db, site.lot_id, LotDraft(starts_on=FEBRUARY), **BY)

    assert behind(organised, later, lambda db: works(db, who, HOUR)) == "BadHours"


def test_employment_contract_that_is_just_being_withdrawn_gets_no_declared_hours(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        who = employs(db, site)
        declaration_id = opens(db, site)
        db.commit()
    told = behind(
        organised,
        lambda db: withdraw_employment(db, who, **BY),
        lambda db: sends(db, declaration_id, hours_of(who)),
    )
    assert told != "done"
    with organised.reading() as db:
        assert balances_by_month(db, [who], HourAccount.DECLARED) == {}


def test_employment_contract_with_hours_just_being_declared_is_not_withdrawn(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        who = employs(db, site)
        declaration_id = opens(db, site)
        db.commit()
    told = behind(
        organised,
        lambda db: sends(db, declaration_id, hours_of(who)),
        lambda db: withdraw_employment(db, who, **BY),
    )
    assert told == "BadClause"


def test_employment_contract_does_not_end_before_hours_just_being_written(there: tuple[Database, Site, int]) -> None:
    database, _site, who = there
    terms = EmploymentTerms(STARTS_ON, ended_on=JANUARY.replace(day=20))

    def ends(db: Session) -> None:
        revise_employment(db, who, terms, **BY)

    assert behind(database, lambda db: works(db, who, HOUR, month=FEBRUARY), ends) == "BadClause"
    with database.writing() as db:
        site = a_site(db, 2)
        who = employs(db, site, 2)
        db.commit()
    assert behind(database, ends, lambda db: works(db, who, HOUR, month=FEBRUARY)) == "BadHours"


def test_two_who_plan_at_once_leave_what_the_second_planned(there: tuple[Database, Site, int]) -> None:
    database, _site, who = there

    def plans(hours: int) -> Command:
        return lambda db: plan_hours(db, who, {JANUARY: hours * HOUR}, **BY)

    assert behind(database, plans(100), plans(70)) == "done"
    with database.reading() as db:
        assert balances_by_month(db, [who], HourAccount.PLANNED) == {(who, JANUARY): 70 * HOUR}
        assert verify(db).findings == ()


def test_nobody_is_engaged_twice_for_the_same_day_of_one_lot(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        candidate_id = db.get_one(EmploymentContract, employs(db, site)).candidate_id
        db.commit()
    draft = EmploymentDraft(candidate_id, site.lot_id, site.company_id, FEBRUARY)

    def engages(db: Session) -> None:
        engage(db, draft, confirmed=True, beside=True, **BY)

    assert behind(organised, engages, engages) == "BadClause"


def test_company_is_put_on_a_lot_once(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        company_id = add_company(db, CompanyDraft("Toits du Nord"), **BY)
        db.commit()

    def joins(db: Session) -> None:
        add_lot_company(db, site.lot_id, company_id, **BY)

    assert behind(organised, joins, joins) == "BadClause"


def test_company_for_which_somebody_is_just_being_engaged_stays_on_the_lot(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        db.commit()
        row_id = db.exec(select(LotCompany.id)).one() or 0
    told = behind(
        organised,
        lambda db: employs(db, site),
        lambda db: withdraw_lot_company(db, site.lot_id, row_id, **BY),
    )
    assert told == "BadClause"
