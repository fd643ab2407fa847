"""The agenda's list by weeks and days, and the six weeks beside it whose days lead to their events."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from alpes_events.agenda.narrowing import ListedEvent
from alpes_events.agenda.words import KIND_FAMILIES
from alpes_events.language import dates
from alpes_web.event_view import EventView
from alpes_web.languages import language, translated

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
WEEKS_AHEAD = 6
FILLS_A_SCREEN = 8
"""Events that fill the tallest telephone: the days after them stand below its screen."""


@dataclass(frozen=True)
class DayOfEvents:
    """One day of the list with its events."""

    day: date
    today: bool
    items: tuple[EventView, ...]
    below: bool = False
    """Whether a telephone may draw it when it is scrolled to."""

    @property
    def mark(self) -> str:
        """What an address adds to lead here."""
        return day_mark(self.day)

    @property
    def kind(self) -> str:
        """The kind whose colour the day's leaf wears; none when its events are of several families."""
        kinds = {item.event.kind for item in self.items}
        one = any(kinds <= set(family.kinds) for family in KIND_FAMILIES)
        return self.items[0].event.kind.value if one else ""


@dataclass(frozen=True)
class Week:
    """One week of the list: « Cette semaine », its dates, its days with events."""

    title: str
    dates: str
    days: tuple[DayOfEvents, ...]


@dataclass(frozen=True)
class SmallDay:
    """One square of the six weeks: `count` events there, to which `address` leads (empty without any)."""

    day: date
    past: bool
    today: bool
    count: int = 0
    address: str = ""


def day_mark(day: date) -> str:
    """The name of a day within a page: `day-2026-03-12`."""
    return f"day-{day.isoformat()}"


def weeks_of(items: Iterable[EventView], *, today: date, zone: ZoneInfo) -> list[Week]:
    """The events by week and day, from the present one on. One that is under way counts today."""
    days: dict[date, list[EventView]] = {}
    for item in items:
        days.setdefault(max(item.event.starts_at.astimezone(zone).date(), today), []).append(item)
    weeks: dict[date, list[DayOfEvents]] = {}
    before = 0
    for day, inside in sorted(days.items()):
        one = DayOfEvents(day, day == today, tuple(inside), below=before >= FILLS_A_SCREEN)
        weeks.setdefault(_monday(day), []).append(one)
        before += len(inside)
    return [Week(_week_title(first, _monday(today)), week_dates(first), tuple(days)) for first, days in weeks.items()]


def weeks_ahead(
    found: Sequence[ListedEvent], *, first: date, today: date, zone: ZoneInfo, address: Callable[[int, date], str]
) -> list[list[SmallDay]]:
    """Six weeks from that of `first` on. `found` is in order; `address` leads to a place in it and a day."""
    start = _monday(first)
    end = start + WEEKS_AHEAD * _WEEK
    counts: dict[date, int] = {}
    places: dict[date, int] = {}
    for place, event in enumerate(found):
        if event.starts_at is None:
            continue
        day = max(event.starts_at.astimezone(zone).date(), today)
        if day >= end:
            break
        counts[day] = counts.get(day, 0) + 1
        places.setdefault(day, place)
    squares = [
        SmallDay(
            day,
            past=day < today,
            today=day == today,
            count=counts.get(day, 0),
            address=address(places[day], day) if day in places else "",
        )
        for day in (start + at * _DAY for at in range(WEEKS_AHEAD * 7))
    ]
    return [squares[at : at + 7] for at in range(0, len(squares), 7)]


def week_dates(first: date) -> str:
    """« 9 – 15 mars », « 30 mars – 5 avril »."""
    last = first + _WEEK - _DAY
    if first.month == last.month:
        return f"{first.day} – {dates.short_day(last, language=language())}"
    return f"{dates.short_day(first, language=language())} – {dates.short_day(last, language=language())}"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week_title(first: date, monday: date) -> str:
    if first == monday:
        return translated("Cette semaine")
    if first == monday + _WEEK:
        return translated("La semaine prochaine")
    day = dates.short_day(first, language=language())
    return translated("Semaine du %(day)s") % {"day": day}
