"""A product that is calculated here and now: NumPy's own would wake threads that wait for one another on a busy
machine, for a millisecond's work.
"""

import numpy as np

from alpes_matching.titles.grams import Floats


def times(rows: Floats, vector: Floats) -> Floats:
    """`rows @ vector`, in this thread."""
    return np.asarray(np.einsum("ij,j->i", rows, vector), np.float32)
