"""How visitors spread over the half-hours of a day: few at first, many before noon and after lunch, few at the end."""

from collections.abc import Sequence
from datetime import datetime, timedelta

_HALF_HOUR = timedelta(minutes=30)


def half_hours(starts_at: datetime, ends_at: datetime) -> list[datetime]:
    """The half-hours of `[starts_at, ends_at)`, by their beginning."""
    count = -(-(ends_at - starts_at) // _HALF_HOUR)
    return [starts_at + number * _HALF_HOUR for number in range(count)]


def spread(total: int, weights: Sequence[float]) -> list[int]:
    """`total` shared out by `weights` (at least one is positive) in whole numbers whose sum is `total`: each gets its
    share rounded down, and those who lost most by it get one more.
    """
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [int(share) for share in exact]
    losers = sorted(range(len(weights)), key=lambda position: shares[position] - exact[position])
    for position in losers[: total - sum(shares)]:
        shares[position] += 1
    return shares


def flow(count: int) -> list[float]:
    """Weights for `count` half-hours: a rise to a peak at a third of the day, a second one after lunch, and an ebb."""
    return [1.0 + 4.0 * _hump(number / max(1, count - 1)) for number in range(count)]


def _hump(at: float) -> float:
    """0 at both ends of [0, 1], highest at a third and at two thirds."""
    return max(0.0, 1 - abs(at - 1 / 3) * 3) + 0.8 * max(0.0, 1 - abs(at - 2 / 3) * 3)
