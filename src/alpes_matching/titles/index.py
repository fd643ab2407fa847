"""Job titles by what they mean: `TitleIndex` finds the keys whose labels fit a title, and says why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from alpes_matching.titles import store
from alpes_matching.titles.evidence import Evidence
from alpes_matching.titles.features import FEATURES, table
from alpes_matching.titles.grams import Floats
from alpes_matching.titles.look import Asked, Closeness, Look, Places
from alpes_matching.titles.slips import slips
from alpes_matching.titles.vocabulary import Vocabulary, beginning
from alpes_matching.titles.weights import WEIGHTS

SCALE = 10_000
"""A score and its contributions are whole numbers of so many parts: their order is the same on every machine."""

_CANDIDATES = 120
_MEANING_COUNTS = 0.5
_FIRST_OF_EQUALS = 1e-3


@dataclass(frozen=True)
class Hit:
    """A key that fits a title: its `label` that fits best, and the `score` in [0, 1], which `contributions` (by
    feature, 0 left out) sum to.
    """

    key: str
    label: str
    score: float
    contributions: Mapping[str, float]


class TitleIndex:
    """Labels of keys (occupations, offers), to be searched by titles as people write them.

    Made by `build` or `load`; never changes; safe between threads. Feminine and masculine forms of a title that the
    vocabulary pairs give the same answer.
    """

    def __init__(self, vocabulary: Vocabulary, evidence: Evidence) -> None:
        self.vocabulary, self.evidence = vocabulary, evidence
        self._weights = np.asarray([WEIGHTS[feature.__name__] for feature in FEATURES])

    @classmethod
    def build(cls, entries: Iterable[tuple[str, str]], background: Iterable[tuple[str, str]] = ()) -> Self:
        """From pairs of key and label; of several labels of a key the first is the preferred one.

        `background` are pairs of the same shape that are learned from and never found: titles by occupation.
        About 5 s of one processor for 15,000 labels and 10,000 of background. Raises `TypeError` for what is not text.
        """
        pairs, others = list(entries), list(background)
        for key, label in (*pairs, *others):
            if not isinstance(key, str) or not isinstance(label, str):
                raise TypeError(f"a key and a label are text, not {key!r} and {label!r}")
        vocabulary = Vocabulary.of(pairs, others)
        return cls(vocabulary, Evidence.learned(vocabulary))

    @classmethod
    def load(cls, path: Path) -> Self:
        """What `save` wrote. Raises `NotAnIndexError` for another file, `OSError` when there is none."""
        return cls(*store.read(path))

    def save(self, path: Path) -> None:
        """Into a file of arrays and text (NumPy's `.npz`, nothing in it runs), replaced as a whole."""
        store.write(path, self.vocabulary, self.evidence)

    def search(self, text: str, limit: int = 10) -> list[Hit]:
        """The keys that fit `text` best, at most `limit`, best first; of equals the one that was given first.

        Nothing for a text without words, or one that shares nothing with any label. Only the first 400 signs are read.
        Raises `ValueError` for a limit below 1, `TypeError` for what is not text.
        """
        if not isinstance(text, str):
            raise TypeError(f"a title is text, not {text!r}")
        if limit < 1:
            raise ValueError(f"a limit is 1 or more, not {limit}")
        asked = self.asked(text)
        if not asked.words or not self.vocabulary.keys:
            return []
        look = self.look(asked, max(limit, _CANDIDATES))
        parts = np.rint(table(look) * (self._weights / self._weights.sum()) * SCALE).astype(np.int64)
        scores = parts.sum(1)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [self._hit(look, at, parts[at], int(scores[at])) for at in best if look.touched[at]]

    def search_many(self, texts: Iterable[str], limit: int = 10) -> list[list[Hit]]:
        """`search` for each text, in their order; a text that comes again is looked for once."""
        found: dict[str, list[Hit]] = {}
        return [found[text] if text in found else found.setdefault(text, self.search(text, limit)) for text in texts]

    def look(self, asked: Asked, count: int) -> Look:
        """The title beside the keys that a cheap sum finds worth it."""
        v = self.vocabulary
        closeness = Closeness.to(self.evidence, asked, v.rarity)
        cheap = _standard(closeness.signs) + _standard(closeness.terms) + _MEANING_COUNTS * _standard(closeness.meaning)
        cheap[v.key_starts] += _FIRST_OF_EQUALS
        return Look.at(v, self.evidence, asked, closeness, _greatest(np.maximum.reduceat(cheap, v.key_starts), count))

    def asked(self, text: str) -> Asked:
        """A title in the words of this vocabulary."""
        v = self.vocabulary
        words = v.genders.canonical(text)
        numbers = tuple(v.numbers.get(word, -1) for word in words)
        unknown = float(v.rarity.max(initial=1))
        rarity = np.asarray([v.rarity[number] if number >= 0 else unknown for number in numbers], np.float32)
        meant = [(number, 1.0) for number in numbers if number >= 0]
        for word, number in zip(words, numbers, strict=True):
            meant += slips(word, v.words) if number < 0 else ()
        beginnings = tuple(v.beginnings.get(beginning(word), -1) for word in words)
        return Asked(words, numbers, beginnings, rarity, v.genders.names_many(text), tuple(meant))

    def _hit(self, look: Look, at: int, parts: Places, score: int) -> Hit:
        names = [feature.__name__ for feature in FEATURES]
        label = self.vocabulary.labels[look.labels[look.best[at]]]
        told = {name: int(part) / SCALE for name, part in zip(names, parts, strict=True) if part}
        return Hit(self.vocabulary.keys[look.keys[at]], label, score / SCALE, told)


def _standard(values: Floats) -> Floats:
    spread = float(values.std())
    return (values - values.mean()) / spread if spread else values * 0


def _greatest(values: Floats, count: int) -> Places:
    """The places of the greatest values, in ascending order."""
    count = min(count, len(values))
    return np.sort(np.argpartition(-values, count - 1)[:count])
