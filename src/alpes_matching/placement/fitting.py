"""Among plans that serve every lot alike, the one whose people fit best: a linear program, solved by HiGHS."""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from alpes_matching.placement.grid import Grid, Whole
from alpes_matching.placement.network import Ways

MOST_WAYS = 25_000
"""Ways above which the program takes long: then the better fits came first, and that is all."""


def fitted(grid: Grid, ways: Ways, minutes: Whole, reached: Whole) -> Whole:
    """The minutes of each way with the best scores, each lot getting what it got. All stays whole: it is a network."""
    count = len(ways.run)
    if not count or count > MOST_WAYS or not grid.score.any():
        return minutes
    people = np.array([run.person for run in ways.runs], np.int64)
    hours = np.array([(run.end - run.start) * int(grid.weekly[run.person]) for run in ways.runs], np.int64)
    way = np.arange(count)
    ones = np.ones(count)
    within = csr_array(
        (np.r_[ones, ones], (np.r_[ways.run, len(hours) + people[ways.run]], np.r_[way, way])),
        shape=(len(hours) + len(grid.most), count),
    )
    to_lots = csr_array((ones, (grid.lot_of[ways.pair], way)), shape=(len(grid.due), count))
    scale = float(grid.weekly.max())
    found = linprog(
        -grid.score[ways.pair].astype(np.float64),
        A_ub=within,
        b_ub=np.r_[hours, grid.most] / scale,
        A_eq=to_lots,
        b_eq=reached / scale,
        method="highs-ds",
    )
    if found.x is None:
        return minutes
    better = np.rint(found.x * scale).astype(np.int64)
    return better if _same(grid, ways, better, reached, hours) else minutes


def _same(grid: Grid, ways: Ways, minutes: Whole, reached: Whole, hours: Whole) -> bool:
    """Whether rounding left everything within its limits and every lot what it had."""
    people = np.array([run.person for run in ways.runs], np.int64)[ways.run]
    to_lots = np.bincount(grid.lot_of[ways.pair], weights=minutes, minlength=len(reached)).astype(np.int64)
    of_people = np.bincount(people, weights=minutes, minlength=len(grid.most)).astype(np.int64)
    of_runs = np.bincount(ways.run, weights=minutes, minlength=len(hours)).astype(np.int64)
    return bool((to_lots == reached).all() and (of_people <= grid.most).all() and (of_runs <= hours).all())
