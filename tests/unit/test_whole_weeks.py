"""Weeks of a plan: counted from Mondays, taken whole; nobody works on two lots in one week."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alpes_events.clause.planning.weeks import Calendar, next_monday, without
from alpes_events.clause.planning.whole_weeks import apart, plan_in_whole_weeks
from alpes_matching.placement import Asked, Fit, Lot, Person, Progress, Stint, Weeks, plan

MONDAY = date(2026, 3, 2)
CALENDAR = Calendar(MONDAY, 20)
SPANS = st.tuples(st.integers(0, 12), st.integers(1, 8)).map(lambda one: Weeks(one[0], one[0] + one[1]))
LOTS = st.lists(st.tuples(st.integers(1, 30_000), SPANS, st.integers(1, 2)), min_size=1, max_size=4)
PEOPLE = st.lists(st.tuples(SPANS, st.sampled_from([600, 1200, 2100])), min_size=1, max_size=6)


def _asked(lots: list[tuple[int, Weeks, int]], people: list[tuple[Weeks, int]], shut: set[tuple[int, int]]) -> Asked:
    return Asked(
        lots=[Lot(str(n), due, weeks, urgency) for n, (due, weeks, urgency) in enumerate(lots)],
        people=[
            Person(str(n), (weeks,), weekly, weekly * (weeks.end - weeks.start))
            for n, (weeks, weekly) in enumerate(people)
        ],
        fits=[
            Fit(str(person), str(lot), 1000 * person)
            for person in range(len(people))
            for lot in range(len(lots))
            if (person, lot) not in shut
        ],
    )


@given(LOTS, PEOPLE, st.sets(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=6))
def test_nobody_has_two_lots_in_a_week_nor_more_hours_than_theirs(
    lots: list[tuple[int, Weeks, int]], people: list[tuple[Weeks, int]], shut: set[tuple[int, int]]
) -> None:
    asked = _asked(lots, people, shut)
    best, stints = plan_in_whole_weeks(asked)
    weeks = Counter((one.person, week) for one in stints for week in range(one.start, one.end))
    assert all(count == 1 for count in weeks.values())
    assert len({(one.person, one.lot) for one in stints}) == len(stints)
    by_person, by_lot = {one.key: one for one in asked.people}, {one.key: one for one in asked.lots}
    for one in stints:
        person, lot = by_person[one.person], by_lot[one.lot]
        assert 0 < one.minutes <= person.weekly * (one.end - one.start)
        assert max(person.weeks[0].start, lot.weeks.start) <= one.start < one.end
        assert one.end <= min(person.weeks[0].end, lot.weeks.end)
        assert (int(one.person), int(one.lot)) not in shut
    reached = Counter[str]()
    for one in stints:
        reached[one.lot] += one.minutes
    assert all(reached[lot.key] <= lot.due for lot in asked.lots)
    credited = sum(by_lot[lot].urgency * minutes for lot, minutes in reached.items())
    assert credited <= best.credited == plan(asked).credited


@given(LOTS, PEOPLE, st.integers(1, 3))
def test_lot_that_asks_in_parts_is_one_lot_for_people(
    lots: list[tuple[int, Weeks, int]], people: list[tuple[Weeks, int]], whole: int
) -> None:
    """The first `whole` parts are of one lot: nobody comes back to it, and it never gets more than it asks."""
    asked = _asked(lots, people, set())
    lot_of = {lot.key: "lot" for lot in asked.lots[:whole]}
    best, stints = plan_in_whole_weeks(asked, lot_of=lot_of)
    weeks = Counter((one.person, week) for one in stints for week in range(one.start, one.end))
    assert all(count == 1 for count in weeks.values())
    assert len({(one.person, one.lot) for one in stints}) == len(stints)
    weekly = {one.key: one.weekly for one in asked.people}
    assert all(0 < one.minutes <= weekly[one.person] * (one.end - one.start) for one in stints)
    due, reached = Counter[str](), Counter[str]()
    for lot in asked.lots:
        due[lot_of.get(lot.key, lot.key)] += lot.due
    for one in stints:
        reached[one.lot] += one.minutes
    assert all(reached[lot] <= due[lot] for lot in due)
    assert sum(reached.values()) <= best.credited


def test_person_who_does_one_part_after_another_loses_no_week_between_them() -> None:
    asked = _asked([(5000, Weeks(0, 3), 1), (5500, Weeks(0, 5), 1)], [(Weeks(0, 5), 2100)], set())
    _best, stints = plan_in_whole_weeks(asked, lot_of={"0": "lot", "1": "lot"})
    assert stints == (Stint("0", 0, 5, "lot", 10_500),)


@given(LOTS, PEOPLE)
def test_what_is_lost_to_whole_weeks_is_less_than_a_week_of_each_change(
    lots: list[tuple[int, Weeks, int]], people: list[tuple[Weeks, int]]
) -> None:
    """A week that two lots share goes to one: nobody loses more than that week for each time they change lots."""
    asked = _asked(lots, people, set())
    weekly = {one.key: one.weekly for one in asked.people}
    shared = plan(asked).stints
    lost = sum(one.minutes for one in shared) - sum(one.minutes for one in apart(shared, weekly))
    changes = Counter(one.person for one in shared)
    assert 0 <= lost <= sum(weekly[person] * (count - 1) for person, count in changes.items())


def test_shared_week_goes_to_the_stint_that_would_lose_more() -> None:
    first, second = Stint("a", 0, 3, "x", 4300), Stint("a", 2, 4, "y", 2500)
    assert apart([first, second], {"a": 2100}) == (Stint("a", 0, 2, "x", 4200), second)


def test_search_that_is_stopped_keeps_what_it_found() -> None:
    asked = _asked([(20_000, Weeks(0, 9), 1)], [(Weeks(0, 9), 2100)] * 3, set())
    best, stints = plan_in_whole_weeks(asked, watch=lambda progress: isinstance(progress, Progress))
    assert best.bound is None
    assert sum(one.minutes for one in stints) <= 20_000


@given(st.integers(-30, 200), st.integers(0, 120))
def test_weeks_within_lie_in_the_days_and_weeks_touched_meet_them(first: int, length: int) -> None:
    begins = MONDAY + timedelta(days=first)
    ends = begins + timedelta(days=length)
    within, touched = CALENDAR.within(begins, ends), CALENDAR.touched(begins, ends)
    for week in range(CALENDAR.count):
        monday, friday = CALENDAR.monday(week), CALENDAR.monday(week) + timedelta(days=4)
        assert (within.start <= week < within.end) == (begins <= monday and friday <= ends)
        assert (touched.start <= week < touched.end) == (begins <= friday and monday <= ends)


@given(SPANS, st.lists(SPANS, max_size=4))
def test_what_is_left_of_a_span_is_what_nothing_takes(span: Weeks, taken: list[Weeks]) -> None:
    gone = {week for one in taken for week in range(one.start, one.end)}
    left = [week for one in without(span, taken) for week in range(one.start, one.end)]
    assert left == [week for week in range(span.start, span.end) if week not in gone]


def test_plan_begins_on_a_monday() -> None:
    assert [next_monday(MONDAY + timedelta(days=days)) for days in (0, 1, 6)] == [
        MONDAY,
        MONDAY + timedelta(days=7),
        MONDAY + timedelta(days=7),
    ]
