"""Periods that figures are compiled for: a year, a month, or one event."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_

_FORM = re.compile(r"(?:(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2]))?|event:(?P<event>[1-9]\d{0,8}))\Z", re.ASCII)


class Grain(StrEnum):
    """The size of a period."""

    EVENT = "event"
    MONTH = "month"
    YEAR = "year"


class UnknownPeriod(BadInput):
    """A period written in no form that we know."""

    def __init__(self, *, text: str) -> None:
        super().__init__(
            N_("La période « %(period)s » n’est pas reconnue : écrivez une année (2023) ou un mois (2023-03)."),
            field="period",
            period=text[:40],
        )


@dataclass(frozen=True)
class Period:
    """A year, a month or an event, by its key: `2023`, `2023-03`, `event:12`."""

    key: str

    @property
    def grain(self) -> Grain:
        """Which size of period this is."""
        if self.key.startswith("event:"):
            return Grain.EVENT
        return Grain.YEAR if len(self.key) == len("2023") else Grain.MONTH

    @property
    def event_id(self) -> int | None:
        """The event, when the period is one."""
        return int(self.key.removeprefix("event:")) if self.grain is Grain.EVENT else None

    def days(self) -> tuple[date, date]:
        """The days `[first, after)` of a year or month."""
        first = date(int(self.key[:4]), int(self.key[5:7] or 1), 1)
        if self.grain is Grain.YEAR:
            return first, date(first.year + 1, 1, 1)
        return first, (first + timedelta(days=31)).replace(day=1)

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The instants `[from, until)` of a year or month as clocks in `zone` show them."""
        first, after = self.days()
        return _midnight(first, zone), _midnight(after, zone)


def period(text: str) -> Period:
    """The period that `text` names. Raises `UnknownPeriod`."""
    found = _FORM.match(text.strip())
    if found is None or found["year"] == "0000":
        raise UnknownPeriod(text=text)
    return Period(text.strip())


def of_event(event_id: int) -> Period:
    """The period that is one event."""
    return Period(f"event:{event_id}")


def months(year: int) -> Iterator[Period]:
    """The twelve months of a year."""
    return (Period(f"{year:04d}-{month:02d}") for month in range(1, 13))


def month_of(moment: datetime, zone: ZoneInfo) -> Period:
    """The month in which clocks in `zone` show `moment`."""
    return Period(f"{moment.astimezone(zone):%Y-%m}")


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
