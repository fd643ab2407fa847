"""A month as a grid of weeks, Monday first."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from alpes_events.agenda.local_time import instant
from alpes_events.agenda.models import Event

FIRST_YEAR, LAST_YEAR = 2000, 2100


class Held(Protocol):
    """Whatever a month shows of an event."""

    @property
    def event(self) -> Event:
        """The event."""
        ...


Item = TypeVar("Item", bound=Held)


@dataclass(frozen=True)
class Day(Generic[Item]):
    """One square of the grid. `out`: it belongs to the month before or after."""

    day: date
    out: bool
    past: bool
    today: bool
    items: tuple[Item, ...]

    @property
    def weekend(self) -> bool:
        """Saturday or Sunday."""
        return self.day.weekday() >= 5  # noqa: PLR2004 (Monday is 0)


def grid_of(year: int, month: int) -> list[list[date]]:
    """The weeks that the month touches."""
    return Calendar().monthdatescalendar(year, month)


def shown_span(year: int, month: int, *, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants between which the grid's days lie."""
    weeks = grid_of(year, month)
    return instant(weeks[0][0], time(0), zone), instant(weeks[-1][-1] + timedelta(days=1), time(0), zone)


def weeks_with(items: Sequence[Item], year: int, month: int, *, today: date, zone: ZoneInfo) -> list[list[Day[Item]]]:
    """The grid with each event on every day that it touches."""
    return [
        [
            Day(
                day=day,
                out=day.month != month,
                past=day < today,
                today=day == today,
                items=tuple(item for item in items if _touches(item, day, zone)),
            )
            for day in week
        ]
        for week in grid_of(year, month)
    ]


def next_month(year: int, month: int, *, step: int) -> tuple[int, int] | None:
    """The month before (`step` -1) or after (1); None at the edge of what the site shows."""
    index = year * 12 + month - 1 + step
    found = index // 12, index % 12 + 1
    return found if FIRST_YEAR <= found[0] <= LAST_YEAR else None


def _touches(item: Held, day: date, zone: ZoneInfo) -> bool:
    first = item.event.starts_at.astimezone(zone).date()
    last = (item.event.ends_at - timedelta(microseconds=1)).astimezone(zone).date()
    return first <= day <= last
