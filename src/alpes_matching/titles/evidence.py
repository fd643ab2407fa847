"""All that a vocabulary teaches, as arrays that are kept with the index and never change."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from alpes_matching.titles.close_words import close_words
from alpes_matching.titles.grams import Floats, Grams, Postings
from alpes_matching.titles.products import times
from alpes_matching.titles.terms import bm25
from alpes_matching.titles.translation import translations
from alpes_matching.titles.vectors import text_vectors, to_length_one, word_vectors
from alpes_matching.titles.vocabulary import Vocabulary

LABEL_SIGNS = (2, 5)
WORD_SIGNS = (2, 4)
NEAR_TITLES = 12
_AT_ONCE = 1_000


@dataclass(frozen=True)
class Evidence:
    """`signs` and `terms` by label, `word_signs` by word; `vectors` of words, `label_vectors`, and `beside_vectors` of
    the titles of the background, whose occupations are numbered by `beside_group`; `label_occupations` place each label
    among them. `company` is word × word; both `translations` are beginning × beginning of words.
    """

    signs: Grams
    terms: Postings
    word_signs: Grams
    vectors: Floats
    label_vectors: Floats
    beside_vectors: Floats
    beside_group: NDArray[np.int64]
    label_occupations: Floats
    company: Postings
    translations: Postings
    translations_back: Postings

    @classmethod
    def learned(cls, vocabulary: Vocabulary) -> Self:
        """Everything that these labels and the titles beside them tell."""
        words = len(vocabulary.words)
        rows = [row.tolist() for row in vocabulary.rows]
        occupations = {group: at for at, group in enumerate(dict.fromkeys(group for group, _ in vocabulary.background))}
        beside_group = np.asarray([occupations[group] for group, _found in vocabulary.background], np.int64)
        beside = [list(found) for _group, found in vocabulary.background]
        groups = list(zip((*vocabulary.key_of, *(beside_group + len(vocabulary.keys))), rows + beside, strict=True))
        of = vocabulary.beginning_of
        begun = [(group, of[row].tolist()) for group, row in groups]
        vectors = word_vectors(groups, words)
        word_signs = Grams.of(vocabulary.words, WORD_SIGNS)
        label_vectors = text_vectors(rows, vectors, vocabulary.rarity)
        beside_vectors = text_vectors(beside, vectors, vocabulary.rarity)
        said = translations(begun, len(vocabulary.beginnings))
        return cls(
            signs=Grams.of([" ".join(found) for found in vocabulary.canonical], LABEL_SIGNS),
            terms=bm25(rows, words),
            word_signs=word_signs,
            vectors=vectors,
            label_vectors=label_vectors,
            beside_vectors=beside_vectors,
            beside_group=beside_group,
            label_occupations=occupations_of(label_vectors, beside_vectors, beside_group),
            company=close_words(vectors, word_signs),
            translations=said,
            translations_back=Postings.from_matrix(said.matrix().T),
        )


def occupations_of(vectors: Floats, beside: Floats, group: NDArray[np.int64]) -> Floats:
    """Where texts lie among the occupations of the background: those of the twelve nearest titles, by the cube of their
    closeness; `(texts, occupations)`, each row of length 1.
    """
    told = np.zeros((len(vectors), int(group.max(initial=-1)) + 1), np.float32)
    count = min(NEAR_TITLES, len(beside))
    for start in range(0, len(vectors) if count else 0, _AT_ONCE):
        some = vectors[start : start + _AT_ONCE]
        close = np.maximum(times(beside, some[0])[None, :] if len(some) == 1 else some @ beside.T, 0)
        near = np.argpartition(-close, count - 1, axis=1)[:, :count]
        rows = np.repeat(np.arange(start, start + len(close)), count)
        np.add.at(told, (rows, group[near].ravel()), np.take_along_axis(close, near, 1).ravel() ** 3)
    return to_length_one(told)
