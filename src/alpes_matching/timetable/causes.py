"""Why a wish found no interview."""

import numpy as np

from alpes_matching.timetable.made import Cause, Unmet
from alpes_matching.timetable.pinning import Pinned, beside, free_of
from alpes_matching.timetable.seating import NOWHERE, Seating


def unmet(seating: Seating, held: tuple[Pinned, ...]) -> tuple[Unmet, ...]:
    """Every wish without a seat, and the first cause that holds."""
    grid = seating.grid
    people, seats = seating.interviews()
    free = free_of(grid, seats)
    apart = grid.fits & beside(grid, people, seats)
    holding = {
        Cause.NO_COMMON_SLOT: ~grid.having(grid.fits),
        Cause.AT_MOST: (seating.count >= grid.most)[grid.person_of],
        Cause.HOURS_FULL: ~grid.having(apart),
        Cause.EXHIBITOR_FULL: ~grid.having(grid.fits & free),
        Cause.TIMES_CLASH: ~grid.having(apart & free),
    }
    causes = [*holding, Cause.EXHIBITOR_FULL]
    first = np.argmax([*holding.values(), seating.seat == NOWHERE], axis=0)
    pairs = {(one.person, one.exhibitor) for one in held}
    return tuple(
        Unmet(grid.day.wishes[wish], causes[first[wish]])
        for wish in np.flatnonzero(seating.seat == NOWHERE)
        if (int(grid.person_of[wish]), int(grid.exhibitor_of[wish])) not in pairs
    )
