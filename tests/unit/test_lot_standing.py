"""How a lot stands: its target line, its pace, whether it is late and what that may cost. No clock, no database."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from alpes_events.clause.board.lot_standing import LotAccounts, LotState, standing_of
from alpes_events.clause.board.pace import Target, cumulated, monthly_pace, projected_end, target_line, target_on
from alpes_events.clause.ledger.balances import Balance
from alpes_events.clause.money import penalty_of

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
TODAY = date(2026, 4, 10)
HOUR = 60
YEAR = LotAccounts(365 * HOUR, Balance(), FIRST, LAST)


def test_target_line_is_straight_from_the_first_day_to_the_last() -> None:
    line = target_line(365 * HOUR, [], first=FIRST, last=LAST)
    assert [target_on(line, day) for day in (date(2025, 12, 30), FIRST, date(2026, 4, 10), LAST)] == [
        0,
        HOUR,
        100 * HOUR,
        365 * HOUR,
    ]
    assert target_on(line, date(2027, 6, 1)) == 365 * HOUR


def test_target_line_passes_through_intermediate_targets() -> None:
    line = target_line(365 * HOUR, [Target(date(2026, 4, 10), 20 * HOUR)], first=FIRST, last=LAST)
    assert target_on(line, date(2026, 2, 19)) == 10 * HOUR
    assert target_on(line, date(2026, 4, 10)) == 20 * HOUR
    assert target_on(line, LAST) == 365 * HOUR


def test_lot_without_end_or_target_has_no_line() -> None:
    assert target_on(target_line(100, [], first=FIRST, last=None), TODAY) is None
    assert standing_of(replace(YEAR, last=None), today=TODAY).state is LotState.OPEN
    line = target_line(100, [Target(date(2026, 3, 1), 50)], first=FIRST, last=None)
    assert target_on(line, TODAY) == 50


@given(
    st.integers(1, 10**6),
    st.lists(st.tuples(st.dates(FIRST, LAST), st.integers(1, 10**6)), max_size=4),
    st.lists(st.dates(FIRST, LAST), min_size=2, max_size=2),
)
def test_target_line_of_rising_targets_never_falls(
    owed: int, targets: list[tuple[date, int]], days: list[date]
) -> None:
    minutes = sorted(one for _day, one in targets)
    rising = [Target(day, one) for day, one in zip(sorted({day for day, _ in targets}), minutes, strict=False)]
    line = target_line(owed, rising, first=FIRST, last=LAST)
    before, after = (target_on(line, day) or 0 for day in sorted(days))
    assert 0 <= before <= after <= owed


def test_lot_is_late_by_what_it_misses_of_its_line() -> None:
    late = standing_of(replace(YEAR, balance=Balance(validated=60 * HOUR), penalty_cents=10_00), today=TODAY)
    assert (late.state, late.target, late.behind, late.remaining) == (LotState.LATE, 6000, 40 * HOUR, 305 * HOUR)
    assert late.penalty == 3_050_00
    ahead = standing_of(replace(YEAR, balance=Balance(validated=100 * HOUR)), today=TODAY)
    assert (ahead.state, ahead.behind, ahead.penalty) == (LotState.IN_TIME, 0, None)


def test_lot_that_did_all_it_owes_is_done_and_a_closed_one_is_closed() -> None:
    done = standing_of(replace(YEAR, balance=Balance(validated=400 * HOUR)), today=date(2027, 5, 1))
    assert (done.state, done.remaining, done.behind, done.ends_on) == (LotState.DONE, 0, 0, None)
    assert standing_of(replace(YEAR, closed=True), today=TODAY).state is LotState.CLOSED
    assert standing_of(replace(YEAR, committed=0), today=TODAY).state is LotState.UNSIZED


def test_lot_after_its_end_is_late_by_all_that_remains() -> None:
    over = standing_of(replace(YEAR, balance=Balance(validated=300 * HOUR)), today=date(2027, 5, 1))
    assert (over.behind, over.remaining) == (65 * HOUR, 65 * HOUR)


def test_pace_is_that_of_the_last_three_complete_months_worked() -> None:
    months = {date(2026, month, 1): minutes for month, minutes in ((1, 9000), (2, 60), (3, 120), (4, 5000), (5, 180))}
    assert monthly_pace(months, today=date(2026, 6, 2)) == (5300, 3)
    assert monthly_pace(months, today=date(2026, 3, 31)) == (9060, 2)
    assert monthly_pace({}, today=TODAY) is None
    assert monthly_pace({date(2026, 4, 1): 60}, today=TODAY) is None


def test_projected_end_is_when_nothing_remains_at_that_pace() -> None:
    assert projected_end(1200, (600, 3), today=date(2026, 1, 1)) == date(2026, 7, 3)
    assert projected_end(0, (600, 3), today=TODAY) is None
    assert projected_end(1200, None, today=TODAY) is None
    assert projected_end(10**9, (1, 3), today=TODAY) is None


@given(st.integers(0, 10**7), st.integers(0, 100_000))
def test_penalty_counts_each_minute_with_halves_up(remaining: int, cents: int) -> None:
    found = penalty_of(remaining, cents)
    assert abs(found * 60 - remaining * cents) <= 30


def test_sums_of_months_end_at_all_that_was_done() -> None:
    months = {date(2025, 12, 1): 10, date(2026, 1, 1): 20, date(2026, 3, 1): -5}
    assert [one.minutes for one in cumulated(months, first=FIRST, until=date(2026, 3, 15))] == [30, 30, 25]
    assert cumulated(months, first=FIRST, until=FIRST) == [Target(date(2026, 1, 31), 30)]
