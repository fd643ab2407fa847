"""When duties are due."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from alpes_scheduler.timetable import DAILY, OFTEN, Daily
from alpes_web.staff.jobs import JOBS, NIGHTLY

PARIS = ZoneInfo("Europe/Paris")


def _nothing(*_: object) -> int:
    return 0


@pytest.mark.parametrize("at", [time(1), time(2, 30), time(3, 59, 59)])
def test_an_hour_that_comes_twice_or_never_is_refused(at: time) -> None:
    with pytest.raises(ValueError, match="twice or never"):
        Daily("late", at, _nothing)


@pytest.mark.parametrize("at", [time(0, 59), time(4)])
def test_the_hours_beside_it_are_taken(at: time) -> None:
    assert Daily("late", at, _nothing).at == at


def test_a_duty_is_due_once_its_hour_has_come_and_for_its_local_day() -> None:
    duty = Daily("remind", time(18), _nothing)
    assert duty.days_due(datetime(2026, 3, 2, 17, 59, tzinfo=PARIS)) == []
    assert duty.days_due(datetime(2026, 3, 2, 18, 0, tzinfo=PARIS)) == [date(2026, 3, 2)]


def test_a_duty_that_is_worth_it_is_made_up_for_the_next_morning() -> None:
    duty = Daily("remind", time(18), _nothing, catch_up_at=time(7))
    assert duty.days_due(datetime(2026, 3, 3, 6, 59, tzinfo=PARIS)) == []
    assert duty.days_due(datetime(2026, 3, 3, 7, 0, tzinfo=PARIS)) == [date(2026, 3, 2)]


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 7, 1)])
def test_every_daily_duty_falls_due_exactly_once_on_every_day(day: date) -> None:
    """Walking through the day in real minutes, change of hour or not, each duty becomes due once and stays so."""
    begin = datetime.combine(day, time(), tzinfo=PARIS).timestamp()
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=PARIS).timestamp()
    minutes = [datetime.fromtimestamp(second, tz=PARIS) for second in range(int(begin), int(end), 60)]
    for duty in DAILY:
        due = [day in duty.days_due(minute) for minute in minutes]
        assert sum(after and not before for before, after in pairwise(due)) == 1
        assert due[-1]


def test_no_two_duties_share_a_name() -> None:
    names = [duty.name for duty in (*OFTEN, *DAILY)]
    assert len(names) == len(set(names))


def test_every_duty_has_a_name_that_people_read() -> None:
    duties = {duty.name for duty in (*OFTEN, *DAILY)}
    assert set(JOBS) == duties
    assert duties > NIGHTLY
