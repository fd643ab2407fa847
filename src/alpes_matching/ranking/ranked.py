"""One of a ranking."""

from collections.abc import Mapping
from dataclasses import dataclass

from alpes_matching.ranking.tokens import Key


@dataclass(frozen=True, slots=True)
class Ranked:
    """One of a ranking: the `key`, the score, and what it is made of, in ten-thousandths.

    `score` (0 to 10,000) is the sum of `contributions` (`start`, each criterion, `cap`). `uncapped` orders those whose
    scores are equal, then `tie`, the smaller first. `unknown` are the criteria that nobody could compare for want of
    an answer of the candidate.
    """

    key: Key
    score: int
    uncapped: int
    tie: int
    contributions: Mapping[str, int]
    unknown: tuple[str, ...]

    @property
    def order(self) -> tuple[int, int, int, Key]:
        """Ascending: the best first."""
        return -self.score, -self.uncapped, self.tie, self.key
