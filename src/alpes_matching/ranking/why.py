"""Why a candidate has the score they have for an offer, and what would change it; for anyone, also far down."""

from collections.abc import Mapping
from dataclasses import dataclass

from alpes_matching.ranking.changes import Change, changes_of
from alpes_matching.ranking.criteria import RULES_VERSION
from alpes_matching.ranking.distances import NOWHERE, Distances
from alpes_matching.ranking.explanation import (
    Reason,
    Score,
    cap_sentence,
    contributions_of,
    grades_of,
    reasons_of,
    summed,
)
from alpes_matching.ranking.pairs import Pair
from alpes_matching.ranking.profiles import CandidateProfile, OfferProfile
from alpes_matching.ranking.proximity import Proximity
from alpes_matching.ranking.said import Said
from alpes_matching.ranking.tokens import Key, Skill


@dataclass(frozen=True, slots=True)
class Explanation:
    """The score of one pair with its reasons, in ten-thousandths.

    `score` is the sum of `contributions`: `start` (5,000), each criterion (below 0 when it speaks against), and `cap`
    (0 or below). 5,000 means that as much speaks for as against, or that nothing is known. `changes` are the smallest
    that would raise it, the greatest gain first.
    """

    offer: Key
    candidate: Key
    total: Score
    reasons: tuple[Reason, ...]
    capped: Said | None
    changes: tuple[Change, ...]
    rules: str = RULES_VERSION

    @property
    def score(self) -> int:
        """0 to 10,000."""
        return self.total.score

    @property
    def contributions(self) -> dict[str, int]:
        """By criterion, with `start` first and `cap` last; they sum to the score."""
        return contributions_of({reason.criterion: reason.contribution for reason in self.reasons}, self.total)


def why(
    offer: OfferProfile,
    candidate: CandidateProfile,
    *,
    proximity: Proximity | None = None,
    distances: Distances = NOWHERE,
    called: Mapping[Skill, str] | None = None,
) -> Explanation:
    """Explain one pair, with the very score that `rank_candidates` and `rank_offers` give it on the same ground.

    `proximity` is that of the pool (by ROME codes when None), `distances` those of the call. `called` gives skills as
    they were written, for the sentences alone.
    """
    pair = Pair(offer, candidate, proximity or Proximity(), distances, called or {})
    total, reasons = summed(grades_of(pair)), reasons_of(pair)
    return Explanation(offer.key, candidate.key, total, reasons, cap_sentence(total, reasons), changes_of(pair))
