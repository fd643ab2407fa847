"""What speaks for a key when a title is looked for: a few numbers in [0, 1], for all keys worth a look at once."""

from collections.abc import Callable, Sequence

import numpy as np

from alpes_matching.titles.evidence import occupations_of
from alpes_matching.titles.grams import Floats
from alpes_matching.titles.heads import role
from alpes_matching.titles.look import Look, Places
from alpes_matching.titles.products import times
from alpes_matching.titles.translation import stand_for


def signs(look: Look) -> Floats:
    """Mean cosine of the runs of signs over the key's labels."""
    counts = np.diff(np.append(look.key_begins, len(look.labels)))
    return np.asarray(np.add.reduceat(look.closeness.signs[look.labels], look.key_begins) / counts, np.float32)


def occupations(look: Look) -> Floats:
    """Cosine of the places among the occupations of the background, of the key's nearest label."""
    beside = look.evidence.beside_vectors
    if not len(beside):
        return np.zeros(len(look.keys), np.float32)
    here = occupations_of(look.closeness.vector[None, :], beside, look.evidence.beside_group)[0]
    return _most(look, times(look.evidence.label_occupations[look.labels], here))


def preferred(look: Look) -> Floats:
    """How well title and preferred label cover each other."""
    return look.both_ways[look.key_begins]


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
    """How likely the words of all labels of the key, by their beginnings, are said with those of the title."""
    likely = stand_for(look.evidence.translations, look.asked.beginnings)[:, _begun(look)]
    together = np.maximum.reduceat(likely, look.label_begins[look.key_begins], axis=1)
    return np.asarray(look.asked.weight @ together, np.float32)


def translation_back(look: Look) -> Floats:
    """How likely the words of the title are said with those of the best label, its rare ones heavier."""
    likely = stand_for(look.evidence.translations_back, look.asked.beginnings).max(0)[_begun(look)]
    rarity = look.vocabulary.rarity[look.tokens]
    whole = np.maximum(np.add.reduceat(rarity, look.label_begins), 1e-9)
    return np.asarray((np.add.reduceat(likely * rarity, look.label_begins) / whole)[look.best], np.float32)


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
    occupations,
    preferred,
    part,
    complement,
    all_words,
    translation,
    translation_back,
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
    return np.sqrt(np.maximum(look.both_ways[look.best], signs(look)))


def _begun(look: Look) -> Places:
    """The beginnings of the words of the labels, by number."""
    return look.vocabulary.beginning_of[look.tokens]


def _heads(look: Look) -> Places:
    return look.tokens[look.label_begins]


def _same_labels(look: Look) -> Floats:
    words = tuple(sorted(look.asked.words))
    return np.asarray([look.vocabulary.sorted_words[label] == words for label in look.labels], np.float32)
