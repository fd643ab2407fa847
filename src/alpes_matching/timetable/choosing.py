"""Which wishes to meet: most of them, fairly, then by rank and interest; and a bound that no timetable can pass.

Left aside that one person cannot be in two places at once, this is a flow, and its value a bound. The levels of a
person are worth less and less, each more than all ranks together: such a flow has the most interviews and the fairest
counts at once, for the counts that can be had form an integral polymatroid.

The flow is solved as an assignment: every wish takes a seat of its exhibitor, or one of its person's ways of going
without, of which the first costs least. SciPy solves it exactly (Jonker and Volgenant, sparse).
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching, min_weight_full_bipartite_matching

from alpes_matching.timetable.grid import Grid, Truth, Whole
from alpes_matching.timetable.pinning import Pinned


@dataclass(frozen=True)
class Worth:
    """What a person's next interview is worth: the first the most. `level` is more than all weights together."""

    level: int
    levels: int

    def of(self, had: int | Whole) -> Whole:
        """What one more interview is worth to who has had so many."""
        return self.level * np.maximum(1, self.levels - np.asarray(had, np.int64))


@dataclass(frozen=True)
class Frame:
    """What each person `had` already and can have at `most`, and what interviews are worth."""

    had: Whole
    most: Whole
    worth: Worth


@dataclass(frozen=True)
class Chosen:
    """The wishes that the flow meets (`met[w]`), and the bound: wishes met, and their worth."""

    frame: Frame
    met: Truth
    bound_met: int
    bound_worth: int


def frame(grid: Grid, held: tuple[Pinned, ...], most: Whole | None = None) -> Frame:
    """The frame in which wishes are chosen. `held` count among each person's interviews; they have as many at `most`
    as they want unless it is known better.
    """
    had = _had(grid, held)
    most = grid.most if most is None else most
    return Frame(had, most, Worth(level=1 + _best_weights(grid), levels=1 + int(most.max(initial=1))))


def choose(grid: Grid, held: tuple[Pinned, ...], open_to: Truth) -> Chosen:
    """Meet most wishes, fairly."""
    had = _had(grid, held)
    inside = frame(grid, held, had + _room(grid, open_to, grid.most - had))
    met = _assigned(grid, open_to, inside) if len(grid.day.wishes) else np.zeros(0, bool)
    return Chosen(inside, met, int(met.sum()), worth_of(grid, met, inside.had, inside.worth))


def _had(grid: Grid, held: tuple[Pinned, ...]) -> Whole:
    return np.bincount([one.person for one in held], minlength=len(grid.day.people)).astype(np.int64)


def worth_of(grid: Grid, met: Truth, had: Whole, worth: Worth) -> int:
    """What meeting these wishes is worth: the levels of each person and the weights of the wishes."""
    counts = np.bincount(grid.person_of[met], minlength=len(had))
    levels = sum(int(worth.of(had + level)[counts > level].sum()) for level in range(int(counts.max(initial=0))))
    return levels + int(grid.weight[met].sum())


def _best_weights(grid: Grid) -> int:
    """As much as the weights of all that can be met may come to."""
    order = np.lexsort((-grid.weight, grid.person_of))
    people = grid.person_of[order]
    place = np.arange(len(order)) - np.searchsorted(people, people)
    return int(grid.weight[order][place < grid.most[people]].sum())


def _room(grid: Grid, open_to: Truth, wanted: Whole) -> Whole:
    """How many more interviews each person can have at most: what they want, and what their hours and wishes hold."""
    room = np.zeros(len(grid.day.people), np.int64)
    can = grid.having(open_to)
    for person, wishes in enumerate(grid.wishes_of_person):
        possible = wishes[can[wishes]].tolist()
        most = min(len(possible), int(wanted[person]))
        room[person] = max(0, most) if most <= 1 else min(most, _apart(grid, open_to, possible))
    return room


def _apart(grid: Grid, open_to: Truth, wishes: list[int]) -> int:
    """An upper bound of the interviews that fit side by side: wishes matched to times, or times that do not overlap."""
    spans = []
    for wish in wishes:
        seats = grid.place_seat[grid.places(wish)][open_to[grid.places(wish)]]
        spans.append(set(zip(grid.seat_start[seats].tolist(), grid.seat_end[seats].tolist(), strict=True)))
    times = sorted(set().union(*spans), key=lambda span: (span[1], span[0]))
    fit, until = 0, None
    for start, end in times:
        if until is None or start >= until:
            fit, until = fit + 1, end
    if fit >= len(wishes):
        column = {span: number for number, span in enumerate(times)}
        pairs = [(row, column[span]) for row, own in enumerate(spans) for span in own]
        rows, columns = zip(*pairs, strict=True)
        graph = csr_array((np.ones(len(pairs), np.int8), (rows, columns)), shape=(len(wishes), len(times)))
        return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())
    return fit


def _assigned(grid: Grid, open_to: Truth, inside: Frame) -> Truth:
    """The wishes that take a seat in the cheapest full assignment of wishes to seats and ways of going without."""
    had, most, worth = inside.had, inside.most, inside.worth
    seat_count, count = len(grid.seat_start), len(grid.day.wishes)
    rows, columns = [grid.place_wish[open_to]], [grid.place_seat[open_to]]
    costs = [np.zeros(len(rows[0]), np.int64)]
    first = seat_count
    too_many = -2 * worth.level * (worth.levels + 2) - int(grid.weight.max())  # more than one path can bring
    for person, wishes in enumerate(grid.wishes_of_person):
        ways = np.arange(len(wishes))
        reached = had[person] + len(wishes) - 1 - ways  # interviews had before the one that this way gives up
        lost = np.where(reached < most[person], worth.of(reached), too_many)
        rows.append(np.repeat(wishes, len(ways)))
        columns.append(np.tile(first + ways, len(wishes)))
        costs.append(np.tile(lost, len(wishes)) + np.repeat(grid.weight[wishes], len(ways)))
        first += len(ways)
    cost = np.concatenate(costs)
    graph = csr_array(
        ((cost - cost.min() + 1).astype(np.float64), (np.concatenate(rows), np.concatenate(columns))),
        shape=(count, first),
    )
    row, column = min_weight_full_bipartite_matching(graph)
    met = np.zeros(count, bool)
    met[row] = column < seat_count
    return met
