"""Planned hours spread over months: nothing is lost, and each month has its share."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.clause.employment.spreading import spread

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_hours_are_spread_by_the_days_of_each_month() -> None:
    planned = spread(59 * 60, first=date(2026, 1, 1), last=date(2026, 2, 28))
    assert planned == {date(2026, 1, 1): 31 * 60, date(2026, 2, 1): 28 * 60}


@given(minutes=st.integers(0, 10_000_000), first=DAYS, days=st.integers(0, 2000))
def test_spread_hours_sum_to_what_was_planned_and_none_is_negative(minutes: int, first: date, days: int) -> None:
    planned = spread(minutes, first=first, last=first + timedelta(days=days))
    assert sum(planned.values()) == minutes
    assert min(planned.values()) >= 0


@given(minutes=st.integers(0, 10_000_000), first=DAYS, days=st.integers(0, 2000))
def test_each_whole_day_gets_its_share_to_the_minute(minutes: int, first: date, days: int) -> None:
    last = first + timedelta(days=days)
    for month, given_minutes in spread(minutes, first=first, last=last).items():
        after = (month + timedelta(days=31)).replace(day=1)
        within = (min(last + timedelta(days=1), after) - max(first, month)).days
        assert abs(given_minutes - minutes * within / (days + 1)) < 1


def test_contract_that_ends_before_it_begins_is_no_contract() -> None:
    with pytest.raises(ValueError, match="does not end"):
        spread(60, first=date(2026, 2, 1), last=date(2026, 1, 31))
