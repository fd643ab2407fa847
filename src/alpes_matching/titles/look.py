"""A title that is looked for, beside the labels of the keys that are worth a look."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from alpes_matching.titles.close_words import LEAST_SIGNS
from alpes_matching.titles.evidence import Evidence
from alpes_matching.titles.grams import Floats
from alpes_matching.titles.products import times
from alpes_matching.titles.slips import slips
from alpes_matching.titles.vocabulary import Vocabulary, spans

Places = NDArray[np.int64]


@dataclass(frozen=True)
class Asked:
    """A title that is looked for: its canonical words, their numbers and those of their beginnings (-1 when unknown),
    and how rare each word is.

    `meant` are known words and how surely each is meant: 1 for a word that is known, less for what an unknown one may
    be a slip of.
    """

    words: tuple[str, ...]
    numbers: tuple[int, ...]
    beginnings: tuple[int, ...]
    rarity: Floats
    many: bool
    meant: tuple[tuple[int, float], ...]

    @property
    def weight(self) -> Floats:
        """How much each word counts, 1 together."""
        return self.rarity / (self.rarity.sum() or 1)


@dataclass(frozen=True)
class Closeness:
    """How close a title is to every label: by signs, by whole words, by the company of its words."""

    signs: Floats
    terms: Floats
    meaning: Floats
    vector: Floats

    @classmethod
    def to(cls, evidence: Evidence, asked: Asked, rarity: Floats) -> "Closeness":
        """To every label of the vocabulary."""
        meant, surely = [number for number, _ in asked.meant], np.asarray([sure for _, sure in asked.meant], np.float32)
        terms = evidence.terms.summed(meant, surely.tolist())
        vector = (rarity[meant] * surely) @ evidence.vectors[meant]
        length = np.linalg.norm(vector) or 1
        return cls(
            signs=evidence.signs.closeness(" ".join(asked.words)),
            terms=terms / (terms.max(initial=0) or 1),
            meaning=np.maximum(times(evidence.label_vectors, vector / length), 0),
            vector=np.asarray(vector / length, np.float32),
        )


@dataclass(frozen=True)
class Look:
    """A title beside the labels of some keys. `tokens` are the words of `labels` one after the other; labels begin at
    `label_begins` among them, keys at `key_begins` among the labels and at `token_keys` among the tokens.
    """

    vocabulary: Vocabulary
    evidence: Evidence
    asked: Asked
    closeness: Closeness
    keys: Places
    labels: Places
    key_begins: Places
    tokens: Places
    label_begins: Places

    @classmethod
    def at(cls, vocabulary: Vocabulary, evidence: Evidence, asked: Asked, closeness: Closeness, keys: Places) -> "Look":
        """At these keys, in ascending order."""
        labels, key_begins = spans(vocabulary.key_starts, len(vocabulary.labels), keys)
        places, label_begins = spans(vocabulary.label_starts, len(vocabulary.tokens), labels)
        tokens = vocabulary.tokens[places]
        return cls(vocabulary, evidence, asked, closeness, keys, labels, key_begins, tokens, label_begins)

    @cached_property
    def close(self) -> Floats:
        """How close each asked word is to each token: `(asked, tokens)`."""
        rows = np.zeros((len(self.asked.words), len(self.vocabulary.words)), np.float32)
        for at, (word, number) in enumerate(zip(self.asked.words, self.asked.numbers, strict=True)):
            if number >= 0:
                rows[at] = self.evidence.company.row(number)
            else:
                alike = self.evidence.word_signs.closeness(word)
                rows[at] = np.where(alike > LEAST_SIGNS, alike, 0)
                for slip, sure in slips(word, self.vocabulary.words):
                    rows[at, slip] = max(rows[at, slip], sure)
        return rows[:, self.tokens]

    @cached_property
    def covered(self) -> Floats:
        """How well each label covers each asked word: `(asked, labels)`."""
        return np.maximum.reduceat(self.close, self.label_begins, axis=1)

    @cached_property
    def both_ways(self) -> Floats:
        """How well each label and the title cover each other: the harmonic mean."""
        rarity = self.vocabulary.rarity[self.tokens]
        whole = np.maximum(np.add.reduceat(rarity, self.label_begins), 1e-9)
        there = times(self.covered.T, self.asked.weight)
        back = np.add.reduceat(self.close.max(0) * rarity, self.label_begins) / whole
        return np.asarray(2 * there * back / np.maximum(there + back, 1e-9), np.float32)

    @cached_property
    def touched(self) -> NDArray[np.bool_]:
        """Which keys share anything with the title."""
        near = np.maximum(self.closeness.signs, self.closeness.meaning)[self.labels]
        return np.maximum.reduceat(np.maximum(near, self.both_ways), self.key_begins) > 0

    @cached_property
    def best(self) -> Places:
        """Of each key, the label that covers best, the first of equals."""
        values, begins = self.both_ways, self.key_begins
        most = np.maximum.reduceat(values, begins)
        places = np.flatnonzero(values == np.repeat(most, np.diff(np.append(begins, len(values)))))
        _keys, first = np.unique(np.searchsorted(begins, places, side="right"), return_index=True)
        return places[first]
