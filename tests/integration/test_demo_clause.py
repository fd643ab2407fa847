"""The social clause of the demonstration: 2023 as published, because its ledger says so, and what runs today."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, func, select

from alpes_events.clause.contracts.obligations import committed_by_lot
from alpes_events.clause.durations import FULL_MONTH
from alpes_events.clause.ledger.balances import balances_by_lot
from alpes_events.clause.ledger.verifying import verify
from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, PublicContract
from alpes_events.clause.tables.declaration_rows import DeclaredLine, HourDeclaration, LineState
from alpes_events.clause.tables.employment_rows import EmploymentContract, FollowedSituation
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry, HourKind
from alpes_events.clause.tables.proof_rows import EligibilityProof
from alpes_events.database.engine import Database
from tests.support.databases import ENGINES, Templates
from tests.support.demonstration import DEMO_NOW, a_demonstration

YEAR = (date(2023, 1, 1), date(2023, 12, 1))
TODAY = DEMO_NOW.date()


@pytest.fixture(params=ENGINES, scope="module")
def demonstration(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Database]:
    """The demonstration, read by all tests here; none changes it."""
    with templates.fresh(request.param, a_demonstration) as database:
        yield database


@pytest.fixture
def db(demonstration: Database) -> Iterator[Session]:
    """A reading session on the demonstration."""
    with demonstration.reading() as session:
        yield session


def validated(db: Session) -> list[tuple[bool | None, bool | None, int, int, int, int]]:
    """Each validated entry of 2023: operation and person of the territory, minutes, person, operation, company."""
    asked = (
        sql_select(
            col(ClauseOperation.in_territory),
            col(EmploymentContract.in_territory),
            col(HourEntry.minutes),
            col(HourEntry.candidate_id),
            col(ClauseOperation.id),
            col(EmploymentContract.company_id),
        )
        .join(EmploymentContract, col(EmploymentContract.id) == col(HourEntry.employment_id))
        .join(PublicContract, col(PublicContract.id) == col(HourEntry.contract_id))
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .where(col(HourEntry.account) == HourAccount.VALIDATED, col(HourEntry.month).between(*YEAR))
    )
    return [tuple(row) for row in db.execute(asked)]


def test_hours_of_2023_are_the_published_ones_to_the_minute(db: Session) -> None:
    minutes: defaultdict[tuple[bool | None, bool | None], int] = defaultdict(int)
    people: defaultdict[bool | None, set[int]] = defaultdict(set)
    operations: defaultdict[bool | None, set[int]] = defaultdict(set)
    companies = set()
    for inside, resident, worked, person, operation, company in validated(db):
        minutes[inside, resident] += worked
        people[resident].add(person)
        operations[inside].add(operation)
        companies.add(company)
    assert minutes == {(True, True): 1718 * 60, (False, True): 39838 * 60, (True, False): 8136 * 60}
    assert sum(minutes.values()) == 49692 * 60
    assert {resident: len(found) for resident, found in people.items()} == {True: 132, False: 48}
    assert {inside: len(found) for inside, found in operations.items()} == {True: 14, False: 50}
    assert len(companies) == 51


def test_ledger_of_the_demonstration_is_intact_and_was_corrected_at_times(db: Session) -> None:
    assert verify(db).findings == ()
    assert {kind for (kind,) in db.execute(select(HourEntry.kind).distinct())} >= {
        HourKind.PLANNED,
        HourKind.DECLARED,
        HourKind.VALIDATED,
        HourKind.CORRECTED,
    }


def test_nobody_works_more_than_a_month_holds(db: Session) -> None:
    asked = (
        select(func.sum(col(HourEntry.minutes)))
        .where(HourEntry.account == HourAccount.VALIDATED)
        .group_by(col(HourEntry.candidate_id), col(HourEntry.month))
    )
    assert max(db.exec(asked)) <= FULL_MONTH


def test_what_is_not_known_of_people_is_left_open(db: Session) -> None:
    worked = select(EmploymentContract).where(
        col(EmploymentContract.starts_on).between(date(2023, 1, 1), date(2023, 12, 31))
    )
    rows = db.exec(worked).all()
    for name in ("mode", "criterion_code", "sex", "age_band", "training_level", "in_priority_district", "rome_code"):
        values = {getattr(row, name) for row in rows}
        assert None in values
        assert len(values) > 1
    assert "HEALTH" in {row.criterion_code for row in rows}
    assert "under_18" not in {row.age_band for row in rows}
    followed = db.exec(select(func.count()).select_from(FollowedSituation)).one()
    assert 0 < followed < 2 * len(rows)


def test_contracts_of_today_are_late_in_time_and_nearly_done(db: Session) -> None:
    balances, owed = balances_by_lot(db), committed_by_lot(db)
    lots = db.exec(
        select(ClauseLot, PublicContract)
        .join(PublicContract, col(PublicContract.id) == col(ClauseLot.contract_id))
        .where(col(PublicContract.closed_on).is_(None))
    ).all()
    gaps = {}
    for lot, contract in lots:
        assert contract.ends_on is not None
        passed = (TODAY - contract.starts_on) / (contract.ends_on - contract.starts_on)
        gaps[contract.reference, lot.number] = balances[lot.id or 0].validated / owed[lot.id or 0] - passed
    assert {name: gap < -0.05 for name, gap in gaps.items()} == {
        ("PEM-01", "1"): True,
        ("PEM-01", "2"): True,
        ("PIS-07", "1"): False,
        ("PARCS-3", "1"): False,
    }


def test_last_month_waits_declared_written_and_missing(db: Session) -> None:
    last = (TODAY.replace(day=1) - timedelta(days=1)).replace(day=1)
    declarations = db.exec(select(HourDeclaration).where(HourDeclaration.month == last)).all()
    assert sorted(one.sent_at is not None for one in declarations) == [False, True, True]
    waiting = select(func.count()).select_from(DeclaredLine).where(DeclaredLine.state == LineState.SENT)
    assert db.exec(waiting).one() > 3
    running = select(EmploymentContract.company_id).where(col(EmploymentContract.ends_on).is_(None)).distinct()
    assert len(set(db.exec(running)) - {one.company_id for one in declarations}) == 1


def test_some_proofs_lapse_within_15_and_within_60_days(db: Session) -> None:
    asked = select(col(EligibilityProof.valid_until)).where(col(EligibilityProof.valid_until) >= TODAY)
    days = sorted((until - TODAY).days for until in db.exec(asked) if until is not None)
    assert [day <= 15 for day in days] == [True, True, False, False]
    assert max(days) <= 60
