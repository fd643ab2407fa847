"""Records as columns of whole numbers, so that hundreds of figures are counted in one reading of the database: pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

OF_PERSONS = ("sex", "age_group", "age", "territory", "district", "level", "commune")
"""Columns that tell of a person on the day of the act: a person counts once in each, as they were the last time."""

Mask = NDArray[np.bool_]
Codes = NDArray[np.int32]


@dataclass(frozen=True)
class Coded:
    """A column of words: the code of each row, and the words in order of their codes."""

    codes: Codes
    words: Sequence[str]

    @cached_property
    def code_of(self) -> Mapping[str, int]:
        """The code of each word."""
        return {word: code for code, word in enumerate(self.words)}

    def fits(self, wanted: Iterable[str]) -> Mask:
        """Which rows hold one of these words."""
        codes = [self.code_of[word] for word in wanted if word in self.code_of]
        return np.isin(self.codes, codes) if len(codes) > 1 else self.codes == (codes[0] if codes else -1)

    def at(self, rows: NDArray[np.signedinteger[Any]]) -> "Coded":
        """The column that holds the words of these rows of this one."""
        return Coded(self.codes[rows], self.words)


def as_word(value: str | None) -> str:
    """The word that a value is; nothing for None."""
    return value or ""


def coded(values: Sequence[Any], say: Callable[[Any], str] = as_word) -> Coded:
    """A column of these values in words: each different value is put in words once."""
    said = {value: say(value) for value in dict.fromkeys(values)}
    place = {word: code for code, word in enumerate(dict.fromkeys(said.values()))}
    code_of = {value: place[word] for value, word in said.items()}
    codes = np.fromiter(map(code_of.__getitem__, values), dtype=np.int32, count=len(values))
    return Coded(codes, tuple(place))


@dataclass(frozen=True)
class Columns:
    """Rows of one source, ordered by person, then by day, then by id. `persons` 0: nobody is named.

    `several` are columns of which a row may hold many words, each as a mask. `quantities` are what measures sum.
    """

    ids: NDArray[np.int64]
    persons: NDArray[np.int64]
    quantities: NDArray[np.int64]
    words: Mapping[str, Coded]
    several: Mapping[str, Mapping[str, Mask]]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.ids)

    def fits(self, where: Mapping[str, Sequence[str]]) -> Mask:
        """The rows that fit every condition."""
        mask: Mask = np.ones(len(self), dtype=np.bool_)
        for column, wanted in where.items():
            mask &= self._fits(column, wanted)
        return mask

    def last_of_persons(self, mask: Mask) -> Mask:
        """Of the rows of a mask, the last of each person that is named."""
        rows = np.flatnonzero(mask & (self.persons > 0))
        persons = self.persons[rows]
        last = np.ones(len(rows), dtype=np.bool_)
        last[:-1] = persons[1:] != persons[:-1]
        kept: Mask = np.zeros(len(self), dtype=np.bool_)
        kept[rows[last]] = True
        return kept

    def _fits(self, column: str, wanted: Sequence[str]) -> Mask:
        if column in self.several:
            found: Mask = np.zeros(len(self), dtype=np.bool_)
            for word in wanted:
                if word in self.several[column]:
                    found |= self.several[column][word]
            return found
        return self.words[column].fits(wanted)


def in_order(
    ids: Sequence[int],
    persons: Sequence[int],
    days: Sequence[int],
    quantities: Sequence[int],
    words: Mapping[str, Coded],
    several: Mapping[str, Mapping[str, Mask]] | None = None,
) -> Columns:
    """Columns of rows in any order."""
    keys = np.array(ids, dtype=np.int64), np.array(persons, dtype=np.int64)
    order = np.lexsort((keys[0], np.array(days, dtype=np.int64), keys[1]))
    return Columns(
        ids=keys[0][order],
        persons=keys[1][order],
        quantities=np.array(quantities, dtype=np.int64)[order],
        words={name: one.at(order) for name, one in words.items()},
        several={name: {word: mask[order] for word, mask in masks.items()} for name, masks in (several or {}).items()},
    )
