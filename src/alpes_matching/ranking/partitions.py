"""A pool in several partitions: each is ranked by itself, and the best of all of them are the best of the whole."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Generic

from alpes_matching.ranking.distances import Distances
from alpes_matching.ranking.pool import Asking
from alpes_matching.ranking.ranked import Ranked


class Partitions(ABC, Generic[Asking]):
    """Somewhere that ranks like a pool and is none: `rank_candidates` and its sisters ask it in their place."""

    @abstractmethod
    def rankings(self, asking: Sequence[Asking], limit: int | None, distances: Distances) -> list[list[Ranked]]:
        """A ranking for each who asks, in their order."""


def merged(rankings: Iterable[Iterable[Ranked]], limit: int | None) -> list[Ranked]:
    """The best of several rankings for the same question: exactly those of the whole."""
    return sorted((one for ranking in rankings for one in ranking), key=lambda one: one.order)[:limit]
