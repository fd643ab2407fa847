"""The minutes of a plan as stints: within its weeks a person goes from lot to lot, as seldom as may be."""

from collections.abc import Container, Iterator
from itertools import pairwise

import numpy as np

from alpes_matching.placement.asked import Stint
from alpes_matching.placement.grid import Grid, Whole
from alpes_matching.placement.network import Run, Ways

Part = tuple[int, int, int, int]
"""A lot, the first and the last moment in minutes of the person's own time, and the minutes worked."""


def stints(grid: Grid, ways: Ways, minutes: Whole) -> Iterator[Stint]:
    """Stints by person and time. Two that follow each other may share a week: one ends in it, the next begins."""
    given = list(_given(grid, ways, minutes))
    parts: list[Part] = []
    for number, run in enumerate(ways.runs):
        goes_on = number > 0 and _touch(ways.runs[number - 1], run) and bool(given[number - 1])
        last = number + 1 == len(ways.runs)
        following = {} if last or not _touch(run, ways.runs[number + 1]) else given[number + 1]
        before = parts[-1][0] if goes_on else None
        for lot in _in_order(given[number], before, following):
            _append(parts, lot, given[number][lot], run.start * int(grid.weekly[run.person]), longer=lot == before)
            before = None
        if last or ways.runs[number + 1].person != run.person:
            yield from _as_stints(grid, run.person, parts)
            parts = []


def _given(grid: Grid, ways: Ways, minutes: Whole) -> Iterator[dict[int, int]]:
    """For each run, the minutes of each lot that gets some."""
    edges = np.searchsorted(ways.run, np.arange(len(ways.runs) + 1))
    for first, last in pairwise(edges):
        pairs = zip(ways.pair[first:last], minutes[first:last], strict=True)
        yield {int(grid.lot_of[pair]): int(one) for pair, one in pairs if one}


def _touch(run: Run, following: Run) -> bool:
    """Whether the second begins where the first ends."""
    return run.person == following.person and run.end == following.start


def _in_order(given: dict[int, int], before: int | None, following: Container[int]) -> list[int]:
    """The lot of before first, one that goes on afterwards last."""
    return sorted(given, key=lambda lot: (lot != before, lot in following, lot))


def _append(parts: list[Part], lot: int, minutes: int, opens: int, *, longer: bool) -> None:
    """One more part after the last one, or the last one `longer`."""
    start = max(opens, parts[-1][2] if parts else opens)
    if longer:
        _lot, first, _end, had = parts.pop()
        parts.append((lot, first, start + minutes, had + minutes))
    else:
        parts.append((lot, start, start + minutes, minutes))


def _as_stints(grid: Grid, person: int, parts: list[Part]) -> Iterator[Stint]:
    weekly = int(grid.weekly[person])
    for lot, start, end, minutes in parts:
        yield Stint(
            person=grid.asked.people[person].key,
            start=grid.first + start // weekly,
            end=grid.first + -(-end // weekly),
            lot=grid.asked.lots[lot].key,
            minutes=minutes,
        )
