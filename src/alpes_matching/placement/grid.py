"""The question as arrays: pairs of a person and a lot that fit, and the weeks that both have."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alpes_matching.placement.refused import Sound, all_weeks

Whole = NDArray[np.int64]
Truth = NDArray[np.bool_]
Amount = NDArray[np.float64]


@dataclass(frozen=True)
class Grid:
    """Pairs in the order of person and lot: those of person p are `pairs[p]`. `open[pair, week]`: both are there then.

    `due` and `most` are what the pins leave, `free[p, week]` the weeks that they leave. Weeks count from `first`.
    """

    asked: Sound
    first: int
    due: Whole
    urgency: Whole
    weekly: Whole
    most: Whole
    free: Truth
    lot_open: Truth
    person_of: Whole
    lot_of: Whole
    score: Whole
    pairs: tuple[slice, ...]

    @property
    def week_count(self) -> int:
        """How many weeks there are."""
        return int(self.free.shape[1])

    def open(self, pairs: slice) -> Truth:
        """The weeks that these pairs have, one row for each."""
        found: Truth = self.lot_open[self.lot_of[pairs]] & self.free[self.person_of[pairs]]
        return found


def grid_of(asked: Sound) -> Grid:
    """The arrays of a sound question with at least one lot."""
    span = all_weeks(asked)
    count = span.end - span.start
    lots = {lot.key: number for number, lot in enumerate(asked.lots)}
    people = {person.key: number for number, person in enumerate(asked.people)}
    weeks = np.arange(span.start, span.end)
    free = np.zeros((len(people), count), bool)
    for number, person in enumerate(asked.people):
        for one in person.weeks:
            free[number] |= (weeks >= one.start) & (weeks < one.end)
    due = np.array([lot.due for lot in asked.lots], np.int64)
    most = np.array([person.most for person in asked.people], np.int64)
    for pin in asked.pinned:
        due[lots[pin.lot]] = max(0, due[lots[pin.lot]] - pin.minutes)
        most[people[pin.person]] -= pin.minutes
        free[people[pin.person], pin.start - span.start : pin.end - span.start] = False
    person_of = np.array([people[fit.person] for fit in asked.fits], np.int64)
    edges = np.searchsorted(person_of, np.arange(len(people) + 1))
    return Grid(
        asked=asked,
        first=span.start,
        due=due,
        urgency=np.array([lot.urgency for lot in asked.lots], np.int64),
        weekly=np.array([person.weekly for person in asked.people], np.int64),
        most=most,
        free=free,
        lot_open=np.array([(weeks >= lot.weeks.start) & (weeks < lot.weeks.end) for lot in asked.lots], bool),
        person_of=person_of,
        lot_of=np.array([lots[fit.lot] for fit in asked.fits], np.int64),
        score=np.array([fit.score for fit in asked.fits], np.int64),
        pairs=tuple(slice(int(edges[n]), int(edges[n + 1])) for n in range(len(people))),
    )
