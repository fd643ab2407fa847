"""Weeks of a plan, counted from a Monday: pure. A week is its five working days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from alpes_matching.placement import Weeks

_WEEK = timedelta(days=7)
_TO_FRIDAY = timedelta(days=4)


@dataclass(frozen=True)
class Calendar:
    """Weeks 0 to `count` from `origin`, a Monday."""

    origin: date
    count: int

    @property
    def whole(self) -> Weeks:
        """All of them."""
        return Weeks(0, self.count)

    def monday(self, week: int) -> date:
        """The first day of a week."""
        return self.origin + week * _WEEK

    def within(self, first: date, last: date | None) -> Weeks:
        """The weeks whose working days all lie in [`first`, `last`]; `last` None: no end."""
        start = max(0, -(-(first - self.origin).days // 7))
        end = self.count if last is None else (last - _TO_FRIDAY - self.origin).days // 7 + 1
        return Weeks(min(start, self.count), max(min(start, self.count), min(end, self.count)))

    def touched(self, first: date | None, last: date | None) -> Weeks:
        """The weeks of which a working day lies in [`first`, `last`]; None: no end on that side."""
        start = 0 if first is None else -(-(first - _TO_FRIDAY - self.origin).days // 7)
        end = self.count if last is None else (last - self.origin).days // 7 + 1
        start = min(max(0, start), self.count)
        return Weeks(start, max(start, min(max(0, end), self.count)))


def next_monday(day: date) -> date:
    """The day itself when it is a Monday, else the next one."""
    return day + timedelta(days=-day.weekday() % 7)


def without(span: Weeks, taken: Iterable[Weeks]) -> tuple[Weeks, ...]:
    """What is left of a span."""
    left, start = [], span.start
    for one in sorted(taken):
        if one.end <= start or one.start >= span.end:
            continue
        if one.start > start:
            left.append(Weeks(start, one.start))
        start = max(start, one.end)
    if start < span.end:
        left.append(Weeks(start, span.end))
    return tuple(left)
