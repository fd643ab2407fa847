"""How much a list shows each group: the first of a list is read by all, the hundredth by hardly anybody."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from alpes_matching.audit.intervals import Interval, WrongCountError, of_mean
from alpes_matching.audit.masking import MASK_BELOW, hidden_groups


@dataclass(frozen=True)
class GroupExposure:
    """The mean exposure of a group in (0, 1], with its interval; `people` counts a person once a list.

    `hidden`: too few to be told.
    """

    group: str
    hidden: bool
    people: int | None
    mean: float | None
    interval: Interval | None


def exposure_at(rank: int) -> float:
    """1 at the first rank, then as the logarithm falls: 1 / log2(rank + 1), the discount of DCG (Järvelin, 2002)."""
    if rank < 1:
        raise WrongCountError(f"a rank begins at 1, not {rank}")
    return 1 / math.log2(rank + 1)


def exposures(places: Iterable[tuple[str, int, int]], *, mask_below: int = MASK_BELOW) -> list[GroupExposure]:
    """The exposure of each group, in the order of their names, from aggregates `(group, rank, count)`: so many
    people of the group at that rank (from 1), over all lists.
    """
    people: Counter[str] = Counter()
    total: dict[str, float] = {}
    squares: dict[str, float] = {}
    for group, rank, count in places:
        if count < 0:
            raise WrongCountError(f"{group}: {count} people at rank {rank}")
        seen = exposure_at(rank)
        people[group] += count
        total[group] = total.get(group, 0.0) + count * seen
        squares[group] = squares.get(group, 0.0) + count * seen * seen
    hidden = hidden_groups(people, below=mask_below)
    return [
        GroupExposure(group, True, None, None, None)
        if group in hidden
        else _told(group, people[group], total[group], squares[group])
        for group in sorted(people)
    ]


def _told(group: str, people: int, total: float, squares: float) -> GroupExposure:
    if not people:
        return GroupExposure(group, False, 0, None, None)
    return GroupExposure(group, False, people, total / people, of_mean(total, squares, people))
