"""What is indexed: the labels of each key in canonical words, laid out for whole rows of numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from alpes_matching.titles.genders import Genders
from alpes_matching.titles.grams import Floats

NO_WORD = 0
"""The number of the empty word, which stands in for a label without any."""
BEGINNING = 5
"""Letters by which « forgeron » and « forgeage » are one: what follows is mostly an ending."""


@dataclass(frozen=True)
class Vocabulary:
    """Labels in the order of their keys, the preferred one of each key first; a label that reads as a former one of its
    key is left out.

    `words` by number; `rarity` of each (0 for the empty one); `tokens` are the word numbers of all labels one after the
    other, `label_starts` where each label's begin; `key_starts` where each key's labels begin; `key_of` each label's
    key. `background` are the words of the other titles, by group, none of them an answer.
    """

    genders: Genders
    keys: tuple[str, ...]
    labels: tuple[str, ...]
    canonical: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    rarity: Floats
    tokens: NDArray[np.int64]
    label_starts: NDArray[np.int64]
    key_starts: NDArray[np.int64]
    key_of: NDArray[np.int64]
    background: tuple[tuple[str, tuple[int, ...]], ...]

    @classmethod
    def of(cls, entries: Sequence[tuple[str, str]], background: Sequence[tuple[str, str]]) -> "Vocabulary":
        """From pairs of key and label."""
        genders = Genders.learned([label for _key, label in (*entries, *background)])
        by_key: dict[str, dict[tuple[str, ...], str]] = {}
        for key, label in entries:
            by_key.setdefault(key, {}).setdefault(genders.canonical(label), label)
        canonical = [found for labels in by_key.values() for found in labels]
        others = [(key, genders.canonical(label)) for key, label in background]
        numbers = {"": NO_WORD}
        rows = [[numbers.setdefault(word, len(numbers)) for word in found] or [NO_WORD] for found in canonical]
        beside = [(key, tuple(numbers.setdefault(word, len(numbers)) for word in found)) for key, found in others]
        counts = [len(labels) for labels in by_key.values()]
        return cls(
            genders=genders,
            keys=tuple(by_key),
            labels=tuple(label for labels in by_key.values() for label in labels.values()),
            canonical=tuple(canonical),
            words=tuple(numbers),
            rarity=_rarity(len(numbers), [*rows, *(found for _key, found in beside)]),
            tokens=np.asarray([number for row in rows for number in row], np.int64),
            label_starts=_starts([len(row) for row in rows]),
            key_starts=_starts(counts),
            key_of=np.repeat(np.arange(len(counts)), counts),
            background=tuple(beside),
        )

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each word."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def beginnings(self) -> dict[str, int]:
        """The number of each beginning of a word."""
        return {begun: at for at, begun in enumerate(dict.fromkeys(map(beginning, self.words)))}

    @cached_property
    def beginning_of(self) -> NDArray[np.int64]:
        """The number of the beginning of each word."""
        return np.asarray([self.beginnings[beginning(word)] for word in self.words], np.int64)

    @cached_property
    def sorted_words(self) -> tuple[tuple[str, ...], ...]:
        """The words of each label, in the order of the alphabet."""
        return tuple(tuple(sorted(found)) for found in self.canonical)

    @cached_property
    def many(self) -> NDArray[np.bool_]:
        """Which labels name several people."""
        return np.asarray([self.genders.names_many(label) for label in self.labels], np.bool_)

    @property
    def rows(self) -> list[NDArray[np.int64]]:
        """The word numbers of each label."""
        return np.split(self.tokens, self.label_starts[1:]) if len(self.labels) else []


def beginning(word: str) -> str:
    """The letters of a word that tell what it is about."""
    return word[:BEGINNING]


def spans(
    starts: NDArray[np.int64], length: int, chosen: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of the rows that begin at `starts` (the last ends at `length`): every place of the chosen ones, in their order,
    and where each chosen row then begins.
    """
    sizes = np.append(starts[1:], length)[chosen] - starts[chosen]
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    places = np.arange(sizes.sum()) + np.repeat(starts[chosen] - begins, sizes)
    return places, begins


def _starts(sizes: Iterable[int]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(list(sizes))])[:-1].astype(np.int64)


def _rarity(count: int, rows: Sequence[Iterable[int]]) -> Floats:
    """`log(1 + n / (df + ½))` of each word, 0 for the empty one."""
    spread = np.zeros(count)
    for row in rows:
        spread[list(set(row))] += 1
    rarity = np.log(1 + len(rows) / (spread + 0.5)).astype(np.float32)
    rarity[NO_WORD] = 0
    return rarity
