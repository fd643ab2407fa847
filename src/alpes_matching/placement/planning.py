"""A plan of placements: the most hours due met in time, by urgency, then the better fit; proved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from alpes_matching.placement.asked import Asked, Stint
from alpes_matching.placement.fitting import fitted
from alpes_matching.placement.grid import Grid, Whole, grid_of
from alpes_matching.placement.network import Progress, Watch, served, ways_of
from alpes_matching.placement.refused import Refused, sound
from alpes_matching.placement.sequence import stints
from alpes_matching.wording import N_


class Shortage(StrEnum):
    """Why a lot does not get all its hours: the first that holds."""

    NOBODY = "nobody"
    TOO_FEW_HOURS = "too_few_hours"
    ELSEWHERE = "elsewhere"


SHORTAGES: Mapping[Shortage, str] = {
    Shortage.NOBODY: N_("Personne d’éligible n’est disponible dans les semaines de ce lot."),
    Shortage.TOO_FEW_HOURS: N_("Toutes les personnes éligibles ensemble n’ont pas assez d’heures dans ses semaines."),
    Shortage.ELSEWHERE: N_("Les personnes éligibles sont prises par d’autres lots, aussi urgents ou plus."),
}
"""Each shortage in a French sentence."""


@dataclass(frozen=True)
class Served:
    """What one lot gets, in minutes, pins counted: what it owes, what is planned, and what eligible people could give
    it at most if they gave it everything.
    """

    lot: str
    due: int
    reached: int
    available: int
    shortage: Shortage | None = None


@dataclass(frozen=True)
class Plan:
    """Stints by person and week, what each lot gets, and what was left out. `credited` and `bound` are minutes weighed
    by urgency, pins counted; `bound` is what no plan can pass, None when the search was stopped before it was known.
    """

    stints: tuple[Stint, ...]
    lots: tuple[Served, ...]
    refused: tuple[Refused, ...]
    credited: int
    bound: int | None

    @property
    def gap(self) -> float | None:
        """How far the plan may be from the best, as a share of the bound in [0, 1]; None without a bound."""
        return None if self.bound is None else 1 - self.credited / self.bound if self.bound else 0.0


def plan(asked: Asked, *, watch: Watch | None = None) -> Plan:
    """Place people on lots so that most of the hours due are met in time, weighed by urgency; then for the better fit.

    A person works on one lot at a time, no more minutes in a week and in all than they can; a lot is credited no more
    than it owes. What cannot be planned as asked is in `refused`. The same question gives the same plan in whatever
    order it lists things. `watch` is shown the progress and may stop there by True.
    """
    question, refused = sound(asked)
    if not question.lots:
        return Plan(tuple(sorted(question.pinned)), (), refused, 0, 0)
    grid, stopped = grid_of(question), False

    def look(progress: Progress) -> bool:
        nonlocal stopped
        stopped = watch is not None and watch(progress) and progress.done < 1
        return stopped

    ways = ways_of(grid)
    network = served(grid, ways, look)
    reached = network.reached
    minutes = network.minutes if stopped else fitted(grid, ways, network.minutes, reached)
    held = _pinned_minutes(grid)
    lots = tuple(_served(grid, reached, held))
    credited = sum(lot.urgency * min(one.due, one.reached) for lot, one in zip(question.lots, lots, strict=True))
    planned = tuple(sorted([*question.pinned, *stints(grid, ways, minutes)]))
    return Plan(planned, lots, refused, credited, None if stopped else credited)


def _pinned_minutes(grid: Grid) -> Whole:
    given = np.zeros(len(grid.due), np.int64)
    numbers = {lot.key: number for number, lot in enumerate(grid.asked.lots)}
    for pin in grid.asked.pinned:
        given[numbers[pin.lot]] += pin.minutes
    return given


def _served(grid: Grid, reached: Whole, held: Whole) -> Iterator[Served]:
    available = held.copy()
    for number, own in enumerate(grid.pairs):
        hours = np.minimum(grid.open(own).sum(axis=1) * grid.weekly[number], grid.most[number])
        np.add.at(available, grid.lot_of[own], hours)
    for number, lot in enumerate(grid.asked.lots):
        got, most = int(reached[number] + held[number]), int(available[number])
        shortage = None if got >= lot.due else _shortage(lot.due, most)
        yield Served(lot.key, lot.due, got, most, shortage)


def _shortage(due: int, most: int) -> Shortage:
    if not most:
        return Shortage.NOBODY
    return Shortage.TOO_FEW_HOURS if most < due else Shortage.ELSEWHERE
