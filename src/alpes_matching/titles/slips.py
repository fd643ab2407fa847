"""Typing errors: which known words an unknown one may have meant."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import Indel

_LEAST = 0.72
_MOST = 3
_SHORTEST = 4
"""Letters of the shortest word in which a slip is looked for: shorter ones are too like too many."""


def slips(word: str, words: Sequence[str]) -> list[tuple[int, float]]:
    """The numbers of the closest of `words` and how close each is, in (0.72, 1): at most three."""
    if len(word) < _SHORTEST:
        return []
    found = process.extract(word, words, scorer=Indel.normalized_similarity, score_cutoff=_LEAST, limit=_MOST)
    return [(number, float(sure)) for _word, sure, number in found]
