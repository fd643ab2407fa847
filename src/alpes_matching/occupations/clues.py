"""What else speaks for a code, once likeness has named the few that a title may have: read from the known titles, it
tells apart codes whose titles begin alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from alpes_matching.titles.grams import Floats, Grams, Postings
from alpes_matching.titles.translation import stand_for, translations

SIGNS = (2, 5)
_A_LITTLE = 0.1
"""Titles that are added to those in which a word was met, so that a word which was not is unlikely, not impossible."""

CLUES = ("rest", "said", "translation")
"""In the order of their weights."""


@dataclass(frozen=True)
class Clues:
    """`rest` are the known titles without their first words, in the order of their codes, of which each begins at
    `starts`; `said` counts by word and code the titles that have it; `translations` are word × word.
    """

    numbers: dict[str, int]
    rarity: Floats
    rest: Grams
    starts: NDArray[np.int64]
    said: Postings
    translations: Postings

    @classmethod
    def of(cls, titles: Sequence[Sequence[str]], code_of: NDArray[np.int64], codes: int) -> Self:
        """From known titles in canonical words, in the order of their codes; every code has one."""
        numbers: dict[str, int] = {}
        rows = [[numbers.setdefault(word, len(numbers)) for word in words] for words in titles]
        met = [(word, int(code)) for row, code in zip(rows, code_of, strict=True) for word in set(row)]
        words, where = np.asarray(met, np.int64).reshape(-1, 2).T
        shape = (len(numbers), codes)
        counted = sparse.coo_matrix((np.ones(len(words), np.float32), (words, where)), shape=shape)
        spread = np.bincount(words, minlength=len(numbers))
        return cls(
            numbers=numbers,
            rarity=np.log(1 + len(rows) / (spread + 0.5)).astype(np.float32),
            rest=Grams.of([" ".join(found[1:]) for found in titles], SIGNS),
            starts=np.searchsorted(code_of, np.arange(codes)).astype(np.int64),
            said=Postings.from_matrix(counted),
            translations=translations(list(zip(code_of.tolist(), rows, strict=True)), len(numbers)),
        )

    def table(self, words: Sequence[str], codes: NDArray[np.int64]) -> Floats:
        """`(codes, clues)` for a title in canonical words."""
        known = [self.numbers[word] for word in words if word in self.numbers]
        close = np.maximum.reduceat(self.rest.closeness(" ".join(words[1:])), self.starts)[codes]
        return np.stack([close, self._said(known, codes), self._translated(words, codes)], axis=1)

    def _said(self, known: Sequence[int], codes: NDArray[np.int64]) -> Floats:
        """How likely a title of the code has each known word: the mean of the logarithms."""
        if not known:
            return np.zeros(len(codes), np.float32)
        counts = np.stack([self.said.row(number)[codes] for number in known])
        return np.asarray(np.log((counts + _A_LITTLE) / (self._sizes[codes] + 1)).mean(0), np.float32)

    def _translated(self, words: Sequence[str], codes: NDArray[np.int64]) -> Floats:
        """How likely the words of the code's titles are said with those of this title, the rare ones heavier."""
        numbers = [self.numbers.get(word, -1) for word in words]
        unknown = float(self.rarity.max(initial=1))
        rare = np.asarray([self.rarity[number] if number >= 0 else unknown for number in numbers], np.float32)
        likely = stand_for(self.translations, numbers)
        best = np.stack([likely[:, self._of_code(code)].max(1) for code in codes.tolist()])
        return np.asarray(best @ (rare / (rare.sum() or 1)), np.float32)

    def _of_code(self, code: int) -> NDArray[np.int32]:
        """The words of a code's titles."""
        by_code = self._by_code
        return np.asarray(by_code.indices[by_code.indptr[code] : by_code.indptr[code + 1]])

    @cached_property
    def _by_code(self) -> sparse.csr_matrix:
        return self.said.matrix().T.tocsr()

    @cached_property
    def _sizes(self) -> NDArray[np.int64]:
        """How many titles each code has."""
        return np.diff(np.append(self.starts, self.rest.postings.width))
