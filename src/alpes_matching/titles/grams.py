"""Texts as runs of signs, weighted by how rare they are: close to what a hasty hand writes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from alpes_matching.titles.words import grams

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


class Postings:
    """A sparse matrix of terms × texts, of which whole rows are summed: `starts`, `texts` and `weights` as in CSR."""

    def __init__(self, starts: NDArray[np.int64], texts: Ints, weights: Floats, width: int) -> None:
        self.starts, self.texts, self.weights, self.width = starts, texts, weights, width

    @classmethod
    def of(cls, terms: ArrayLike, texts: ArrayLike, weights: ArrayLike, shape: tuple[int, int]) -> Self:
        """From triples, in any order, none twice."""
        rows = np.asarray(terms, np.int64)
        order = np.argsort(rows, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=shape[0]))]).astype(np.int64)
        return cls(starts, np.asarray(texts, np.int32)[order], np.asarray(weights, np.float32)[order], shape[1])

    @classmethod
    def from_matrix(cls, matrix: sparse.spmatrix) -> Self:
        """The same as a matrix."""
        rows = sparse.csr_matrix(matrix)
        return cls(
            rows.indptr.astype(np.int64), rows.indices.astype(np.int32), rows.data.astype(np.float32), rows.shape[1]
        )

    def matrix(self) -> sparse.csr_matrix:
        """As a matrix of terms × texts."""
        return sparse.csr_matrix((self.weights, self.texts, self.starts), shape=(len(self.starts) - 1, self.width))

    def summed(self, terms: Sequence[int], weights: Iterable[float]) -> Floats:
        """For each text, the sum over `terms` of both weights."""
        parts = [slice(self.starts[term], self.starts[term + 1]) for term in terms]
        if not parts:
            return np.zeros(self.width, np.float32)
        heavy = [self.weights[part] * weight for part, weight in zip(parts, weights, strict=True)]
        texts = np.concatenate([self.texts[part] for part in parts])
        return np.bincount(texts, np.concatenate(heavy), self.width).astype(np.float32)

    def entries(self, term: int) -> tuple[Ints, Floats]:
        """One row, without its zeros: texts and weights."""
        part = slice(self.starts[term], self.starts[term + 1])
        return self.texts[part], self.weights[part]

    def row(self, term: int) -> Floats:
        """One row, with its zeros."""
        return self.summed((term,), (1.0,))


class Grams:
    """Texts by their runs of `sizes` signs (TF-IDF, length 1): `closeness` to each of them is a cosine in [0, 1]."""

    def __init__(self, numbers: Mapping[str, int], rarity: Floats, postings: Postings, sizes: tuple[int, int]) -> None:
        self.numbers, self.rarity, self.postings, self.sizes = dict(numbers), rarity, postings, sizes

    @classmethod
    def of(cls, texts: Sequence[str], sizes: tuple[int, int]) -> Self:
        """Of these texts."""
        numbers: dict[str, int] = {}
        counted = [
            (numbers.setdefault(gram, len(numbers)), at, count)
            for at, text in enumerate(texts)
            for gram, count in Counter(grams(text, *sizes)).items()
        ]
        terms, where, often = np.asarray(counted, np.int64).reshape(-1, 3).T
        spread = np.bincount(terms, minlength=len(numbers))
        rarity = (np.log((1 + len(texts)) / (1 + spread)) + 1).astype(np.float32)
        weights = (1 + np.log(often)) * rarity[terms]
        lengths = np.sqrt(np.bincount(where, weights**2, minlength=len(texts)))
        postings = Postings.of(terms, where, weights / lengths[where], (len(numbers), len(texts)))
        return cls(numbers, rarity, postings, sizes)

    def weighted(self, text: str) -> tuple[list[int], Floats]:
        """The known runs of a text, and their weights, of length 1 together."""
        counted = Counter(gram for gram in grams(text, *self.sizes) if gram in self.numbers)
        terms = [self.numbers[gram] for gram in counted]
        weights = (1 + np.log(np.asarray(list(counted.values()), np.float32))) * self.rarity[terms]
        return terms, np.asarray(weights / (np.linalg.norm(weights) or 1), np.float32)

    def closeness(self, text: str) -> Floats:
        """To each text."""
        return self.postings.summed(*self.weighted(text))
