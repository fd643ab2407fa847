"""What speaks for a key when a title is looked for: a few numbers in [0, 1], for all keys worth a look at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from alpes_matching.titles.close_words import LEAST_SIGNS
from alpes_matching.titles.evidence import Evidence, occupations_of
from alpes_matching.titles.grams import Floats
from alpes_matching.titles.heads import role
from alpes_matching.titles.products import times
from alpes_matching.titles.slips import slips
from alpes_matching.titles.vocabulary import Vocabulary, spans

Places = NDArray[np.int64]
_NOTHING = 1e-3
"""A probability that counts as none."""
_AS_GOOD_AS_SAID = 0.5
"""The probability given to the very same word."""


@dataclass(frozen=True)
class Asked:
    """A title that is looked for: its canonical words, their numbers (-1 when unknown) and how rare each is.

    `meant` are known words and how surely each is meant: 1 for a word that is known, less for what an unknown one may
    be a slip of.
    """

    words: tuple[str, ...]
    numbers: tuple[int, ...]
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


def signs(look: Look) -> Floats:
    """Mean cosine of the runs of signs over the key's labels."""
    counts = np.diff(np.append(look.key_begins, len(look.labels)))
    return np.asarray(np.add.reduceat(look.closeness.signs[look.labels], look.key_begins) / counts, np.float32)


def meaning(look: Look) -> Floats:
    """Cosine of the vectors, of the key's nearest label."""
    return _most(look, look.closeness.meaning[look.labels])


def occupations(look: Look) -> Floats:
    """Cosine of the places among the occupations of the background, of the key's nearest label."""
    beside = look.evidence.beside_vectors
    if not len(beside):
        return np.zeros(len(look.keys), np.float32)
    here = occupations_of(look.closeness.vector[None, :], beside, look.evidence.beside_group)[0]
    return _most(look, times(look.evidence.label_occupations[look.labels], here))


def words(look: Look) -> Floats:
    """How well title and best label cover each other."""
    return look.both_ways[look.best]


def head(look: Look) -> Floats:
    """How close the first words are, by the groups in which they stand together."""
    number = look.asked.numbers[0]
    if number < 0:
        return np.zeros(len(look.keys), np.float32)
    return _most(look, look.evidence.heads.row(number)[_heads(look)])


def part(look: Look) -> Floats:
    """As far as the words fit: 1 when somebody plays the same part (technician, director), ½ when none is said, 0 when
    it is another.
    """
    asked = role(look.asked.words[0])
    parts = [role(look.vocabulary.words[number]) for number in _heads(look)]
    values = [1.0 if asked and one == asked else 0.5 if not (asked and one) else 0.0 for one in parts]
    return _most(look, np.asarray(values, np.float32)) * _fit(look)


def complement(look: Look) -> Floats:
    """How well the best label covers what stands after the first word."""
    tail = slice(1, None) if len(look.asked.words) > 1 else slice(None)
    weight = look.asked.rarity[tail] / (look.asked.rarity[tail].sum() or 1)
    return np.asarray((weight @ look.covered[tail])[look.best], np.float32)


def all_words(look: Look) -> Floats:
    """How well all labels of the key together cover the title."""
    together = np.maximum.reduceat(look.close, look.label_begins[look.key_begins], axis=1)
    return np.asarray(look.asked.weight @ together, np.float32)


def translation(look: Look) -> Floats:
    """How likely the words of the best label are said with those of the title."""
    told = np.zeros((len(look.asked.words), len(look.vocabulary.words)), np.float32)
    for at, number in enumerate(look.asked.numbers):
        if number >= 0:
            told[at] = look.evidence.translations.row(number)
            told[at, number] = max(told[at, number], _AS_GOOD_AS_SAID)
    likely = np.maximum.reduceat(told[:, look.tokens], look.label_begins, axis=1)
    return np.asarray((look.asked.weight @ (1 - np.log(np.clip(likely, _NOTHING, 1)) / np.log(_NOTHING)))[look.best])


def number(look: Look) -> Floats:
    """As far as the words fit: 1 when the key's preferred label names one person or several as the title does (a plural
    is a group's name).
    """
    agrees = look.vocabulary.many[look.vocabulary.key_starts[look.keys]] == look.asked.many
    return np.asarray(agrees * _fit(look), np.float32)


def same(look: Look) -> Floats:
    """1 when a label of the key has the very same words."""
    return _most(look, _same_labels(look))


def same_preferred(look: Look) -> Floats:
    """1 when it is the preferred label that has the very same words."""
    return _same_labels(look)[look.key_begins]


FEATURES: Sequence[Callable[[Look], Floats]] = (
    signs,
    meaning,
    occupations,
    words,
    head,
    part,
    complement,
    all_words,
    translation,
    number,
    same,
    same_preferred,
)
"""In the order of their weights."""


def table(look: Look) -> Floats:
    """`(keys, features)`."""
    return np.stack([np.clip(feature(look), 0, 1) for feature in FEATURES], axis=1).astype(np.float64)


def _most(look: Look, values: Floats) -> Floats:
    return np.maximum.reduceat(values, look.key_begins)


def _fit(look: Look) -> Floats:
    """How far a key fits at all: what says little alone counts so far."""
    return np.sqrt(np.maximum(words(look), signs(look)))


def _heads(look: Look) -> Places:
    return look.tokens[look.label_begins]


def _same_labels(look: Look) -> Floats:
    words = tuple(sorted(look.asked.words))
    return np.asarray([look.vocabulary.sorted_words[label] == words for label in look.labels], np.float32)
