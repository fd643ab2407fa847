"""Titles as what they are written with: runs of signs, words two by two, and the first word with each other one."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Self

import numpy as np
from scipy import sparse

from alpes_matching.titles.grams import Floats, Postings
from alpes_matching.titles.words import grams

SIGNS = (2, 5)
BEGINNING = 6
"""Letters of a word that are looked at where words stand two by two: what follows is mostly its ending."""
SHARES = (0.4, 0.4, 0.2)
"""How much each view counts, 1 together."""


def views(words: Sequence[str]) -> tuple[Iterator[str], ...]:
    """The terms of a title in canonical words, by view; no term belongs to two views."""
    if not words:
        return (iter(()),) * len(SHARES)
    first, *rest = words
    begun = [word[:BEGINNING] for word in words]
    return (
        grams(" ".join(words), *SIGNS),
        (f"w:{term}" for term in (*begun, *(" ".join(sorted(pair)) for pair in combinations(begun, 2)))),
        (f"h:{term}" for term in (first, *(f"{first} {word}" for word in rest))),
    )


class Likeness:
    """How alike a title is to each known one, in [0, 1]: the cosines of its views (TF-IDF), by their shares."""

    def __init__(self, numbers: Mapping[str, int], rarity: Floats, postings: Postings) -> None:
        self.numbers, self.rarity, self.postings = dict(numbers), rarity, postings

    @classmethod
    def of(cls, titles: Sequence[Sequence[str]]) -> Self:
        """To these titles, in canonical words."""
        numbers: dict[str, int] = {}
        found = [
            [Counter(numbers.setdefault(term, len(numbers)) for term in view) for view in views(one)] for one in titles
        ]
        spread = np.zeros(len(numbers))
        for title in found:
            for view in title:
                spread[list(view)] += 1
        rarity = (np.log((1 + len(titles)) / (1 + spread)) + 1).astype(np.float32)
        terms, where, weights = [], [], []
        for at, title in enumerate(found):
            told, heavy = _weighted(title, rarity)
            terms.append(told)
            where.append(np.full(len(told), at))
            weights.append(heavy)
        shape = (len(numbers), len(titles))
        return cls(
            numbers, rarity, Postings.of(np.concatenate(terms), np.concatenate(where), np.concatenate(weights), shape)
        )

    def to(self, words: Sequence[str]) -> Floats:
        """To each known title, of one in canonical words; what is not known of it weighs as much as the rarest."""
        known = [Counter(self.numbers.get(term, -1) for term in view) for view in views(words)]
        terms, weights = _weighted(known, self.rarity)
        there = terms >= 0
        return self.postings.summed(terms[there].tolist(), weights[there].tolist())

    def among(self) -> Floats:
        """Of the known titles to one another: `(titles, titles)`."""
        by_title = self.postings.matrix().T.tocsr()
        return np.asarray(sparse.csr_matrix(by_title @ by_title.T).toarray(), np.float32)


def _weighted(title: Sequence[Counter[int]], rarity: Floats) -> tuple[np.ndarray, Floats]:
    """The terms of all views and their weights: each view is of length √share. A term of number -1 is unknown."""
    terms, weights = [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
    for view, share in zip(title, SHARES, strict=True):
        numbers = np.fromiter(view, np.int64, len(view))
        rare = np.where(numbers >= 0, rarity[numbers], rarity.max(initial=1))
        heavy = (1 + np.log(np.fromiter(view.values(), np.float32, len(view)))) * rare
        terms.append(numbers)
        weights.append((heavy / (np.linalg.norm(heavy) or 1) * share**0.5).astype(np.float32))
    return np.concatenate(terms), np.concatenate(weights)
