"""By when a lot's hours are due: parts that add up to what it lacks, each early enough for its target."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alpes_events.clause.board.pace import Target
from alpes_events.clause.planning.demands import parts_of
from alpes_events.clause.planning.dues import Due, Taken, dues_of
from alpes_events.clause.planning.to_fill import LotToFill
from alpes_events.clause.planning.weeks import Calendar

FIRST, TODAY, LAST = date(2026, 1, 1), date(2026, 3, 2), date(2026, 12, 31)
JUNE, SEPTEMBER = date(2026, 6, 30), date(2026, 9, 30)
DAYS = st.integers(0, 400).map(lambda days: FIRST + timedelta(days=days))
TAKEN = st.builds(
    Taken,
    st.integers(0, 500),
    st.dictionaries(st.sampled_from([date(2026, month, 1) for month in range(3, 13)]), st.integers(1, 300), max_size=4),
    st.lists(st.tuples(DAYS, DAYS.map(lambda day: day + timedelta(days=400)), st.integers(0, 200)), max_size=2),
)


def _dues(owed: int, taken: Taken, *targets: Target, last: date | None = LAST) -> tuple[Due, ...]:
    return dues_of(owed, taken, targets, first=FIRST, last=last, on=TODAY)


def test_each_target_asks_for_its_own_and_the_end_for_the_rest() -> None:
    targets = Target(JUNE, 400), Target(SEPTEMBER, 700)
    assert _dues(1000, Taken(), *targets) == (Due(JUNE, 400), Due(SEPTEMBER, 300), Due(None, 300))
    assert _dues(1000, Taken(done=450), *targets) == (Due(SEPTEMBER, 250), Due(None, 300))
    assert _dues(1000, Taken(planned={date(2026, 10, 1): 900}), *targets) == (Due(JUNE, 100),)


def test_target_that_is_over_is_due_by_the_next_one() -> None:
    over = Target(date(2026, 2, 1), 300)
    assert _dues(1000, Taken(), over) == (Due(None, 1000),)
    assert _dues(1000, Taken(), over, Target(JUNE, 400)) == (Due(JUNE, 400), Due(None, 600))


@given(st.integers(0, 2000), TAKEN, st.lists(st.builds(Target, DAYS, st.integers(1, 2000)), max_size=4), st.booleans())
def test_parts_add_up_to_what_lacks_and_rise_with_time(
    owed: int, taken: Taken, targets: list[Target], endless: bool
) -> None:
    dues = _dues(owed, taken, *targets, last=None if endless else LAST)
    assert sum(one.minutes for one in dues) == max(0, owed - taken.whole)
    assert all(one.minutes > 0 for one in dues)
    days = [one.by for one in dues if one.by is not None]
    assert days == sorted(days)
    assert all(day >= TODAY for day in days)
    assert [one.by for one in dues].count(None) <= 1


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 500)), min_size=1, max_size=4))
def test_no_minute_is_lost_between_what_is_due_and_what_is_asked(given_dues: list[tuple[int, int]]) -> None:
    dues = tuple(Due(TODAY + timedelta(days=days), minutes) for days, minutes in sorted(given_dues))
    lot = LotToFill(7, 1, FIRST, LAST, 5000, 0, dues, late=False, offer_ids=())
    parts = parts_of(Calendar(TODAY, 20), [lot])
    assert sum(one.asked.due for one in parts) == lot.due
    assert len({one.asked.key for one in parts}) == len(parts)
    assert all(one.asked.weeks.end > one.asked.weeks.start for one in parts)
