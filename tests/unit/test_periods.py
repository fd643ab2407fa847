"""Periods: read strictly, and bounded by local midnights."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.statistics.periods import Grain, Period, UnknownPeriod, month_of, months, period

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    "text", ["", "23", "2023-13", "2023-00", "2023-3", "event:0", "event:x", "2023-03-01", "٢٠٢٣", "0000"]
)
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(UnknownPeriod):
        period(text)


@pytest.mark.parametrize(
    ("text", "grain", "event_id"),
    [("2023", Grain.YEAR, None), ("2023-03", Grain.MONTH, None), ("event:12", Grain.EVENT, 12)],
)
def test_period_knows_its_grain(text: str, grain: Grain, event_id: int | None) -> None:
    assert (period(text).grain, period(text).event_id) == (grain, event_id)


def test_month_runs_between_local_midnights() -> None:
    assert Period("2023-03").bounds(PARIS) == (
        datetime(2023, 2, 28, 23, tzinfo=UTC),
        datetime(2023, 3, 31, 22, tzinfo=UTC),
    )


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))
def test_every_instant_is_in_its_month(moment: datetime) -> None:
    month = month_of(moment, PARIS)
    begins, ends = month.bounds(PARIS)
    assert begins <= moment < ends


def test_months_of_a_year_follow_one_another_and_fill_it() -> None:
    bounds = [month.bounds(PARIS) for month in months(2023)]
    assert [ends for _, ends in bounds[:-1]] == [begins for begins, _ in bounds[1:]]
    assert (bounds[0][0], bounds[-1][1]) == Period("2023").bounds(PARIS)
