"""Words as vectors, by the company they keep: words that stand in titles of the same key lie near one another."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from alpes_matching.titles.grams import Floats

DIMENSIONS = 100
_MORE = 20
_ROUNDS = 3
_SEED = 20_000
_NEGLIGIBLE = 1e-10


def word_vectors(groups: Sequence[tuple[int, Sequence[int]]], words: int) -> Floats:
    """One vector of length 1 for each word (0 for a word that stands nowhere): `(words, ≤ 100)`.

    `groups` tells in which group (a key, an occupation) which words stand. The positive pointwise mutual information of
    groups and words is reduced by a truncated singular value decomposition (a random projection with a fixed seed:
    Halko, Martinsson, Tropp, 2011), each axis weighted by its singular value.
    """
    rows = [group for group, found in groups for _word in found]
    columns = [word for _group, found in groups for word in found]
    if len(set(columns)) < 2:  # noqa: PLR2004 (the empty word alone, or one word: no company is kept)
        return np.zeros((words, 1), np.float32)
    counted = sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(max(rows) + 1, words))
    counted.sum_duplicates()
    counted.data = np.log1p(counted.data)
    shared = counted.tocoo()
    by_group, by_word = np.asarray(counted.sum(1)).ravel(), np.asarray(counted.sum(0)).ravel()
    told = np.log(shared.data * counted.sum() / (by_group[shared.row] * by_word[shared.col]))
    matrix = sparse.csr_matrix((np.maximum(told, 0).astype(np.float32), (shared.row, shared.col)), shape=counted.shape)
    return to_length_one(_right_side(matrix, min(DIMENSIONS, *matrix.shape)))


def text_vectors(rows: Sequence[Sequence[int]], vectors: Floats, rarity: Floats) -> Floats:
    """The texts by the vectors of their words, the rare ones heavier; of length 1."""
    where = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    words = np.asarray([word for row in rows for word in row], np.int64)
    chosen = sparse.csr_matrix((rarity[words], (where, words)), shape=(len(rows), len(vectors)))
    return to_length_one(np.asarray(chosen @ vectors, np.float32))


def to_length_one(matrix: Floats) -> Floats:
    """Each row of length 1, or 0."""
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return (matrix / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def _right_side(matrix: sparse.csr_matrix, rank: int) -> Floats:
    """The right singular vectors, times their values: `(columns, rank)`."""
    chance = np.random.default_rng(_SEED)
    width = min(rank + _MORE, *matrix.shape)
    base = _upright(matrix @ chance.standard_normal((matrix.shape[1], width)).astype(np.float32))
    for _ in range(_ROUNDS):
        base = _upright(matrix @ _upright(matrix.T @ base))
    across = np.asarray(matrix.T @ base, np.float32)
    _values, turned = np.linalg.eigh(across.T.astype(np.float64) @ across)
    return across @ turned[:, ::-1][:, :rank].astype(np.float32)


def _upright(matrix: Floats) -> Floats:
    """Columns that span the same and stand upright on one another, by the matrix of their products (faster than QR)."""
    values, turned = np.linalg.eigh(matrix.T.astype(np.float64) @ matrix)
    kept = values > max(values[-1], _NEGLIGIBLE) * _NEGLIGIBLE
    return np.asarray(matrix @ (turned[:, kept] / np.sqrt(values[kept])), np.float32)
