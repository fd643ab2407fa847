"""The public holidays of France are those that the law and the moon give."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.agenda.holidays import easter, holidays_among, holidays_of
from tests.support.depth import in_part

YEARS = st.integers(1583, 4000)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1818, 3, 22), (1943, 4, 25), (1954, 4, 18), (1981, 4, 19), (2000, 4, 23), (2024, 3, 31), (2025, 4, 20),
     (2026, 4, 5), (2027, 3, 28), (2038, 4, 25), (2049, 4, 18), (2285, 3, 22)],
)  # fmt: skip
def test_easter_falls_on_the_days_of_the_almanacs(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


@given(YEARS)
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


def test_holidays_of_2026_are_those_of_the_official_calendar() -> None:
    assert [f"{day:%d/%m}" for day in holidays_of(2026)] == [
        "01/01", "06/04", "01/05", "08/05", "14/05", "25/05", "14/07", "15/08", "01/11", "11/11", "25/12",
    ]  # fmt: skip


@in_part(4)
@given(st.lists(st.dates(date(2000, 1, 1), date(2100, 12, 31)), max_size=30))
def test_holidays_among_days_are_those_of_their_years(days: list[date]) -> None:
    expected = {day for day in days if day in holidays_of(day.year)}
    assert set(holidays_among(days)) == expected


def test_ascension_on_the_first_of_may_is_one_holiday() -> None:
    assert easter(2008) + timedelta(days=39) == date(2008, 5, 1)
    assert len(holidays_of(2008)) == 10
