"""Hours on the clock and minutes of an event, for those who type « 9 h 30 » and those who read it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from alpes_events.agenda.local_time import instant, local, local_day
from alpes_events.agenda.models import Event
from alpes_events.interviews.times import minute_at, moment


def minute_of(event: Event, at: time, zone: ZoneInfo, *, field: str = "") -> int:
    """The minute of the event when clocks show `at` on its first day, or on the next of an event that passes midnight.

    Outside of the event it is below 0 or above its length. Raises `TimeThatDoesNotExist`.
    """
    first = local_day(event.starts_at, zone)
    minute = minute_at(event, instant(first, at, zone, field=field))
    if minute < 0 and local_day(event.ends_at, zone) > first:
        return minute_at(event, instant(first + timedelta(days=1), at, zone, field=field))
    return minute


def clock_at(event: Event, minute: int, zone: ZoneInfo) -> time:
    """What clocks show at a minute of the event."""
    when: datetime = local(moment(event, minute), zone)
    return when.time().replace(tzinfo=None)
