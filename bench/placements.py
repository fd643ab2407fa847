"""The plan of placements: people on the hours that lots owe, with the best there is and the time it takes.

Run: `make bench-placements`. Options: `[--quick] [--seed N] [--seconds S]`. Prints one JSON object for each size and
need. People and lots are invented: half a year each of a year of 52 weeks, four to thirteen lots that fit a person,
hours due of 0.7, 1.0 and 1.4 times what people have.

- `alpes`: seconds by the clock, minutes credited (weighed by urgency), the gap to the bound, stints, lots short.
- `highs`: the same question as one linear program over person, weeks and lot (SciPy), to the size of 5,000 people.
- `cp_sat`: the same in whole minutes (OR-Tools, when it is installed), with so many `--seconds`, for 200 people.
"""

import argparse
import json
import random
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from alpes_matching.placement import Asked, Fit, Lot, Person, Weeks, plan
from alpes_matching.placement.grid import Grid, grid_of
from alpes_matching.placement.network import Ways, ways_of
from alpes_matching.placement.refused import sound
from bench.machine import about

SIZES = ((200, 20), (5_000, 100), (20_000, 200))
NEEDS = (0.7, 1.0, 1.4)
YEAR = 52
T = TypeVar("T")


def main() -> int:
    """Plan, ask the others, print."""
    chosen = _chosen()
    for people, lots in SIZES[:1] if chosen.quick else SIZES:
        for need in NEEDS:
            asked = invented(people, lots, need, seed=chosen.seed)
            made, seconds = _timed(partial(plan, asked))
            report = about() | {"people": people, "lots": lots, "due_of_hours": need}
            report["alpes"] = {
                "seconds": seconds,
                "credited": made.credited,
                "gap": made.gap,
                "stints": len(made.stints),
                "lots_short": sum(one.shortage is not None for one in made.lots),
            }
            grid = grid_of(sound(asked)[0])
            if people <= SIZES[1][0]:
                report["highs"] = _highs(grid, ways_of(grid))
            if people == SIZES[0][0]:
                report["cp_sat"] = _cp_sat(grid, ways_of(grid), chosen.seconds)
            report["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(json.dumps(report, ensure_ascii=False), flush=True)
    return 0


def invented(people: int, lots: int, need: float, *, seed: int) -> Asked:
    """People, lots that owe so much of their hours, and who fits where."""
    chance = random.Random(seed)
    persons = []
    for number in range(people):
        first = chance.randrange(YEAR - 12)
        weeks = Weeks(first, min(YEAR, first + chance.randrange(10, 40)))
        weekly, total = chance.choice([1_200, 1_560, 2_100]), chance.choice([26, 39, 52]) * 1_500
        persons.append(Person(f"p{number:05}", (weeks,), weekly, total))
    hours = sum(min(one.most, one.weekly * (one.weeks[0].end - one.weeks[0].start)) for one in persons)
    shares = [0.2 + chance.random() for _ in range(lots)]
    owing = []
    for number, share in enumerate(shares):
        first = chance.randrange(YEAR - 16)
        weeks = Weeks(first, min(YEAR, first + chance.randrange(12, 40)))
        due = int(hours * need * share / sum(shares)) // 60 * 60
        owing.append(Lot(f"l{number:03}", due, weeks, chance.choice([1, 1, 1, 2, 3])))
    fits = [
        Fit(one.key, owing[number].key, chance.randrange(10_000))
        for one in persons
        for number in chance.sample(range(lots), min(lots, chance.randrange(4, 14)))
    ]
    return Asked(owing, persons, fits)


def _rows(grid: Grid, ways: Ways) -> tuple[csr_array, np.ndarray]:
    """What people can do in their weeks and in all, and what lots owe, over the minutes of each way."""
    people = np.array([run.person for run in ways.runs])
    hours = np.array([(run.end - run.start) * int(grid.weekly[run.person]) for run in ways.runs])
    count = len(ways.run)
    row = np.r_[ways.run, len(hours) + people[ways.run], len(hours) + len(grid.most) + grid.lot_of[ways.pair]]
    most = np.r_[hours, grid.most, grid.due]
    return csr_array((np.ones(3 * count), (row, np.tile(np.arange(count), 3))), shape=(len(most), count)), most


def _highs(grid: Grid, ways: Ways) -> dict[str, object]:
    rows, most = _rows(grid, ways)
    gain = -grid.urgency[grid.lot_of[ways.pair]].astype(float)
    found, seconds = _timed(lambda: linprog(gain, A_ub=rows, b_ub=most, method="highs"))
    return {"seconds": seconds, "credited": None if found.fun is None else round(-float(found.fun))}


def _cp_sat(grid: Grid, ways: Ways, seconds: float) -> dict[str, object] | str:
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        return "OR-Tools is not installed"
    rows, most = _rows(grid, ways)
    model, solver = cp_model.CpModel(), cp_model.CpSolver()
    minutes = [model.new_int_var(0, int(most[run]), "") for run in ways.run]
    rows = rows.tocsr()
    for row, limit in enumerate(most):
        columns = rows.indices[rows.indptr[row] : rows.indptr[row + 1]]
        model.add(sum(minutes[column] for column in columns) <= int(limit))
    urgency = grid.urgency[grid.lot_of[ways.pair]]
    model.maximize(sum(int(weight) * one for weight, one in zip(urgency, minutes, strict=True)))
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = seconds, 1
    status, spent = _timed(lambda: solver.solve(model))
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return {"seconds": spent, "credited": None}
    return {"seconds": spent, "credited": int(solver.objective_value), "bound": int(solver.best_objective_bound)}


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    began_at = time.perf_counter()
    made = work()
    return made, round(time.perf_counter() - began_at, 2)


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1, help="what people and lots are drawn from")
    parser.add_argument("--seconds", type=float, default=30, help="what CP-SAT gets (default: 30)")
    parser.add_argument("--quick", action="store_true", help="200 people and 20 lots, to see that it runs")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
