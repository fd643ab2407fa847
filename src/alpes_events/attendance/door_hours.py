"""When those who keep the door of one event may open its pages: on its day or days, and the night after.

From midnight of the first day to four in the morning after the last, on the clocks of the organisation: the evening's
last marks are still made, and the next morning the list of people is closed.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_HOURS_AFTER = 4


@dataclass(frozen=True)
class DoorHours:
    """Half-open: from `opens_at` on, until before `closes_at`."""

    opens_at: datetime
    closes_at: datetime

    def open_at(self, now: datetime) -> bool:
        """Whether the door's pages show people at this instant."""
        return self.opens_at <= now < self.closes_at


def door_hours(*, starts_at: datetime, ends_at: datetime, zone: ZoneInfo, on: date | None = None) -> DoorHours:
    """The hours of an event's door; `on` is the one day that was given to somebody. When the event moved away from that
    day, all its days count: nobody stands before a closed door by a date that nobody thought of.
    """
    first, last = starts_at.astimezone(zone).date(), ends_at.astimezone(zone).date()
    if on is not None and first <= on <= last:
        first = last = on
    closes_on = last + timedelta(days=1)
    return DoorHours(
        opens_at=datetime.combine(first, time(), tzinfo=zone),
        closes_at=datetime.combine(closes_on, time(hour=_HOURS_AFTER), tzinfo=zone),
    )
