"""Making a timetable: seats for the wishes the flow chose, then less waiting, sweep by sweep."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from alpes_matching.timetable.exact import whole_day
from alpes_matching.timetable.grid import Whole
from alpes_matching.timetable.mending import mend
from alpes_matching.timetable.pinning import left_by
from alpes_matching.timetable.seating import NOWHERE, Cost, Seating, assigned

_ROUNDS, _ALL_EVERY, _CHOOSING = 60, 5, 12
_HOT, _COLD = 2.0, 0.15
_WINDOWS = 3


@dataclass(frozen=True)
class Progress:
    """How far it is: wishes met of the bound, their worth of the bound, and the minutes waited by people and tables."""

    met: int
    bound_met: int
    worth: int
    bound_worth: int
    person_idle: int
    table_idle: int
    done: float


Watch = Callable[[Progress], bool]
"""Looks at the progress; True stops there, with the best timetable so far."""


@dataclass(frozen=True)
class Bound:
    """What no timetable of the day can pass: wishes met, and their worth, pins aside."""

    met: int
    worth: int


def make(seating: Seating, bound: Bound, *, sweeps: int, seed: int, watch: Watch | None = None) -> Bound:
    """Fill the seating; gives the bound, a better one where the flow's was not reached.

    The same seed gives the same timetable, whatever the machine and however busy it is.
    """
    chance = np.random.default_rng(seed)
    _seat(seating, chance)
    if len(seating.stuck()):
        _choose_again(seating, chance)
        bound = _exactly(seating, bound)
        mend(seating, bound.worth, chance)
    _tighten(seating, bound, chance, sweeps=sweeps, watch=watch)
    return bound


def fill(seating: Seating) -> None:
    """Give free seats to wishes that wait, those of people with fewest interviews first, then the dearest."""
    grid = seating.grid
    able = grid.having(seating.open_to & left_by(grid, *seating.interviews()))
    while True:
        waiting = np.flatnonzero(able & (seating.seat == NOWHERE) & (seating.count < seating.most)[grid.person_of])
        for wish in waiting[np.lexsort((-grid.weight[waiting], seating.count[grid.person_of[waiting]]))]:
            able[wish] = False  # once passed over, it never finds a seat: they only become fewer
            if seating.place_free(int(wish)):
                break
        else:
            return


def _exactly(seating: Seating, bound: Bound) -> Bound:
    """The bound of the relaxed program of the whole day when it is less, and the choice near it when worth more."""
    whole = whole_day(seating)
    if whole is None:
        return bound
    relaxed, counted = whole.relaxed(), whole.relaxed(count_only=True)
    if relaxed is None or counted is None:
        return bound
    bound = Bound(min(bound.met, counted.rounded()), min(bound.worth, relaxed.rounded(seating.worth.level)))
    found = whole.best(near=relaxed)
    if found is not None and seating.total_worth() < bound.worth:
        seating.try_seats(np.array([found.get(wish, NOWHERE) for wish in range(len(seating.seat))], np.int64))
    return bound


def _seat(seating: Seating, chance: np.random.Generator) -> None:
    """Exhibitors by load, the fullest first; then around those who are stuck, and every fifth round all."""
    grid = seating.grid
    loads = np.bincount(grid.exhibitor_of[seating.picked], minlength=len(grid.exhibitors))
    sizes = np.array([seats.stop - seats.start for seats in grid.seats_of])
    fullest = np.argsort(-loads / np.maximum(sizes, 1), kind="stable")
    best, kept = None, None
    for number in range(_ROUNDS):
        stuck = seating.stuck()
        if number and not len(stuck):
            return
        if number == 0 or number % _ALL_EVERY == 0:
            order = fullest if number == 0 else chance.permutation(fullest)
        else:
            order = np.array(list(_around(seating, stuck)), np.int64)
        for exhibitor in order:
            seating.place(int(exhibitor), noise(seating, int(exhibitor), chance, _HOT))
        if best is None or len(seating.stuck()) < best:
            best, kept = len(seating.stuck()), seating.seat.copy()
    if kept is not None and len(seating.stuck()) > (best or 0):
        seating.restore(kept)


def _around(seating: Seating, stuck: Whole) -> Iterator[int]:
    """The other exhibitors of the persons who are stuck, then those where they are stuck."""
    grid = seating.grid
    where = dict.fromkeys(int(grid.exhibitor_of[wish]) for wish in stuck)
    others = dict.fromkeys(
        int(grid.exhibitor_of[wish])
        for person in dict.fromkeys(int(grid.person_of[wish]) for wish in stuck)
        for wish in grid.wishes_of_person[person]
        if seating.picked[wish]
    )
    yield from (exhibitor for exhibitor in others if exhibitor not in where)
    yield from where


def _choose_again(seating: Seating, chance: np.random.Generator) -> None:
    """Where a wish finds no seat, choose again which wishes are met, exhibitor by exhibitor."""
    count = len(seating.grid.exhibitors)
    for _ in range(_CHOOSING):
        for exhibitor in chance.permutation(count):
            seating.choose_again(int(exhibitor), noise(seating, int(exhibitor), chance, _HOT))


def noise(seating: Seating, exhibitor: int, chance: np.random.Generator, heat: float) -> Cost:
    """A little chance for each wish and seat of the exhibitor, in slots of its tables."""
    seats = seating.grid.seats_of[exhibitor]
    size = (len(seating.grid.wishes_of_exhibitor[exhibitor]), seats.stop - seats.start)
    length = float(np.mean(seating.grid.seat_end[seats] - seating.grid.seat_start[seats]))
    return chance.random(size) * heat * length


def _tighten(seating: Seating, bound: Bound, chance: np.random.Generator, *, sweeps: int, watch: Watch | None) -> None:
    """Less waiting for people and tables; the best of all sweeps is kept, and none meets a wish less."""
    best, kept = _waiting(seating), seating.seat.copy()
    for sweep in range(sweeps):
        if best == (0, 0):
            break
        heat = _HOT * (_COLD / _HOT) ** (sweep / max(1, sweeps - 1))
        for exhibitor in chance.permutation(len(seating.grid.exhibitors)):
            _tighten_one(seating, int(exhibitor), chance, heat)
        now = _waiting(seating)
        if sum(now) < sum(best):
            best, kept = now, seating.seat.copy()
        if watch is not None and watch(_progress(seating, bound, best, (sweep + 1) / sweeps)):
            break
    seating.restore(kept)


def _waiting(seating: Seating) -> tuple[int, int]:
    return seating.person_idle(), seating.tables_idle()


def _progress(seating: Seating, bound: Bound, waiting: tuple[int, int], done: float) -> Progress:
    return Progress(int(seating.met().sum()), bound.met, seating.total_worth(), bound.worth, *waiting, done)


def _tighten_one(seating: Seating, exhibitor: int, chance: np.random.Generator, heat: float) -> None:
    """Place the interviews of one exhibitor anew within the window of its hours that waits least."""
    grid = seating.grid
    wishes = grid.wishes_of_exhibitor[exhibitor]
    wishes = wishes[seating.seat[wishes] != NOWHERE]
    if not len(wishes):
        return
    seats = grid.seats_of[exhibitor]
    cost = seating.costs(exhibitor, wishes)
    noisy = cost + noise(seating, exhibitor, chance, heat)[: len(wishes)]
    best: tuple[float, Whole] | None = None
    for window in _windows(seating, exhibitor, wishes, chance):
        columns = assigned(noisy[:, window])
        if (columns == NOWHERE).any():
            continue
        placed = window[columns]
        waits = float(noisy[np.arange(len(wishes)), placed].sum())
        total = waits + seating.table_idle(exhibitor, placed + seats.start)
        if best is None or total < best[0]:
            best = (total, placed)
    if best is not None:
        seating.sit(wishes, best[1] + seats.start)


def _windows(seating: Seating, exhibitor: int, wishes: Whole, chance: np.random.Generator) -> Iterator[Whole]:
    """Sets of the exhibitor's seats to try: its hours now, the same an interview shorter at either end, some short
    ones elsewhere, and all its seats.
    """
    grid = seating.grid
    seats = grid.seats_of[exhibitor]
    size, count = seats.stop - seats.start, len(wishes)
    yield np.arange(size)
    if size == count:
        return
    order = np.argsort(grid.seat_start[seats], kind="stable")
    place = np.empty(size, np.int64)
    place[order] = np.arange(size)
    used = place[seating.seat[wishes] - seats.start]
    first, last = int(used.min()), int(used.max()) + 1
    spans = [(first, last), (first + 1, last), (first, last - 1), (first - 1, last - 1), (first + 1, last + 1)]
    starts = chance.integers(0, size - count + 1, _WINDOWS)
    spare = chance.integers(0, min(size - count, 3) + 1, _WINDOWS)
    spans += [(start, start + count + more) for start, more in zip(starts.tolist(), spare.tolist(), strict=True)]
    for start, end in dict.fromkeys(spans):
        if start >= 0 and end <= size and end - start >= count:
            yield np.sort(order[start:end])
