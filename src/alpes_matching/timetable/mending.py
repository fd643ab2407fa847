"""Mending: around a wish that found no seat, a few exhibitors are arranged anew exactly."""

from collections import Counter

import numpy as np

from alpes_matching.timetable.exact import program
from alpes_matching.timetable.grid import Whole
from alpes_matching.timetable.seating import NOWHERE, Seating

_AROUND, _TRIES = 6, 120
_MOST_PLACES = 4_000


def mend(seating: Seating, bound: int, chance: np.random.Generator, *, tries: int = _TRIES) -> None:
    """Meet more by solving small parts exactly, until nothing more is gained in a round or the bound is less than half
    an interview away.
    """
    gained = True
    while gained and tries > 0:
        gained = False
        for wish in chance.permutation(_wanting(seating))[:tries]:
            if bound - seating.total_worth() < seating.worth.level // 2:
                return
            gained |= _around(seating, int(wish), chance)
            tries -= 1


def _wanting(seating: Seating) -> Whole:
    """The wishes unmet of people who could still have one more, those who have fewest first."""
    grid = seating.grid
    unmet = np.flatnonzero(seating.seat == NOWHERE)
    unmet = unmet[(seating.count < seating.most)[grid.person_of[unmet]]]
    few = seating.count[grid.person_of[unmet]]
    return unmet[np.argsort(few, kind="stable")]


def _around(seating: Seating, wish: int, chance: np.random.Generator) -> bool:
    """Arrange the exhibitors around this wish anew; whether that met more."""
    wishes = neighbours(seating, wish, chance)
    found = program(seating, wishes).best()
    if found is None:
        return False
    seats = seating.seat.copy()
    seats[wishes] = [found.get(int(one), NOWHERE) for one in wishes]
    return seating.try_seats(seats)


def neighbours(seating: Seating, wish: int, chance: np.random.Generator) -> Whole:
    """All wishes of the exhibitor, of those that its person meets, and of those met by whoever meets these."""
    grid = seating.grid
    first = int(grid.exhibitor_of[wish])
    own = [int(grid.exhibitor_of[one]) for one in grid.wishes_of_person[int(grid.person_of[wish])]]
    near: Counter[int] = Counter()
    for exhibitor in {first, *own}:
        for one in grid.wishes_of_exhibitor[exhibitor]:
            for other in grid.wishes_of_person[int(grid.person_of[one])]:
                near[int(grid.exhibitor_of[other])] += int(seating.seat[other] != NOWHERE)
    ranked = sorted(near, key=lambda one: (-near[one] * float(chance.random()), one))
    chosen = list(dict.fromkeys([first, *own, *ranked]))[:_AROUND]
    while len(chosen) > 1 and _places(seating, chosen) > _MOST_PLACES:
        chosen.pop()
    return np.sort(np.concatenate([grid.wishes_of_exhibitor[one] for one in chosen]))


def _places(seating: Seating, exhibitors: list[int]) -> int:
    wishes = np.isin(seating.grid.exhibitor_of, exhibitors)
    return int(seating.open_to[wishes[seating.grid.place_wish]].sum())
