"""The tally of clause hours: whatever the cut, it is what a recount in plain SQL says, to the minute."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session

from alpes_events.clause.ledger.hours import Worked, correct_hours, write_hours
from alpes_events.clause.ledger.ledger import heads
from alpes_events.clause.ledger.transferring import transfer_hours
from alpes_events.clause.tables.convention_rows import Globalisation, GlobalisedLot
from alpes_events.clause.tables.employment_rows import EmploymentContract, FollowedSituation, LaterSituation
from alpes_events.clause.tables.ledger_rows import HourAccount, HourSource
from alpes_events.clause.tally.cuts import WHOLE, Line, Narrowing, Side, behind, lines, tally
from alpes_events.clause.tally.facts import read_facts
from alpes_events.clause.tally.keys import UNKNOWN, Cut
from alpes_events.companies.models import Company
from alpes_events.database.engine import Database
from alpes_events.people.models import AgeBand, Candidate, Sex
from tests.support.clause import FEBRUARY, JANUARY, MARCH, STARTS_ON, Site, a_site, employs, works
from tests.support.stories import NOW

HOUR = 60
MONTHS = (JANUARY, FEBRUARY, MARCH)

RECOUNT = """
SELECT {key} AS part, SUM(e.minutes), COUNT(DISTINCT CASE WHEN e.minutes > 0 THEN e.person END)
FROM (
  SELECT h.employment_id, h.lot_id, h.month, SUM(h.minutes) AS minutes,
    MIN(COALESCE(p2.id, p1.id, c.id)) AS person, MIN(COALESCE(f.id, w.company_id)) AS company
  FROM hour_entry h
  JOIN employment_contract w ON w.id = h.employment_id
  JOIN candidate c ON c.id = w.candidate_id
  LEFT JOIN candidate p1 ON p1.id = c.merged_into
  LEFT JOIN candidate p2 ON p2.id = p1.merged_into
  JOIN company k ON k.id = w.company_id
  LEFT JOIN company f ON f.id = k.merged_into
  WHERE h.account = 'validated' AND h.month >= '2026-01-01' AND h.month < '2027-01-01' {until}
  GROUP BY h.employment_id, h.lot_id, h.month
  HAVING SUM(h.minutes) <> 0
) e
JOIN employment_contract w ON w.id = e.employment_id
JOIN clause_lot l ON l.id = e.lot_id
JOIN public_contract m ON m.id = l.contract_id
JOIN clause_operation o ON o.id = m.operation_id
LEFT JOIN followed_situation s ON s.employment_id = w.id AND s.months = 6
GROUP BY {key}
"""
"""Written for this test alone, in SQL that both databases read; merges of at most two steps."""

PARTS = {
    Cut.OPERATION: "CAST(o.id AS VARCHAR(9))",
    Cut.COMPANY: "CAST(e.company AS VARCHAR(9))",
    Cut.PERSON: "CAST(e.person AS VARCHAR(9))",
    Cut.CRITERION: "COALESCE(w.criterion_code, 'unknown')",
    Cut.MODE: "COALESCE(w.mode, 'unknown')",
    Cut.COMMUNE: (
        "COALESCE(w.insee_code, CASE w.commune_name WHEN '' THEN 'unknown' ELSE 'elsewhere:' || w.commune_name END)"
    ),
    Cut.MONTH: "SUBSTR(CAST(e.month AS VARCHAR(10)), 1, 7)",
    Cut.SEX: "COALESCE(w.sex, 'unknown')",
    Cut.AGE: "COALESCE(w.age_band, 'unknown')",
    Cut.LEVEL: "COALESCE(CAST(w.training_level AS VARCHAR(2)), 'unknown')",
    Cut.DISTRICT: (
        "CASE WHEN w.in_priority_district THEN 'yes' WHEN NOT w.in_priority_district THEN 'no' ELSE 'unknown' END"
    ),
    Cut.SECTOR: "COALESCE(SUBSTR(w.rome_code, 1, 1), 'unknown')",
    Cut.SITUATION_6: "COALESCE(s.situation, 'unknown')",
}
MATRIX = (
    "CASE WHEN o.in_territory THEN 'in' WHEN NOT o.in_territory THEN 'out' ELSE 'unknown' END || '/' || "
    "CASE WHEN w.in_territory THEN 'in' WHEN NOT w.in_territory THEN 'out' ELSE 'unknown' END"
)


def recounted(db: Session, key: str, until: datetime | None = None) -> dict[str, tuple[int, int]]:
    """Minutes and persons of each part, in plain SQL."""
    later = "" if until is None else "AND h.recorded_at <= :until"
    bound = {} if until is None else {"until": f"{until:%Y-%m-%d %H:%M:%S.%f}" if _is_sqlite(db) else until}
    rows = db.execute(text(RECOUNT.format(key=key, until=later)), bound)
    return {part: (int(minutes), persons) for part, minutes, persons in rows}


def _is_sqlite(db: Session) -> bool:
    return db.get_bind().dialect.name == "sqlite"


def told(found: list[Line]) -> dict[str, tuple[int, int]]:
    return {line.key: (line.minutes, line.person_count) for line in found}


@dataclass(frozen=True)
class Town:
    """Three sites (in the territory, outside, nobody knows), five people at work, one company under two records."""

    sites: list[Site]
    works: list[int]


def a_town(db: Session) -> Town:
    sites = [a_site(db, number, in_territory=here) for number, here in ((1, True), (2, False), (3, None))]
    people = [employs(db, sites[number % 3], number) for number in range(5)]
    for number, employment_id in enumerate(people):
        row = db.get_one(EmploymentContract, employment_id)
        row.in_territory = (True, False, None)[number // 2]
        row.in_priority_district = (True, False, None)[number % 3]
        row.sex = (Sex.WOMAN, Sex.MAN, None)[number % 3]
        row.age_band = (AgeBand.FROM_50, None)[number % 2]
        row.training_level = (3, None)[number % 2]
        row.rome_code = ("F1704", "K2204", None)[number % 3]
        row.criterion_code = ("RSA", "HEALTH", None)[number % 3]
        row.insee_code, row.commune_name = (("59328", "Lambersart"), (None, "Ailleurs"), (None, ""))[number % 3]
        db.add(row)
    db.add(FollowedSituation(employment_id=people[0], months=6, situation=LaterSituation.TRAINING, noted_on=JANUARY))
    _merged(db, Candidate, [db.get_one(EmploymentContract, one).candidate_id for one in people[:3]])
    _merged(db, Company, [sites[2].company_id, sites[0].company_id])
    convention = Globalisation(company_id=sites[0].company_id, reference="G1", signed_on=STARTS_ON, created_at=NOW)
    db.add(convention)
    db.flush()
    db.add_all(GlobalisedLot(globalisation_id=convention.id or 0, lot_id=one.lot_id) for one in sites[:2])
    db.flush()
    return Town(sites, people)


def _merged(db: Session, table: type[Candidate] | type[Company], ids: list[int]) -> None:
    """Each record is merged into the next."""
    for one, kept in pairwise(ids):
        row = db.get_one(table, one)
        row.merged_into = kept
        db.add(row)
    db.flush()


ACT = st.tuples(st.integers(0, 4), st.sampled_from(MONTHS), st.integers(1, 9000), st.integers(0, 3))


def played(db: Session, town: Town, acts: list[tuple[int, date, int, int]]) -> list[datetime]:
    """Hours written, each an hour after those before; some taken back, corrected or moved to another lot."""
    instants = []
    for number, (who, month, minutes, then) in enumerate(acts):
        now = NOW + timedelta(hours=number)
        worked = Worked(town.works[who], month, minutes, HourSource.STAFF)
        account = (HourAccount.VALIDATED, HourAccount.DECLARED)[then == 3]
        ((contract_id, sequence),) = write_hours(db, account, [worked], now=now, account_id=None)
        later = now + timedelta(minutes=30)
        if then == 1:
            correct_hours(db, contract_id, sequence, minutes // 2 or None, now=later, account_id=None)
        if then == 2 and who in {0, 3}:
            other = town.sites[1].lot_id
            transfer_hours(
                db, town.works[who], month=month, minutes=minutes, to_lot_id=other, now=later, account_id=None
            )
        instants.append(now)
    return instants


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACT, max_size=12), point=st.integers(0, 11))
def test_tally_is_the_recount_whatever_the_cut_and_the_day(
    organised: Database, acts: list[tuple[int, date, int, int]], point: int
) -> None:
    with organised.writing() as db:
        town = a_town(db)
        instants = played(db, town, acts)
        for until in (None, instants[point] if point < len(instants) else NOW - timedelta(days=1)):
            facts = read_facts(db, 2026, until=until, by_month=True)
            counted = tally(facts)
            assert told(list(_cells(counted.matrix))) == recounted(db, MATRIX, until)
            for cut, key in PARTS.items():
                parts = lines(facts, cut)
                assert told(parts) == recounted(db, key, until), cut
                assert sum(line.minutes for line in parts) == counted.whole.minutes
                assert sum(one[3] for line in parts for one in behind(facts, cut=cut, key=line.key)) == (
                    counted.whole.minutes
                )
        by_year = tally(read_facts(db, 2026))
        assert (by_year.whole, by_year.matrix) == (tally(read_facts(db, 2026, by_month=True)).whole, by_year.matrix)
        db.rollback()


def _cells(matrix: object) -> list[Line]:
    assert isinstance(matrix, dict)
    return [
        Line(f"{here}/{lives}", line.minutes, line.person_count, line.contract_count)
        for (here, lives), line in matrix.items()
        if line.contract_count
    ]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.lists(ACT, max_size=6), then=st.lists(ACT, max_size=6))
def test_tally_within_recorded_heads_is_what_it_was(
    organised: Database, first: list[tuple[int, date, int, int]], then: list[tuple[int, date, int, int]]
) -> None:
    with organised.writing() as db:
        town = a_town(db)
        played(db, town, first)
        recorded = heads(db)
        before = [read_facts(db, 2026, by_month=by_month) for by_month in (True, False)]
        played(db, town, then)
        after = [read_facts(db, 2026, heads=recorded, by_month=by_month) for by_month in (True, False)]
        assert [tally(facts) for facts in after] == [tally(facts) for facts in before]
        assert [sorted(facts.sums, key=str) for facts in after] == [sorted(facts.sums, key=str) for facts in before]
        db.rollback()


def test_narrowed_tallies_add_up_to_the_whole(organised: Database) -> None:
    with organised.writing() as db:
        town = a_town(db)
        for number, employment_id in enumerate(town.works):
            works(db, employment_id, (number + 1) * 61)
        facts = read_facts(db, 2026)
        whole = tally(facts)
        for parts in (
            [Narrowing(place=one) for one in Side],
            [Narrowing(residence=one) for one in Side],
            [Narrowing(company_id=one.company_id) for one in town.sites],
            [Narrowing(authority_id=one.authority_id) for one in town.sites],
            [Narrowing(contract_id=one.contract_id) for one in town.sites],
            [Narrowing(criterion=one) for one in ("RSA", "HEALTH", UNKNOWN)],
            [Narrowing(mode="cdd"), Narrowing(mode=UNKNOWN)],
        ):
            assert sum(tally(facts, one).whole.minutes for one in parts) == whole.whole.minutes
        for here in Side:
            for lives in Side:
                narrowing = Narrowing(place=here, residence=lives)
                assert tally(facts, narrowing).whole.minutes == whole.cell(here, lives).minutes
        assert WHOLE.is_whole


def test_year_is_that_of_the_month_worked(organised: Database) -> None:
    with organised.writing() as db:
        works(db, employs(db, a_site(db)), 60, month=MARCH)
        assert [tally(read_facts(db, year)).whole.minutes for year in (2025, 2026, 2027)] == [0, 60, 0]


def test_hours_that_were_taken_back_count_nobody(organised: Database) -> None:
    with organised.writing() as db:
        contract_id, sequence = works(db, employs(db, a_site(db)), 100 * HOUR)
        correct_hours(db, contract_id, sequence, None, now=NOW, account_id=None)
        counted = tally(read_facts(db, 2026))
        assert (counted.whole.person_count, counted.company_count, sum(counted.operations.values())) == (0, 0, 0)


def test_indicators_are_rounded_as_the_network_does(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        for number in range(3):
            works(db, employs(db, site, number), 200 * HOUR + 1)
        whole = tally(read_facts(db, 2026)).whole
        assert (whole.minutes, whole.person_count, whole.contract_count) == (36003, 3, 3)
        assert (str(whole.full_time), whole.minutes_each) == ("0.38", 12001)


@pytest.mark.parametrize("seen", [True, False])
def test_criterion_of_health_is_told_by_its_code_only_to_who_may(organised: Database, seen: bool) -> None:
    with organised.writing() as db:
        works(db, employs(db, a_site(db), criterion_code="OETH"), HOUR)
        facts = read_facts(db, 2026, health=seen)
        assert [line.key for line in lines(facts, Cut.CRITERION)] == ["OETH" if seen else "HEALTH"]
