"""The exact question for some wishes while all the rest stands still: a small integer program, solved by HiGHS.

Unlike the flow it knows that nobody is in two places at once, and that walking takes time. Without whole numbers it is
a bound; with them, on a few exhibitors around an unmet wish, it mends what the moves cannot.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import floor

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from alpes_matching.timetable.grid import Whole
from alpes_matching.timetable.pinning import left_by
from alpes_matching.timetable.seating import NOWHERE, Seating

Amount = NDArray[np.float64]

_SLACK = 1e-6
_ENOUGH = 0.5
_NEAR = 1e-2
_NODES, _GAP = 3, 0.004
_MOST_PLACES = 30_000
"""Pairs of a wish and a seat above which the program over the whole day is not written: it would take minutes."""


@dataclass
class _Rows:
    """Rows of « at most » over the columns."""

    row: list[int] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)

    def add(self, columns: Iterable[int], most: float, values: Iterable[float] | None = None) -> None:
        """One more row; without values each column counts once."""
        listed = list(columns)
        self.row += [len(self.most)] * len(listed)
        self.column += listed
        self.value += [1.0] * len(listed) if values is None else list(values)
        self.most.append(most)


@dataclass(frozen=True)
class Program:
    """Places (`wish[i]` at `seat[i]`) and what they and each person's levels are worth, in levels."""

    seating: Seating
    wish: Whole
    seat: Whole
    gain: Amount
    rows: csr_array
    most: Amount

    def relaxed(self, *, count_only: bool = False) -> "Relaxed | None":
        """The best choice when places may be taken in part: its value is a bound. None when the solver gives up."""
        if not len(self.wish):
            return Relaxed(0.0, np.zeros(0), np.zeros(0))
        gain = self.gain
        if count_only:
            gain = np.zeros_like(gain)
            gain[: len(self.wish)] = 1.0
        found = linprog(-gain, A_ub=self.rows, b_ub=self.most, bounds=(0, 1), method="highs")
        return None if found.x is None else Relaxed(-float(found.fun), found.x, found.lower.marginals)

    def best(self, near: "Relaxed | None" = None) -> dict[int, int] | None:
        """The seat of each wish that is met in the best choice; None when the solver gives up.

        With `near`, among the choices that take what is whole in that relaxed one.
        """
        if not len(self.wish):
            return {}
        whole = np.zeros(len(self.gain))
        whole[: len(self.wish)] = 1
        least, most = np.zeros(len(self.gain)), np.ones(len(self.gain))
        if near is not None:
            least[: len(self.wish)] = near.taken[: len(self.wish)] > 1 - _SLACK
            most[: len(self.wish)] = (near.taken > _SLACK)[: len(self.wish)] | (near.loss < _NEAR)[: len(self.wish)]
        found = milp(
            -self.gain,
            integrality=whole,
            constraints=LinearConstraint(self.rows, -np.inf, self.most),
            bounds=Bounds(least, most),
            options={"node_limit": _NODES, "mip_rel_gap": _GAP},
        )
        if found.x is None:
            return None
        taken = np.flatnonzero(found.x[: len(self.wish)] > _ENOUGH)
        return {int(self.wish[place]): int(self.seat[place]) for place in taken}


@dataclass(frozen=True)
class Relaxed:
    """The value of a relaxed choice, in levels, and how much of each column it takes, and what taking
    more of it would lose.
    """

    value: float
    taken: Amount
    loss: Amount

    def rounded(self, level: int = 1) -> int:
        """The value in whole points, as a bound."""
        return floor(self.value * level + _SLACK * (level + abs(self.value)))


def program(seating: Seating, wishes: Whole, *, staying: bool = False) -> Program:
    """The program of these wishes; their seats now are free again, those of others are not.

    `staying` asks that those who are seated stay so, and where they are as far as they can.
    """
    grid = seating.grid
    others = np.setdiff1d(np.flatnonzero(seating.seat != NOWHERE), wishes)
    left = left_by(grid, grid.person_of[others], seating.seat[others]) & np.isin(grid.place_wish, wishes)
    wish, seat = grid.place_wish[seating.open_to & left], grid.place_seat[seating.open_to & left]
    places = list(zip(wish.tolist(), seat.tolist(), strict=True))
    rows = _Rows()
    by_wish, by_seat, by_person = defaultdict(list), defaultdict(list), defaultdict(list)
    for place, (one, where) in enumerate(places):
        by_wish[one].append(place)
        by_seat[where].append(place)
        by_person[int(grid.person_of[one])].append(place)
    for alone in (*by_wish.values(), *by_seat.values()):
        rows.add(alone, 1)
    gain = [float(grid.weight[one]) / seating.worth.level for one in wish]
    if staying:
        gain = [one + _stays(seating, place, len(wishes)) for one, place in zip(gain, places, strict=True)]
    for person, own in by_person.items():
        for clique in cliques(seating, seat[own]):
            rows.add((own[place] for place in clique), 1)
        had = int(seating.had[person]) + int((grid.person_of[others] == person).sum())
        _levels(seating, rows, gain, person, own, had)
    matrix = csr_array((rows.value, (rows.row, rows.column)), shape=(len(rows.most), len(gain)))
    return Program(seating, wish, seat, np.array(gain), matrix, np.array(rows.most))


def whole_day(seating: Seating) -> Program | None:
    """The program of all wishes; None when it is too large to be written."""
    every = np.arange(len(seating.seat))
    if not len(every) or int(seating.open_to.sum()) > _MOST_PLACES:
        return None
    return program(seating, every)


def _stays(seating: Seating, place: tuple[int, int], count: int) -> float:
    """That a wish keeps an interview is worth more than all levels of one person; that it keeps its seat, a little."""
    wish, seat = place
    now = int(seating.seat[wish])
    kept = 0.0 if now == NOWHERE else 2.0 + seating.worth.levels
    return kept + (1 / (2 + 2 * count) if seat == now else 0.0)


def _levels(seating: Seating, rows: _Rows, gain: list[float], person: int, own: list[int], had: int) -> None:
    """One column for each level that the person may still reach; they sum up to no more than the places taken."""
    levels = range(had, int(seating.most[person]))
    columns = list(range(len(gain), len(gain) + len(levels)))
    rows.add(own, len(levels))
    rows.add([*columns, *own], 0, [*[1.0] * len(columns), *[-1.0] * len(own)])
    gain += [float(seating.worth.of(level)) / seating.worth.level for level in levels]


def cliques(seating: Seating, seats: Whole) -> Iterator[list[int]]:
    """Sets of these seats of which one person can have one at most; each two that exclude each other are in one.

    Seats over one minute exclude each other; so do those over a minute here and over another one there, when the walk
    takes as long as lies between.
    """
    grid = seating.grid
    start, end, hall = grid.seat_start[seats], grid.seat_end[seats], grid.seat_hall[seats]
    halls = sorted({int(one) for one in hall})
    seen: set[tuple[int, ...]] = set()
    for here in halls:
        for at in sorted({int(one) for one in start[hall == here]}):
            now = (hall == here) & (start <= at) & (at < end)
            far = [there for there in halls if there != here and grid.walk[here, there]]
            found = [now] if not far else []
            for there in far:
                walk = int(grid.walk[here, there])
                starts = {int(one) for one in start[hall == there] if abs(one - at) <= walk}
                minutes = {*starts, at - walk, at + walk}
                found += [now | ((hall == there) & (start <= then) & (then < end)) for then in minutes]
            for members in found:
                clique = tuple(int(one) for one in np.flatnonzero(members))
                if len(clique) > 1 and clique not in seen:
                    seen.add(clique)
                    yield list(clique)
