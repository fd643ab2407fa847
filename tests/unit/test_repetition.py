"""Days and hours on the wall: what repeats, what the spring skips and what the autumn doubles."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.agenda.local_time import TimeThatDoesNotExist, instant, local
from alpes_events.agenda.repetition import (
    MOST_OCCURRENCES,
    TooManyOccurrences,
    occurrence_days,
    same_wall_time,
)
from alpes_events.language.refusal import BadInput
from tests.support.depth import in_part

PARIS = ZoneInfo("Europe/Paris")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2037, 12, 31))
hours = st.times(min_value=time(4), max_value=time(23, 59)).map(lambda at: at.replace(second=0, microsecond=0))


def test_half_past_two_of_the_spring_night_is_refused_with_its_day_and_hour() -> None:
    with pytest.raises(TimeThatDoesNotExist) as refusal:
        instant(SPRING, time(2, 30), PARIS, field="starts_at")
    assert refusal.value.field == "starts_at"
    assert refusal.value.status == 422
    assert str(refusal.value) == (
        "Le 29/03/2026, 02:30 n’existe pas : on passe à l’heure d’été. Choisissez une heure plus tard."
    )


@pytest.mark.parametrize(
    ("day", "at", "moment"),
    [
        (SPRING, time(1, 59), datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (SPRING, time(3, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (AUTUMN, time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (AUTUMN, time(3, 0), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_hours_around_the_changes_are_what_clocks_show_and_a_doubled_one_is_the_first(
    day: date, at: time, moment: datetime
) -> None:
    assert instant(day, at, PARIS) == moment


@pytest.mark.parametrize("at", [time(0, 0), time(3, 0), time(14, 30), time(23, 59)])
def test_instant_is_read_back_as_the_same_wall_time_on_every_day(at: time) -> None:
    every_day = [date(2026, 1, 1) + timedelta(days=number) for number in range(2 * 365)]
    walls = [local(instant(day, at, PARIS), PARIS) for day in every_day]
    assert [(wall.date(), wall.time()) for wall in walls] == [(day, at) for day in every_day]


@in_part(4)
@given(first=days, other=days, at=hours, later=st.integers(min_value=0, max_value=2))
def test_copy_keeps_wall_time_and_days_apart_whatever_the_season(
    first: date, other: date, at: time, later: int
) -> None:
    moment = instant(first + timedelta(days=later), at, PARIS)
    copied = local(same_wall_time(moment, from_on=first, to_on=other, zone=PARIS), PARIS)
    assert (copied.date(), copied.time()) == (other + timedelta(days=later), at)


@in_part(4)
@given(
    first=days,
    every_weeks=st.integers(min_value=1, max_value=8),
    weeks=st.integers(min_value=0, max_value=MOST_OCCURRENCES),
    skipped=st.sets(st.integers(min_value=0, max_value=MOST_OCCURRENCES)),
)
def test_days_come_back_at_their_distance_up_to_the_last_without_the_exceptions(
    first: date, every_weeks: int, weeks: int, skipped: set[int]
) -> None:
    until_on = first + timedelta(weeks=weeks)
    exceptions = {first + timedelta(weeks=number) for number in skipped}
    found = occurrence_days(first, every_weeks=every_weeks, until_on=until_on, except_on=exceptions)
    wanted = [first + timedelta(weeks=number) for number in range(every_weeks, weeks + 1, every_weeks)]
    assert found == [day for day in wanted if day not in exceptions]


def test_repetition_that_fills_the_agenda_is_refused_with_its_number() -> None:
    until_on = date(2026, 1, 5) + timedelta(weeks=MOST_OCCURRENCES + 1)
    with pytest.raises(TooManyOccurrences, match="Cela ferait 201 dates : 200 au plus"):
        occurrence_days(date(2026, 1, 5), every_weeks=1, until_on=until_on)


def test_no_week_between_two_dates_is_refused() -> None:
    with pytest.raises(BadInput, match="Indiquez au moins une semaine"):
        occurrence_days(date(2026, 1, 5), every_weeks=0, until_on=date(2026, 2, 5))
