"""Who sits where while a timetable is made, and the one move that makes it: an exhibitor's interviews placed anew.

With all the rest standing still, placing the interviews of one exhibitor is an assignment whose costs add up exactly,
for each person appears there once at most. The same move chooses among its wishes when it may leave some unmet.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from alpes_matching.timetable.choosing import Frame, worth_of
from alpes_matching.timetable.grid import NEVER, Grid, Truth, Whole
from alpes_matching.timetable.pinning import Pinned

Cost = NDArray[np.float64]

NOWHERE = -1
_FORBIDDEN = 1e9
"""Dearer than anything that a wish is worth."""


class Seating:
    """A timetable in the making: `seat[w]` is where wish w is met, or `NOWHERE`; `picked[w]`, that it should be."""

    def __init__(self, grid: Grid, frame: Frame, held: tuple[Pinned, ...], open_to: Truth) -> None:
        self.grid, self.worth, self.most, self.had = grid, frame.worth, frame.most, frame.had
        self.picked = np.zeros(len(grid.day.wishes), bool)
        self.seat = np.full(len(grid.day.wishes), NOWHERE, np.int64)
        self.count = self.had.copy()
        self.open_to = open_to
        self._column = np.zeros(len(self.seat), np.int64)
        widest = max((len(wishes) for wishes in grid.wishes_of_person), default=0)
        for wishes in grid.wishes_of_person:
            self._column[wishes] = np.arange(len(wishes))
        width = widest + int(self.had.max(initial=0))
        people = len(grid.day.people)
        self._starts = np.full((people, width), NEVER, np.int64)
        self._ends = np.full((people, width), -NEVER, np.int64)
        self._halls = np.zeros((people, width), np.int64)
        at = np.full(people, widest)
        self._held = [one for one in held if one.seat >= 0]
        for one in self._held:
            spot = (one.person, at[one.person])
            self._starts[spot], self._ends[spot] = grid.seat_start[one.seat], grid.seat_end[one.seat]
            self._halls[spot] = grid.seat_hall[one.seat]
            at[one.person] += 1
        self._taken = np.zeros(len(grid.seat_start), bool)
        self._taken[[one.seat for one in self._held]] = True
        self._minutes = np.concatenate([[0], np.cumsum(grid.seat_end - grid.seat_start)])

    def stuck(self) -> Whole:
        """The wishes that should be met and have no seat."""
        return np.flatnonzero(self.picked & (self.seat == NOWHERE))

    def met(self) -> Truth:
        """The wishes that have a seat."""
        seated: Truth = self.seat != NOWHERE
        return seated

    def interviews(self) -> tuple[Whole, Whole]:
        """The person and the seat of each interview, pins and what was held among them."""
        met = np.flatnonzero(self.met())
        held = np.array([(one.person, one.seat) for one in self._held], np.int64).reshape(-1, 2)
        return (
            np.concatenate([held[:, 0], self.grid.person_of[met]]),
            np.concatenate([held[:, 1], self.seat[met]]),
        )

    def person_idle(self) -> int:
        """Minutes that people wait between their interviews, the walks counted in."""
        first, last = self._starts.min(axis=1, initial=NEVER), self._ends.max(axis=1, initial=-NEVER)
        there = first < NEVER
        busy = np.where(self._starts < NEVER, self._ends - self._starts, 0).sum(axis=1)
        return int((last - first - busy)[there].sum())

    def table_idle(self, exhibitor: int, seats: Whole) -> int:
        """Minutes that the tables of an exhibitor stand empty between the first and the last of these seats."""
        own = self.grid.seats_of[exhibitor]
        return self._idle(np.sort(np.concatenate([seats, np.flatnonzero(self._taken[own]) + own.start])))

    def tables_idle(self) -> int:
        """The same for all, with the seats of now."""
        return self._idle(np.unique(self.interviews()[1]))

    def _idle(self, used: Whole) -> int:
        table = self.grid.seat_table[used]
        between = self._minutes[used[1:]] - self._minutes[used[:-1] + 1]
        return int(between[table[1:] == table[:-1]].sum())

    def in_use(self, exhibitor: int) -> Whole:
        """The seats of the exhibitor where wishes are met."""
        seats = self.seat[self.grid.wishes_of_exhibitor[exhibitor]]
        used: Whole = seats[seats != NOWHERE]
        return used

    def costs(self, exhibitor: int, wishes: Whole) -> Cost:
        """What each wish costs at each seat of the exhibitor: minutes more that its person waits, or forbidden."""
        grid = self.grid
        seats = grid.seats_of[exhibitor]
        start, end, hall = grid.seat_start[seats], grid.seat_end[seats], grid.seat_hall[seats]
        people, own = grid.person_of[wishes], (np.arange(len(wishes)), self._column[wishes])
        starts, ends = self._starts[people], self._ends[people]
        starts[own], ends[own] = NEVER, -NEVER
        reach = grid.walk[self._halls[people][:, :, None], hall[None, None, :]] if grid.walk.any() else 0
        apart = (start[None, None, :] >= ends[:, :, None] + reach) | (starts[:, :, None] >= end[None, None, :] + reach)
        first, last = starts.min(axis=1)[:, None], ends.max(axis=1)[:, None]
        wait = np.maximum(last, end) - np.minimum(first, start) - (last - first) - (end - start)
        cost = np.where(first < NEVER, wait, 0).astype(np.float64)
        fits = self.open_to[grid.place_from[wishes][:, None] + np.arange(len(start))]
        cost[~(apart.all(axis=1) & fits)] = _FORBIDDEN
        return cost

    def place(self, exhibitor: int, noise: Cost) -> None:
        """Place the exhibitor's picked wishes anew, as many as go, with the least waiting under this noise."""
        wishes = self.grid.wishes_of_exhibitor[exhibitor]
        wishes = wishes[self.picked[wishes]]
        if not len(wishes):
            return
        cost = self.costs(exhibitor, wishes)
        columns = assigned(cost + noise[: len(wishes), : cost.shape[1]])
        self.sit(wishes, np.where(columns >= 0, columns + self.grid.seats_of[exhibitor].start, NOWHERE))

    def choose_again(self, exhibitor: int, noise: Cost) -> None:
        """Choose anew which of the exhibitor's wishes are met, and where: worth first, then waiting."""
        grid = self.grid
        wishes = grid.wishes_of_exhibitor[exhibitor]
        if not len(wishes):
            return
        people = grid.person_of[wishes]
        others = self.count[people] - (self.seat[wishes] != NOWHERE)
        worth = np.where(others < self.most[people], self.worth.of(others) + grid.weight[wishes], 0)
        cost = self.costs(exhibitor, wishes)
        seats = cost.shape[1]
        without = np.full((len(wishes), len(wishes)), _FORBIDDEN)
        np.fill_diagonal(without, worth)
        small = 1 / (1 + 4 * NEVER)  # all the waiting at an exhibitor is worth less than one point
        cost = np.where(cost >= _FORBIDDEN, _FORBIDDEN, (cost + noise[: len(wishes), :seats]) * small)
        cost[others >= self.most[people]] = _FORBIDDEN
        columns = assigned(np.hstack([cost, without]))
        placed = (columns >= 0) & (columns < seats)
        self.sit(wishes, np.where(placed, columns + grid.seats_of[exhibitor].start, NOWHERE))
        self.picked[wishes] = placed

    def sit(self, wishes: Whole, seats: Whole) -> None:
        """Put these wishes there, or nowhere."""
        grid = self.grid
        people, columns = grid.person_of[wishes], self._column[wishes]
        placed = seats != NOWHERE
        np.add.at(self.count, people, placed.astype(np.int64) - (self.seat[wishes] != NOWHERE))
        self.seat[wishes] = seats
        self._starts[people, columns] = np.where(placed, grid.seat_start[seats], NEVER)
        self._ends[people, columns] = np.where(placed, grid.seat_end[seats], -NEVER)
        self._halls[people, columns] = np.where(placed, grid.seat_hall[seats], 0)

    def has_room(self, exhibitor: int) -> bool:
        """Whether the exhibitor has a seat where nobody sits and somebody could."""
        seats, wishes = self.grid.seats_of[exhibitor], self.grid.wishes_of_exhibitor[exhibitor]
        places = self.grid.place_from[wishes][:, None] + np.arange(seats.stop - seats.start)
        free = np.ones(seats.stop - seats.start, bool)
        free[self.in_use(exhibitor) - seats.start] = False
        return bool((self.open_to[places] & free).any())

    def place_free(self, wish: int) -> bool:
        """Seat one wish where nobody sits, with the least waiting; whether there was such a seat."""
        exhibitor = int(self.grid.exhibitor_of[wish])
        cost = self.costs(exhibitor, np.array([wish]))[0]
        seats = self.grid.seats_of[exhibitor]
        cost[self.in_use(exhibitor) - seats.start] = _FORBIDDEN
        best = int(np.argmin(cost))
        if cost[best] >= _FORBIDDEN:
            return False
        self.sit(np.array([wish]), np.array([seats.start + best]))
        self.picked[wish] = True
        return True

    def is_open(self, wish: int, seat: int) -> bool:
        """Whether that is a seat of the wish's exhibitor which hours and pins leave to its person."""
        seats = self.grid.seats_of[int(self.grid.exhibitor_of[wish])]
        place = self.grid.place_from[wish] + seat - seats.start
        return seats.start <= seat < seats.stop and bool(self.open_to[place])

    def restore(self, seats: Whole) -> None:
        """Put every wish there, and want just those."""
        changed = np.flatnonzero(seats != self.seat)
        self.sit(changed, seats[changed])
        self.picked = self.met()

    def total_worth(self) -> int:
        """What the wishes met are worth."""
        return worth_of(self.grid, self.met(), self.had, self.worth)

    def try_seats(self, seats: Whole) -> bool:
        """Put every wish there if that is worth more than now."""
        before, worth = self.seat.copy(), self.total_worth()
        self.restore(seats)
        if self.total_worth() > worth:
            return True
        self.restore(before)
        return False


def assigned(cost: Cost) -> Whole:
    """The column of each row in the cheapest assignment; `NOWHERE` for a row that finds only forbidden ones."""
    rows, columns = linear_sum_assignment(cost)
    found = np.full(len(cost), NOWHERE, np.int64)
    allowed = cost[rows, columns] < _FORBIDDEN / 2
    found[rows[allowed]] = columns[allowed]
    return found
