"""When the door of an event shows people: its day or days on the wall's clocks, and four hours of the night after."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from alpes_events.attendance.door_hours import door_hours
from tests.support.depth import in_part

PARIS = ZoneInfo("Europe/Paris")
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
LENGTHS = st.integers(15, 4 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
ZONES = st.sampled_from(["Europe/Paris", "America/Guadeloupe", "Indian/Reunion", "Pacific/Noumea"]).map(ZoneInfo)


@in_part(4)
@given(INSTANTS, LENGTHS, ZONES)
def test_door_is_open_during_its_event_and_shut_the_day_before_and_after(
    starts_at: datetime, length: timedelta, zone: ZoneInfo
) -> None:
    ends_at = starts_at + length
    hours = door_hours(starts_at=starts_at, ends_at=ends_at, zone=zone)
    assert hours.opens_at <= starts_at
    assert hours.closes_at >= ends_at + timedelta(hours=3)  # an hour may be taken away in the night
    first, last = starts_at.astimezone(zone).date(), ends_at.astimezone(zone).date()
    assert hours.opens_at.astimezone(zone).replace(tzinfo=None) == datetime.combine(first, time())
    assert hours.closes_at.astimezone(zone).date() == last + timedelta(days=1)
    assert not hours.open_at(hours.opens_at - timedelta(microseconds=1))
    assert hours.open_at(hours.opens_at)
    assert not hours.open_at(hours.closes_at)


@in_part(4)
@given(INSTANTS, LENGTHS, st.integers(-3, 6))
def test_one_day_of_several_opens_on_that_day_only_and_a_day_that_is_none_of_them_counts_for_nothing(
    starts_at: datetime, length: timedelta, shift: int
) -> None:
    ends_at = starts_at + length
    first, last = starts_at.astimezone(PARIS).date(), ends_at.astimezone(PARIS).date()
    on = first + timedelta(days=shift)
    hours = door_hours(starts_at=starts_at, ends_at=ends_at, zone=PARIS, on=on)
    if first <= on <= last:
        assert hours == door_hours(
            starts_at=datetime.combine(on, time(9), tzinfo=PARIS),
            ends_at=datetime.combine(on, time(10), tzinfo=PARIS),
            zone=PARIS,
        )
    else:
        assert hours == door_hours(starts_at=starts_at, ends_at=ends_at, zone=PARIS)


def test_night_when_the_clocks_change_keeps_midnight_and_four_o_clock() -> None:
    day = datetime(2026, 10, 24, 12, tzinfo=UTC)
    hours = door_hours(starts_at=day, ends_at=day + timedelta(hours=3), zone=PARIS)
    assert hours.opens_at.astimezone(UTC) == datetime(2026, 10, 23, 22, tzinfo=UTC)
    assert hours.closes_at.astimezone(UTC) == datetime(2026, 10, 25, 3, tzinfo=UTC)
    assert hours.opens_at.date() == date(2026, 10, 24)
