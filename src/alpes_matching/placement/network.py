"""The hours of a plan as a flow: from each person, through their weeks, to the lots that they serve.

What a flow credits is worth as much as the lot's urgency whatever way it came, so that the best flow is found
greedily: the most urgent lots first, then the next, each time by the most that can be added without taking from those
before. That sum is the most that any plan can be credited: each step ends with a cut that no flow passes (Ford and
Fulkerson).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from alpes_matching.placement.grid import Grid, Whole

_WIDEST = 2**31 - 1
_TIERS = (7_500, 5_000, 2_500, 0)
"""Pairs that fit best are asked first: among flows of equal worth this takes most of the better ones."""


@dataclass(frozen=True)
class Progress:
    """How far it is: minutes credited so far, weighed by urgency, what all that is due would be, and the share done."""

    credited: int
    due: int
    done: float


Watch = Callable[[Progress], bool]
"""Looks at the progress; True stops there, with the plan so far."""


@dataclass(frozen=True)
class Run:
    """Weeks of one person, `[start, end)`, in which the same lots are open: those of `pairs`."""

    person: int
    start: int
    end: int
    pairs: Whole


def runs_of(grid: Grid) -> Iterator[Run]:
    """The runs of every person, in order."""
    for person, own in enumerate(grid.pairs):
        is_open = grid.open(own)
        if not is_open.size:
            continue
        edges = [0, *(np.flatnonzero((np.diff(is_open, axis=1)).any(axis=0)) + 1).tolist(), grid.week_count]
        for start, end in pairwise(edges):
            pairs = np.flatnonzero(is_open[:, start]) + own.start
            if len(pairs):
                yield Run(person, start, end, pairs)


@dataclass(frozen=True)
class Ways:
    """Every way of a run to a lot: `run[way]`, `pair[way]`; in order."""

    runs: tuple[Run, ...]
    run: Whole
    pair: Whole


def ways_of(grid: Grid) -> Ways:
    """All ways."""
    runs = tuple(runs_of(grid))
    sizes = [len(run.pairs) for run in runs]
    pairs = np.concatenate([run.pairs for run in runs]) if runs else np.zeros(0, np.int64)
    return Ways(runs, np.repeat(np.arange(len(runs)), sizes), pairs)


class Network:
    """Arcs source → person → run → lot → sink, with the flow so far."""

    def __init__(self, grid: Grid, ways: Ways) -> None:
        self.grid = grid
        people, runs, lots = len(grid.pairs), len(ways.runs), len(grid.due)
        of_run = np.array([run.person for run in ways.runs], np.int64)
        weeks = np.array([run.end - run.start for run in ways.runs], np.int64)
        hours = grid.weekly[of_run] * weeks if runs else np.zeros(0, np.int64)
        person_at, run_at, lot_at = 1, 1 + people, 1 + people + runs
        self._sink = lot_at + lots
        self._from = np.concatenate(
            [np.zeros(people, np.int64), person_at + of_run, run_at + ways.run, lot_at + np.arange(lots)]
        )
        self._to = np.concatenate(
            [
                person_at + np.arange(people),
                run_at + np.arange(runs),
                lot_at + grid.lot_of[ways.pair],
                np.full(lots, self._sink),
            ]
        )
        self._room = np.concatenate([grid.most, hours, hours[ways.run], np.zeros(lots, np.int64)])
        self._ways = slice(people + runs, people + runs + len(ways.run))
        self._score = grid.score[ways.pair]
        self._flow = np.zeros(len(self._from), np.int64)

    @property
    def minutes(self) -> Whole:
        """The minutes of each way."""
        return self._flow[self._ways]

    @property
    def reached(self) -> Whole:
        """The minutes of each lot."""
        return self._flow[self._ways.stop :]

    def add(self, lots: Whole, *, least_score: int) -> None:
        """Add as much as can reach these lots, by pairs of this score or more; no other lot gets less."""
        ahead, back = self._room - self._flow, self._flow.copy()
        closed = np.zeros(len(ahead), bool)
        closed[self._ways] = self._score < least_score
        ahead[closed] = 0
        back[self._ways.stop :] = 0
        ahead[self._ways.stop :] = np.where(lots, self.grid.due - self.reached, 0)
        both = np.concatenate([self._from, self._to]), np.concatenate([self._to, self._from])
        most = np.minimum(np.concatenate([ahead, back]), _WIDEST).astype(np.int32)
        room = csr_array((most, both), shape=(self._sink + 1, self._sink + 1))
        found = maximum_flow(room, 0, self._sink).flow
        self._flow += np.asarray(found[self._from, self._to]).ravel()


def served(grid: Grid, ways: Ways, watch: Watch | None = None) -> Network:
    """The flow that is credited most."""
    network = Network(grid, ways)
    levels = sorted({int(urgency) for urgency in grid.urgency}, reverse=True)
    steps = [(level, tier) for level in levels for tier in _TIERS] if len(ways.run) else []
    for number, (level, tier) in enumerate(steps, start=1):
        network.add(grid.urgency == level, least_score=tier)
        credited, due = int((grid.urgency * network.reached).sum()), int((grid.urgency * grid.due).sum())
        if watch is not None and watch(Progress(credited, due, number / len(steps))):
            break
    return network
