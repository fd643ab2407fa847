"""Hours as people write and read them: whole minutes inside, « 151 h 40 » outside. Pure."""

import re
from decimal import ROUND_HALF_UP, Decimal

MINUTES_PER_HOUR = 60
FTE_HOURS = 1600
"""Hours of work in a year that count as one full-time equivalent (facilitators' national figures)."""
FULL_MONTH = 151 * 60 + 40
"""A month of work at 35 hours a week: 151.67 hours. More is overtime."""
LONGEST_MONTH = 31 * 24 * 60
"""No month has more minutes."""

_CLOCK = re.compile(r"(\d{1,5})\s*(?::|h|H)\s*([0-5]?\d)?(?:\s*(?:min|mn|m))?")
_DECIMAL = re.compile(r"(\d{1,6})(?:[.,](\d{1,4}))?\s*(?:h|H|heures?)?")
_THOUSANDS = re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))")


class NotHoursError(ValueError):
    """A text that says no duration."""


def minutes_of(text: str) -> int:
    """The whole minutes of `12,5`, `12.50`, `12:30`, `12h30`, `12 h` or `1 234,5`; halves of a minute go up.

    Raises `NotHoursError` for anything else, and for what is negative.
    """
    plain = _THOUSANDS.sub("", text.strip())
    if clock := _CLOCK.fullmatch(plain):
        return int(clock[1]) * MINUTES_PER_HOUR + int(clock[2] or 0)
    if decimal := _DECIMAL.fullmatch(plain):
        hours = Decimal(f"{decimal[1]}.{decimal[2] or 0}")
        return int((hours * MINUTES_PER_HOUR).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    raise NotHoursError(text)


def in_hours(minutes: int) -> str:
    """« 151 h 40 », « 7 h », « −2 h 05 », with thin blanks between thousands and none to break a line."""
    sign, whole = ("−" if minutes < 0 else ""), abs(minutes)
    hours = f"{whole // MINUTES_PER_HOUR:,}".replace(",", "\u202f")
    rest = whole % MINUTES_PER_HOUR
    return f"{sign}{hours}\u00a0h" + (f"\u00a0{rest:02d}" if rest else "")


def full_time_equivalents(minutes: int) -> Decimal:
    """Full-time equivalents at 1,600 hours, to two places, halves up."""
    return (Decimal(minutes) / (FTE_HOURS * MINUTES_PER_HOUR)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
