"""Whether a difference in exposure could be chance: the groups of each list are dealt out anew, many times."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from alpes_matching.audit.exposure import exposure_at

TRIALS = 2_000


@dataclass(frozen=True)
class Permutation:
    """`difference`: mean exposure of the group minus that of the others, in [−1, 1]. `p_value`: how often chance alone
    gives one as large either way, (1 + times) / (1 + trials).
    """

    group: str
    difference: float
    p_value: float
    trials: int


def permutation_test(
    lists: Sequence[Sequence[str]], group: str, *, trials: int = TRIALS, seed: int = 0
) -> Permutation | None:
    """The test of one group against the others, on lists of the groups of people in the order they were ranked.

    Groups are dealt out anew inside each list, so that lists of different lengths and make-up count as they are. None
    when the group, or the others, stand in no list: there is nothing to compare. The same seed, the same result.
    """
    held = [(_seen(len(one)), np.array([name == group for name in one], bool)) for one in lists if one]
    inside = sum(int(mine.sum()) for _, mine in held)
    outside = sum(len(mine) for _, mine in held) - inside
    if not inside or not outside:
        return None
    whole = sum(float(seen.sum()) for seen, _ in held)
    chance = np.random.default_rng(seed)
    observed = sum(float(seen[mine].sum()) for seen, mine in held)
    drawn = sum((_dealt(seen, int(mine.sum()), trials, chance) for seen, mine in held), np.zeros(trials))
    difference = observed / inside - (whole - observed) / outside
    others = drawn / inside - (whole - drawn) / outside
    as_large = int((np.abs(others) >= abs(difference) - 1e-12).sum())
    return Permutation(group, difference, (1 + as_large) / (1 + trials), trials)


def _seen(length: int) -> npt.NDArray[np.float64]:
    return np.array([exposure_at(rank) for rank in range(1, length + 1)])


def _dealt(
    seen: npt.NDArray[np.float64], count: int, trials: int, chance: np.random.Generator
) -> npt.NDArray[np.float64]:
    """The exposure of `count` places drawn from a list, for each trial."""
    if count == 0:
        return np.zeros(trials)
    return np.array([float(seen[chance.permutation(len(seen))[:count]].sum()) for _ in range(trials)])
