"""Where a lot should be on a day, and when it will be done at its present pace: pure.

The target line goes straight from nothing, on the eve of the first day, through each intermediate target to all that
is owed on the last day. A lot without a last day has no line behind its last target.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from alpes_events.clause.months import last_day, month_of, months_between

PACE_MONTHS = 3
_MONTHS_A_YEAR, _DAYS_A_YEAR = 12, 365
_FURTHEST = 100 * _DAYS_A_YEAR
"""Days: an end that is further away than a century is no end."""


@dataclass(frozen=True, order=True)
class Target:
    """So many minutes validated by the end of a day."""

    due_on: date
    minutes: int


def target_line(committed: int, targets: Iterable[Target], *, first: date, last: date | None) -> tuple[Target, ...]:
    """The corners of the line, by day, the first at nothing. Only one corner: nothing says how far one should be. A
    target above what is owed (an amendment took hours away since) asks for no more than that.
    """
    begin = Target(first - timedelta(days=1), 0)
    inside = [one for one in sorted(targets) if begin.due_on < one.due_on and (last is None or one.due_on < last)]
    inner = [Target(one.due_on, min(one.minutes, committed)) for one in inside]
    end = [Target(last, committed)] if last is not None and committed else []
    return (begin, *inner, *end)


def target_on(line: Sequence[Target], day: date) -> int | None:
    """What should be validated by the end of a day, in whole minutes (downwards); None where the line does not say."""
    if len(line) == 1 or day < line[0].due_on:
        return None if len(line) == 1 else 0
    for before, after in pairwise(line):
        if day <= after.due_on:
            days, passed = (after.due_on - before.due_on).days, (day - before.due_on).days
            return before.minutes + (after.minutes - before.minutes) * passed // days
    return line[-1].minutes


def monthly_pace(validated: Mapping[date, int], *, today: date) -> tuple[int, int] | None:
    """Minutes and months: those of the last three complete months in which hours were done (fewer while there are
    fewer). None without hours.
    """
    worked = sorted(month for month, minutes in validated.items() if minutes > 0 and month < month_of(today))
    latest = worked[-PACE_MONTHS:]
    return (sum(validated[month] for month in latest), len(latest)) if latest else None


def projected_end(remaining: int, pace: tuple[int, int] | None, *, today: date) -> date | None:
    """The day on which nothing remains if it goes on like that; None: not known, or not within a century."""
    if pace is None or remaining <= 0:
        return None
    minutes, months = pace
    days = -(-remaining * months * _DAYS_A_YEAR // (minutes * _MONTHS_A_YEAR))
    return today + timedelta(days=days) if days <= _FURTHEST else None


def cumulated(by_month: Mapping[date, int], *, first: date, until: date) -> list[Target]:
    """The sums at the end of each month, from that of `first` to that of `until`; earlier hours are in the first."""
    running, sums = sum(minutes for month, minutes in by_month.items() if month < month_of(first)), []
    for month in months_between(first, until):
        running += by_month.get(month, 0)
        sums.append(Target(last_day(month), running))
    return sums
