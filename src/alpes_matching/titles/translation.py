"""How one word stands for another, learned from titles that name the same occupation (IBM model 1)."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from alpes_matching.titles.grams import Floats, Postings

ROUNDS = 5
_MOST_OTHERS = 8
_SEED = 1
_NOTHING = 1e-3
"""A probability that counts as none."""
_AS_GOOD_AS_SAID = 0.5
"""The probability given to the very same word."""


def translations(groups: Sequence[tuple[object, Sequence[int]]], words: int) -> Postings:
    """`[a, b]`: the probability that a title says `a` where another of its group says `b`; `(words, words)`, each
    column sums to 1 (or 0). Five rounds of expectation and maximisation over pairs of titles, at most eight others a
    title (Brown and others, 1993).
    """
    said, told, place, count = _pairs(groups)
    if not count:
        return Postings.of([], [], [], (words, words))
    both, where = np.unique(told * words + said, return_inverse=True)
    given = both // words
    chance = 1 / np.bincount(given, minlength=words)[given]
    for _ in range(ROUNDS):
        share = chance[where]
        share = share / np.bincount(place, share, minlength=count)[place]
        whole = np.bincount(where, share, minlength=len(both))
        chance = whole / np.bincount(given, whole, minlength=words)[given]
    return Postings.of(both % words, given, chance, (words, words))


def stand_for(translations: Postings, numbers: Sequence[int]) -> Floats:
    """`(asked, words)`: how well each word stands for each asked one (-1: unknown), in [0, 1], by the logarithm of its
    probability.
    """
    told = np.zeros((len(numbers), translations.width), np.float32)
    for at, number in enumerate(numbers):
        if number >= 0:
            others, chances = translations.entries(number)
            told[at, others] = _in_steps(np.maximum(chances, _NOTHING))
            told[at, number] = max(told[at, number], _in_steps(np.asarray(_AS_GOOD_AS_SAID)))
    return told


def _in_steps(chances: np.ndarray) -> np.ndarray:
    return np.asarray(1 - np.log(chances) / np.log(_NOTHING))


def _pairs(groups: Sequence[tuple[object, Sequence[int]]]) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Each word said beside each word of another title of its group, and which said word it was."""
    by_group: defaultdict[object, list[Sequence[int]]] = defaultdict(list)
    for group, found in groups:
        if found:
            by_group[group].append(found)
    chance = np.random.default_rng(_SEED)
    said: list[int] = []
    told: list[int] = []
    place: list[int] = []
    count = 0
    for titles in by_group.values():
        for at, title in enumerate(titles):
            others = [other for other in range(len(titles)) if other != at]
            if len(others) > _MOST_OTHERS:
                others = chance.choice(others, _MOST_OTHERS, replace=False).tolist()
            for other in others:
                for word in titles[other]:
                    said += [word] * len(title)
                    told += title
                    place += [count] * len(title)
                    count += 1
    return np.asarray(said, np.int64), np.asarray(told, np.int64), np.asarray(place, np.int64), count
