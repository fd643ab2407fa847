"""By when the hours that a lot still lacks are due: pure. Each target asks for its own, the end for the rest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from alpes_events.clause.board.pace import Target
from alpes_events.clause.months import last_day


@dataclass(frozen=True)
class Due:
    """So many minutes that nobody is to do yet, to be done by the end of a day (None: by the end of the lot)."""

    by: date | None
    minutes: int


@dataclass(frozen=True)
class Taken:
    """Minutes that somebody did or is to do: `done` (validated or declared), `planned` by month to come, and
    `proposed`, each from its first day (None: not said) to its last.
    """

    done: int = 0
    planned: Mapping[date, int] = field(default_factory=dict)
    proposed: Sequence[tuple[date | None, date | None, int]] = ()

    @property
    def whole(self) -> int:
        """All of them."""
        return self.done + sum(self.planned.values()) + sum(minutes for *_days, minutes in self.proposed)

    def by(self, day: date) -> int:
        """What of them is done by the end of a day, in whole minutes (downwards)."""
        months = sum(_share(minutes, month, last_day(month), day) for month, minutes in self.planned.items())
        return self.done + months + sum(_share(minutes, first, last, day) for first, last, minutes in self.proposed)


def dues_of(
    owed: int, taken: Taken, targets: Iterable[Target], *, first: date, last: date | None, on: date
) -> tuple[Due, ...]:
    """What is due by each target to come, the earliest first, then by the end of the lot; their sum is all that lacks.

    What a target of the past still lacks is due by the next one.
    """
    lacks, before = max(0, owed - taken.whole), 0
    dues = []
    for one in sorted(targets):
        if not first <= one.due_on or one.due_on < on or (last is not None and one.due_on >= last):
            continue
        by_then = min(lacks, min(one.minutes, owed) - taken.by(one.due_on))
        if by_then > before:
            dues.append(Due(one.due_on, by_then - before))
            before = by_then
    return (*dues, Due(None, lacks - before)) if lacks > before else tuple(dues)


def _share(minutes: int, first: date | None, last: date | None, day: date) -> int:
    """The part of minutes spread over [`first`, `last`] that falls by the end of a day."""
    if first is None or last is None or day >= last:
        return minutes
    days, passed = (last - first) // timedelta(days=1) + 1, (day - first) // timedelta(days=1) + 1
    return max(0, minutes * passed // days)
