"""Whole words, weighted as search engines do."""

from collections.abc import Sequence

import numpy as np

from alpes_matching.titles.grams import Postings
from alpes_matching.titles.vocabulary import NO_WORD

_REPEATED = 1.2
_LENGTH = 0.5


def bm25(rows: Sequence[Sequence[int]], words: int) -> Postings:
    """Postings `(words, labels)` whose sum over the words of a title is BM25 (Robertson and Zaragoza, 2009)."""
    usual = float(np.mean([len(row) for row in rows])) if rows else 1.0
    terms, where, weights = [], [], []
    for at, row in enumerate(rows):
        room = _REPEATED * (1 - _LENGTH + _LENGTH * len(row) / usual)
        for word in sorted(set(row) - {NO_WORD}):
            terms.append(word)
            where.append(at)
            weights.append(row.count(word) * (_REPEATED + 1) / (row.count(word) + room))
    spread = np.bincount(terms, minlength=words) if terms else np.zeros(words)
    rarity = np.log(1 + (len(rows) - spread + 0.5) / (spread + 0.5))
    return Postings.of(terms, where, np.asarray(weights) * rarity[np.asarray(terms, np.int64)], (words, len(rows)))
