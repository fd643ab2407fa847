"""Which words may stand for one another: they are written alike, or they keep the same company."""

import numpy as np
from scipy import sparse

from alpes_matching.titles.grams import Floats, Grams, Postings
from alpes_matching.titles.vocabulary import NO_WORD

LEAST_SIGNS = 0.45
"""Cosine of their runs of signs from which two words count as written alike."""
_LEAST_COMPANY = 0.3
_COMPANY_COUNTS = 0.9
"""What company alone is worth beside the very same word."""
_AT_ONCE = 1_000


def close_words(vectors: Floats, signs: Grams) -> Postings:
    """`(words, words)`: how close each word is to each, in [0, 1]; 1 on the diagonal, nothing for the empty word."""
    company = sparse.vstack(
        [_near(vectors[start : start + _AT_ONCE], vectors) for start in range(0, len(vectors), _AT_ONCE)]
    )
    by_word = signs.postings.matrix().T.tocsr()
    alike = (by_word @ by_word.T).tocsr()
    alike.data[alike.data < LEAST_SIGNS] = 0
    alike.eliminate_zeros()
    itself = sparse.diags((np.arange(len(vectors)) != NO_WORD).astype(np.float32))
    told = company.tocsr().maximum(alike)
    told.data = np.minimum(told.data, 1)
    return Postings.from_matrix(itself @ told.maximum(itself))


def _near(some: Floats, vectors: Floats) -> sparse.csr_matrix:
    close = some @ vectors.T
    return sparse.csr_matrix(np.where(close > _LEAST_COMPANY, close * _COMPANY_COUNTS, 0).astype(np.float32))
