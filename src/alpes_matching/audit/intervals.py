"""Intervals of 95 %: of a rate (Wilson, 1927), of a ratio of two rates (Katz and others, 1978), of a mean."""

import math
from dataclasses import dataclass

Z = 1.959963984540054
"""95 % of a normal law lie within so many standard deviations."""


class WrongCountError(ValueError):
    """Counts that contradict each other: fewer considered than selected, or below zero."""


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, both within."""

    low: float
    high: float


def of_rate(selected: int, considered: int) -> Interval:
    """Wilson's interval, which stays in [0, 1] and means something for few. `considered` is at least 1."""
    rate, weight = selected / considered, Z * Z / considered
    middle = (rate + weight / 2) / (1 + weight)
    half = Z * math.sqrt(rate * (1 - rate) / considered + weight / (4 * considered)) / (1 + weight)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def of_ratio(selected: int, considered: int, reference_selected: int, reference_considered: int) -> Interval | None:
    """Of one rate over that of the reference, by the logarithm; None when nobody of one of the two was selected."""
    if not selected or not reference_selected:
        return None
    ratio = (selected / considered) / (reference_selected / reference_considered)
    variance = 1 / selected - 1 / considered + 1 / reference_selected - 1 / reference_considered
    spread = math.exp(Z * math.sqrt(max(0.0, variance)))
    return Interval(ratio / spread, ratio * spread)


def of_mean(total: float, squares: float, count: int) -> Interval:
    """Of the mean of `count` values (at least 1) by their sum and the sum of their squares; one value: no width known,
    given as from 0 to 1.
    """
    if count == 1:
        return Interval(0.0, 1.0)
    mean = total / count
    variance = max(0.0, (squares - count * mean * mean) / (count - 1))
    half = Z * math.sqrt(variance / count)
    return Interval(max(0.0, mean - half), min(1.0, mean + half))
