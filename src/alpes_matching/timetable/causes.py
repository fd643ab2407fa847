"""Why a wish found no interview."""

import numpy as np

from alpes_matching.timetable.grid import Truth
from alpes_matching.timetable.made import Cause, Unmet
from alpes_matching.timetable.pinning import Pinned, apart_from
from alpes_matching.timetable.seating import NOWHERE, Seating


def unmet(seating: Seating, held: tuple[Pinned, ...]) -> tuple[Unmet, ...]:
    """Every wish without a seat, and the first cause that holds."""
    grid = seating.grid
    pairs = {(one.person, one.exhibitor) for one in held}
    taken = np.zeros(len(grid.seat_start), bool)
    taken[seating.seat[seating.met()]] = True
    taken[[one.seat for one in held if one.seat >= 0]] = True
    own: dict[int, list[int]] = {}
    for one in (one for one in held if one.seat >= 0):
        own.setdefault(one.person, []).append(one.seat)
    for wish in np.flatnonzero(seating.met()):
        own.setdefault(int(grid.person_of[wish]), []).append(int(seating.seat[wish]))
    return tuple(
        Unmet(grid.day.wishes[wish], _cause(seating, int(wish), taken, own.get(int(grid.person_of[wish]), [])))
        for wish in np.flatnonzero(seating.seat == NOWHERE)
        if (int(grid.person_of[wish]), int(grid.exhibitor_of[wish])) not in pairs
    )


def _cause(seating: Seating, wish: int, taken: Truth, own: list[int]) -> Cause:
    grid = seating.grid
    seats = grid.seats_of[int(grid.exhibitor_of[wish])]
    common = grid.fits[wish]
    if not common.any():
        return Cause.NO_COMMON_SLOT
    if seating.count[grid.person_of[wish]] >= grid.most[grid.person_of[wish]]:
        return Cause.AT_MOST
    apart = common.copy()
    for seat in own:
        apart &= apart_from(grid, seats, seat)
    if not apart.any():
        return Cause.HOURS_FULL
    if not (common & ~taken[seats]).any():
        return Cause.EXHIBITOR_FULL
    return Cause.TIMES_CLASH if not (apart & ~taken[seats]).any() else Cause.EXHIBITOR_FULL
