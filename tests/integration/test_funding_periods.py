"""Funding periods: a pathway goes on from one into the next one record for each, and back when it was a mistake."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from alpes_events.database.engine import Database
from alpes_events.pathways.carrying import carry_over_all
from alpes_events.pathways.dossier import pathway_dossier, steps_of
from alpes_events.pathways.leaving import take_back_exit
from alpes_events.pathways.models import Enrolment, FundingPeriod, StepKind
from alpes_events.pathways.periods import PeriodDraft, add_period, period_lines
from alpes_events.pathways.records import the_enrolment
from alpes_events.pathways.refusals import AlreadyEnrolled, BadPathway, UnknownEnrolment
from alpes_events.pathways.revising import withdraw_enrolment
from alpes_events.pathways.steps import StepDraft, correct_step, withdraw_step
from alpes_events.people.models import Candidate
from tests.support.in_schemes import ENTERED, LEFT, criteria_of, entered, figure, left, made_one, step
from tests.support.staff import statements
from tests.support.stories import NOW, an_organisation


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """A writing session in an organisation with communes."""
    an_organisation(database)
    with database.writing() as session:
        yield session


def a_period(db: Session, year: int = 2026) -> int:
    """A funding period of the PLIE, a whole year."""
    return add_period(db, PeriodDraft("PLIE", f"FSE+ {year}", date(year, 1, 1), date(year, 12, 31)))


def carried_over(db: Session, enrolment_id: int, period_id: int) -> int:
    """Everybody goes on in a funding period. Gives the record that continues this one."""
    carry_over_all(db, period_id, at_most=9, now=NOW, account_id=None)
    asked = select(Enrolment.id).where(Enrolment.continues_id == enrolment_id, col(Enrolment.withdrawn_at).is_(None))
    return db.exec(asked).one() or 0


def test_new_funding_period_makes_a_new_record_and_no_new_entry(db: Session) -> None:
    periods = [
        FundingPeriod(scheme_code="PLIE", label=label, starts_on=first, ends_on=last)
        for label, first, last in (
            ("2025", date(2025, 1, 1), date(2025, 12, 31)),
            ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        )
    ]
    db.add_all(periods)
    db.flush()
    first = entered(db, criteria=("RSA", "RQTH"), funding_period_id=periods[0].id)
    second = carried_over(db, first, periods[1].id or 0)
    assert the_enrolment(db, first).closed_on == date(2025, 12, 31)
    assert the_enrolment(db, second).continues_id == first
    assert criteria_of(db, second) == ("RQTH", "RSA")
    assert (figure(db, "plie.participants", 2026), figure(db, "plie.entries", 2026)) == (1, 0)
    with pytest.raises(BadPathway):
        left(db, first)
    left(db, second, on=date(2026, 2, 3))
    assert figure(db, "plie.mean_duration_months", 2026) == 12
    with pytest.raises(BadPathway):
        withdraw_enrolment(db, first, why="doublon", now=NOW, account_id=None)


def test_funding_periods_of_a_scheme_never_share_a_day(db: Session) -> None:
    a_period(db)
    for first, last in ((date(2025, 6, 1), date(2026, 1, 1)), (date(2026, 12, 31), date(2027, 1, 1))):
        with pytest.raises(BadPathway):
            add_period(db, PeriodDraft("PLIE", "Autre", first, last))
    with pytest.raises(BadPathway):
        add_period(db, PeriodDraft("CEJ", "À rebours", date(2026, 2, 1), date(2026, 1, 1)))
    with pytest.raises(BadPathway):
        add_period(db, PeriodDraft("HANDICAP", "Sans nom", date(2026, 1, 1), date(2026, 1, 2)))
    assert a_period(db, 2027)


def test_open_pathways_are_carried_over_in_rounds_until_none_waits(db: Session) -> None:
    for number in range(1, 6):
        entered(db, number)
    left(db, entered(db, 6))
    period_id = a_period(db)
    assert [line.waiting_count for line in period_lines(db, today=NOW.date())] == [5]
    rounds = [carry_over_all(db, period_id, at_most=2, now=NOW, account_id=None) for _ in range(4)]
    assert [(one.done_count, one.left_count, one.refused) for one in rounds] == [
        (2, 3, ()),
        (2, 1, ()),
        (1, 0, ()),
        (0, 0, ()),
    ]
    assert [(line.pathway_count, line.waiting_count) for line in period_lines(db, today=NOW.date())] == [(5, 0)]
    assert figure(db, "plie.participants", 2026) == 6
    assert figure(db, "plie.entries", 2026) == 0


def test_period_that_has_not_begun_takes_nobody(db: Session) -> None:
    entered(db)
    period_id = a_period(db, 2027)
    with pytest.raises(BadPathway):
        carry_over_all(db, period_id, at_most=9, now=NOW, account_id=None)


def test_steps_begun_in_the_new_period_go_with_it(db: Session) -> None:
    one = entered(db)
    old, new = step(db, one, ENTERED, date(2025, 9, 1)), step(db, one, date(2026, 1, 15))
    second = carried_over(db, one, a_period(db))
    assert [row.id for row in steps_of(db, one)] == [old]
    assert [row.id for row in steps_of(db, second)] == [new]


def test_steps_that_go_on_beyond_the_end_go_with_the_new_record_and_come_back(db: Session) -> None:
    one = entered(db)
    ends = (date(2025, 12, 31), date(2026, 1, 2), None)
    over, longer, endless = (step(db, one, ENTERED + timedelta(days=day), end) for day, end in enumerate(ends))
    counts = [figure(db, "plie.steps", year) for year in (2025, 2026, 2027)]
    second = carried_over(db, one, a_period(db))
    assert [row.id for row in steps_of(db, one)] == [over]
    assert [row.id for row in steps_of(db, second)] == [longer, endless]
    assert [figure(db, "plie.steps", year) for year in (2025, 2026, 2027)] == counts == [3, 2, 1]
    withdraw_enrolment(db, second, why="trop tôt", now=NOW, account_id=None)
    assert [row.id for row in steps_of(db, one)] == [over, longer, endless]


def test_step_lies_between_the_first_entry_and_the_period_that_its_record_covers(db: Session) -> None:
    one = entered(db)
    second = carried_over(db, one, a_period(db))
    for record, first, last in (
        (second, ENTERED - timedelta(days=1), None),
        (one, ENTERED, None),
        (one, ENTERED, date(2026, 1, 1)),
    ):
        with pytest.raises(BadPathway):
            step(db, record, first, last)
    moved = step(db, second, ENTERED)
    said = StepDraft(StepKind.SERVICE, ENTERED, date(2026, 1, 3))
    correct_step(db, moved, said, why="genre", now=NOW, account_id=None)
    assert step(db, one, ENTERED, date(2025, 12, 31))


def test_record_taken_back_leaves_the_one_that_it_continued_open(db: Session) -> None:
    one, period_id = entered(db), a_period(db)
    second = carried_over(db, one, period_id)
    withdraw_enrolment(db, second, why="trop tôt", now=NOW, account_id=None)
    assert the_enrolment(db, one).closed_on is None
    assert carried_over(db, one, period_id)
    left(db, entered(db, 2))


def test_person_who_became_one_is_carried_over_once(db: Session) -> None:
    first, second = entered(db), entered(db, 2)
    db.get_one(Candidate, the_enrolment(db, second).candidate_id).merged_into = the_enrolment(db, first).candidate_id
    db.flush()
    found = carry_over_all(db, a_period(db), at_most=9, now=NOW, account_id=None)
    assert (found.done_count, found.refused) == (0, (first, second))


def test_record_taken_back_gives_its_steps_with_their_history_to_the_one_before(db: Session) -> None:
    one = entered(db)
    moved, gone = step(db, one, date(2026, 1, 10)), step(db, one, date(2026, 1, 12))
    correct_step(db, moved, StepDraft(StepKind.SERVICE, date(2026, 1, 11)), why="genre", now=NOW, account_id=None)
    second = carried_over(db, one, a_period(db))
    added = step(db, second, date(2026, 1, 15))
    withdraw_step(db, gone, why="doublon", now=NOW, account_id=None)
    assert {found.step_id for found in pathway_dossier(db, second).corrections} == {moved, gone}
    assert pathway_dossier(db, one).corrections == ()
    withdraw_enrolment(db, second, why="trop tôt", now=NOW, account_id=None)
    assert [row.id for row in steps_of(db, one)] == [moved, added]
    assert {found.step_id for found in pathway_dossier(db, one).corrections} == {moved, gone}
    with pytest.raises(UnknownEnrolment):
        withdraw_enrolment(db, second, why="trop tôt", now=NOW, account_id=None)


def test_record_is_not_taken_back_once_the_person_left_or_entered_again(db: Session) -> None:
    one, period_id = entered(db), a_period(db)
    second = carried_over(db, one, period_id)
    left(db, second)
    with pytest.raises(BadPathway):
        withdraw_enrolment(db, second, why="trop tôt", now=NOW, account_id=None)
    again = entered(db, 2, on=LEFT + timedelta(days=1))
    made_one(db, one, again)
    with pytest.raises(BadPathway):
        take_back_exit(db, second, why="encore là", now=NOW, account_id=None)
    withdraw_enrolment(db, again, why="doublon", now=NOW, account_id=None)
    take_back_exit(db, second, why="encore là", now=NOW, account_id=None)
    other = entered(db, 3)
    made_one(db, one, other)
    with pytest.raises(AlreadyEnrolled):
        withdraw_enrolment(db, second, why="trop tôt", now=NOW, account_id=None)


def test_carrying_over_takes_as_many_questions_for_many_as_for_few(db: Session, database: Database) -> None:
    counts = []
    for year, numbers in ((2025, range(1, 3)), (2026, range(3, 40))):
        for number in numbers:
            one = entered(db, number, on=date(2024, 5, 1), criteria=("RSA", "RQTH"))
            step(db, one, date(2025, 6, 1))
        period_id = a_period(db, year)
        with statements(database) as questions:
            carry_over_all(db, period_id, at_most=500, now=NOW, account_id=None)
        counts.append(len(questions))
    assert counts[1] <= counts[0] + 2
