"""Who worked where and when in 2023 under the social clause, to the minute: pure, the same each time."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from random import Random
from typing import Any

from alpes_events.clause.durations import FULL_MONTH, MINUTES_PER_HOUR
from alpes_events.demo.door import spread
from alpes_events.demo.plan import data_text

YEAR = 2023
_QUARTER = 15
"""People's hours are noted by the quarter of an hour."""
_MONTHS = 12


@dataclass(frozen=True)
class Stint:
    """Work of the `person`-th resident (or other) on the `operation`-th inside (or outside the territory).

    `minutes` are those of successive months of 2023, from that of index `first`.
    """

    person: int
    resident: bool
    inside: bool
    operation: int = 0
    first: int = 0
    minutes: tuple[int, ...] = ()

    @property
    def months(self) -> list[date]:
        """The months worked."""
        return [date(YEAR, self.first + number + 1, 1) for number in range(len(self.minutes))]


@cache
def said_of_the_clause() -> Mapping[str, Any]:
    """The words and figures of `data/clause.toml`."""
    return tomllib.loads(data_text("clause.toml"))


def stints_of_2023() -> list[Stint]:
    """Everybody's work of the year: each cell of the matrix sums to its published hours."""
    figures = said_of_the_clause()["matrix_2023"]
    random = Random(f"clause {YEAR}")  # noqa: S311 (invented people, not secrets)
    first_outside = figures["residents_inside"] - figures["residents_both"]
    outside = [*range(first_outside, figures["residents"])]
    outside += random.sample(outside[figures["residents_both"] :], figures["residents_again"])
    within, without = figures["operations_inside"], figures["operations_outside"]
    cells = (
        ("inside_resident", _placed(random, range(figures["residents_inside"]), within, resident=True, inside=True)),
        ("outside_resident", _placed(random, outside, without, resident=True, inside=False)),
        ("inside_other", _placed(random, range(figures["others"]), within, resident=False, inside=True)),
    )
    windows = _windows([stint for _name, stints in cells for stint in stints])
    told: list[Stint] = []
    for name, stints in cells:
        told += _timed(random, stints, windows, hours=figures[name])
    return told


def _placed(random: Random, people: Sequence[int], operations: int, *, resident: bool, inside: bool) -> list[Stint]:
    """Each of these people on an operation, so that every operation has somebody."""
    order = list(people)
    random.shuffle(order)
    return [Stint(person, resident, inside, number % operations) for number, person in enumerate(order)]


def _windows(stints: Sequence[Stint]) -> dict[Stint, Iterator[tuple[int, int]]]:
    """The months in which each may work: somebody with several contracts has one after the other."""
    counts: defaultdict[tuple[int, bool], int] = defaultdict(int)
    for stint in stints:
        counts[stint.person, stint.resident] += 1
    parts = {
        who: iter([(_MONTHS * part // count, _MONTHS * (part + 1) // count) for part in range(count)])
        for who, count in counts.items()
    }
    return {stint: parts[stint.person, stint.resident] for stint in stints}


def _timed(
    random: Random, stints: Sequence[Stint], windows: Mapping[Stint, Iterator[tuple[int, int]]], *, hours: int
) -> Iterator[Stint]:
    """The stints with their months and minutes, which sum to these hours."""
    lengths = (1, 2, 2, 3, 3, 4, 5) if not stints[0].inside else (1, 1, 2, 2, 2, 3)
    spans = []
    for stint in stints:
        begins, ends = next(windows[stint])
        length = min(random.choice(lengths), ends - begins)
        spans.append((random.randint(begins, ends - length), length))
    weights = [random.uniform(0.6, 1.0) for _first, length in spans for _month in range(length)]
    shares = iter(spread(hours * MINUTES_PER_HOUR // _QUARTER, weights))
    for stint, (first, length) in zip(stints, spans, strict=True):
        minutes = tuple(next(shares) * _QUARTER for _month in range(length))
        assert max(minutes) <= FULL_MONTH, "nobody works more than a month holds"
        yield replace(stint, first=first, minutes=minutes)
