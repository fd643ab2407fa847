"""The timetable of interviews: pairs, slots, gaps, and the time they take, beside other ways in the same run.

Run: `make bench-interviews`. Options: `[--quick] [--sweeps N] [--seconds S] [--others]`. Prints one JSON object for
each day. Days are invented from a seed: `even`, everybody there all day with five wishes drawn evenly; `popular`, some
exhibitors wished for often, six people in ten there for a part of the day; `halls`, the same with ten minutes between
two halls; `short`, everybody there for three to five slots only.

- `alpes`: seconds by the clock, wishes met beside the bound, the gap of the worth to its bound (0: proved), persons by
  their number of interviews, empty slots between the first and the last interview of people and of tables, and for
  `again` the seconds (by the clock, and of the processor) and the interviews moved when somebody leaves, comes late, or
  a table closes, over some draws.
- `others` (`--others`) get `--seconds` each: `highs`, one integer program of all pairs and slots (SciPy), and `cp_sat`
  (OR-Tools, when it is installed) the same; both are told to meet most wishes by their worth and nothing of gaps.
"""

import argparse
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from statistics import mean

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from alpes_matching.timetable import Day, Interview, Person, Span, Table, Timetable, Wish, build, resolve, slots_between
from alpes_matching.timetable.choosing import frame
from alpes_matching.timetable.exact import Program, program
from alpes_matching.timetable.grid import grid_of
from alpes_matching.timetable.pinning import open_seats
from alpes_matching.timetable.refused import sound
from alpes_matching.timetable.seating import Seating
from bench.machine import about

LENGTH, HALLS = 10, ("nord", "sud")
SIZES = {"even": (300, 40, 20), "popular": (300, 40, 20), "halls": (300, 40, 20), "short": (300, 40, 20)}
SALON = ("popular", (1_559, 171, 24))


def main() -> int:
    """Build each day, change it, ask the others, print."""
    chosen = _chosen()
    named = [*SIZES.items(), SALON] if not chosen.quick else [(name, (60, 10, 20)) for name in SIZES]
    for kind, size in named:
        day = invented(kind, *size, seed=chosen.seed)
        report = about() | {"versions": _versions(), "day": kind, "people_exhibitors_slots": size}
        made, seconds = _timed(day, chosen.sweeps)
        report["alpes"] = _told(made, seconds) | {"again": _again(day, made, chosen.seed)}
        if chosen.others and size != SALON[1]:
            report["others"] = _others(day, chosen.seconds)
        report["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps(report, ensure_ascii=False), flush=True)
    return 0


def invented(kind: str, people: int, exhibitors: int, slots: int, *, seed: int) -> Day:
    """A day of that kind."""
    chance = random.Random(seed)
    whole = Span(0, LENGTH * slots)
    hall_count = 2 if kind == "halls" else 1
    tables = tuple(
        Table(f"t{number}", f"e{number:03}", slots_between(*whole, length=LENGTH), HALLS[number % hall_count])
        for number in range(exhibitors)
    )
    liked = [1.0 if kind == "even" else 1 / (1 + number) ** 0.8 for number in range(exhibitors)]
    persons, wishes = [], []
    for number in range(people):
        key = f"p{number:04}"
        persons.append(Person(key, (_hours(kind, slots, chance),), 5 if kind == "even" else chance.choice([3, 4, 5])))
        for rank, exhibitor in enumerate(_drawn(liked, chance), start=1):
            wishes.append(Wish(key, f"e{exhibitor:03}", rank, interest=chance.random() < 0.2))
    return Day(tables, tuple(persons), tuple(wishes), walks={HALLS: LENGTH} if hall_count > 1 else {})


def _hours(kind: str, slots: int, chance: random.Random) -> Span:
    if kind == "short":
        first = chance.randrange(0, slots - 4)
        return Span(LENGTH * first, LENGTH * (first + chance.randrange(3, 6)))
    if kind == "even" or chance.random() < 0.4:
        return Span(0, LENGTH * slots)
    first = chance.randrange(0, slots - 5)
    return Span(LENGTH * first, LENGTH * min(slots, first + chance.randrange(4, slots // 2 + 4)))


def _drawn(liked: list[float], chance: random.Random) -> list[int]:
    drawn: list[int] = []
    while len(drawn) < 5:
        one = chance.choices(range(len(liked)), liked)[0]
        if one not in drawn:
            drawn.append(one)
    return drawn


def _timed(day: Day, sweeps: int) -> tuple[Timetable, float]:
    began_at = time.perf_counter()
    made = build(day, sweeps=sweeps)
    return made, round(time.perf_counter() - began_at, 3)


def _told(made: Timetable, seconds: float) -> dict[str, object]:
    held = Counter(made.counts().values())
    return {
        "seconds": seconds,
        "met": made.met,
        "bound_met": made.bound_met,
        "gap": made.gap,
        "persons_by_interviews": dict(sorted(held.items())),
        "gaps_of_people": made.person_idle // LENGTH,
        "gaps_of_tables": made.table_idle // LENGTH,
    }


def _again(day: Day, made: Timetable, seed: int) -> dict[str, object]:
    """Somebody leaves, comes late, or a table closes, in turn, at the middle of the day."""
    now = LENGTH * (len(day.tables[0].slots) // 2)
    chance, seconds, busy, moved, lost = random.Random(seed), [], [], [], []
    to_come = [one for one in made.interviews if one.start >= now]
    for changed in _changes(day, to_come, now, chance):
        began_at, busy_before = time.perf_counter(), time.process_time()
        again = resolve(changed, made.interviews, now=now)
        seconds.append(time.perf_counter() - began_at)
        busy.append(time.process_time() - busy_before)
        moved.append(len(again.moved))
        lost.append(len(again.lost))
    return {
        "changes": len(seconds),
        "seconds_mean": round(mean(seconds), 3),
        "seconds_most": round(max(seconds), 3),
        "processor_seconds_mean": round(mean(busy), 3),
        "moved_mean": round(mean(moved), 2),
        "lost_mean": round(mean(lost), 2),
    }


def _changes(day: Day, to_come: list[Interview], now: int, chance: random.Random) -> Iterator[Day]:
    late = now + 3 * LENGTH
    for one in chance.sample(to_come, min(5, len(to_come))):
        for hours in ((), (Span(late, LENGTH * 24),)):
            yield replace(
                day, people=tuple(replace(who, hours=hours) if who.key == one.person else who for who in day.people)
            )
        yield replace(
            day,
            tables=tuple(
                replace(table, slots=tuple(slot for slot in table.slots if slot.start < late))
                if table.key == one.table
                else table
                for table in day.tables
            ),
        )


def _others(day: Day, seconds: float) -> dict[str, object]:
    day = sound(day)[0]
    grid = grid_of(day)
    open_to = open_seats(grid, ())
    seating = Seating(grid, frame(grid, ()), (), open_to)
    whole = program(seating, np.arange(len(day.wishes)))
    return {"places": len(whole.wish), "highs": _highs(whole, seconds), "cp_sat": _cp_sat(whole, seconds)}


def _highs(whole: Program, seconds: float) -> dict[str, object]:
    began_at = time.perf_counter()
    integral = np.zeros(len(whole.gain))
    integral[: len(whole.wish)] = 1
    found = milp(
        -whole.gain,
        integrality=integral,
        constraints=LinearConstraint(whole.rows, -np.inf, whole.most),
        bounds=Bounds(0, 1),
        options={"time_limit": seconds},
    )
    met = None if found.x is None else int((found.x[: len(whole.wish)] > 0.5).sum())
    gap = None if found.x is None else float(found.mip_gap)
    return {"seconds": round(time.perf_counter() - began_at, 2), "met": met, "gap": gap}


def _cp_sat(whole: Program, seconds: float) -> dict[str, object] | str:
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        return "OR-Tools is not installed"
    began_at = time.perf_counter()
    model = cp_model.CpModel()
    columns = [model.new_bool_var("") for _ in whole.gain]
    rows = whole.rows.tocsr()
    for row, most in enumerate(whole.most):
        span = slice(rows.indptr[row], rows.indptr[row + 1])
        terms = zip(rows.indices[span], rows.data[span], strict=True)
        model.add(sum(int(value) * columns[column] for column, value in terms) <= int(most))
    level = whole.seating.worth.level
    model.maximize(sum(round(gain * level) * column for gain, column in zip(whole.gain, columns, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = seconds, 1
    status = solver.solve(model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return {"seconds": round(time.perf_counter() - began_at, 2), "met": None, "gap": None}
    met = sum(solver.value(column) for column in columns[: len(whole.wish)])
    gap = 1 - solver.objective_value / max(1.0, solver.best_objective_bound)
    return {"seconds": round(time.perf_counter() - began_at, 2), "met": met, "gap": gap}


def _versions() -> dict[str, str]:
    found = {}
    for name in ("alpes", "numpy", "scipy", "ortools"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sweeps", type=int, default=60, help="how often the gaps are worked on (default: 60)")
    parser.add_argument("--seed", type=int, default=1, help="what the days are drawn from")
    parser.add_argument("--seconds", type=float, default=30, help="what each other way gets (default: 30)")
    parser.add_argument("--others", action="store_true", help="ask the other ways too")
    parser.add_argument("--quick", action="store_true", help="60 people and 10 exhibitors, to see that it runs")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
