"""The best of a pool for one question, exactly: what cannot come among them is not looked at.

Rows are taken by how near their occupations are. When so many are found that no row of the next occupations can reach
the last of them, even with everything else at its best, the search ends.
"""

from collections.abc import Iterator

import numpy as np

from alpes_matching.ranking.columns import CONTRIBUTIONS, Column
from alpes_matching.ranking.criteria import START
from alpes_matching.ranking.proximity import SCALE
from alpes_matching.ranking.ragged import Ragged, Small, Whole

_UNCAPPED_BITS = 14
_FIRST_ROWS, _CHUNK, _FEW = 4_096, 65_536, 512


def codes_of(uncapped: Small, cap: Small) -> Small:
    """A score and what it would be without its cap in one number, by which rows are ordered."""
    codes: Small = (np.minimum(uncapped, cap) << _UNCAPPED_BITS) | uncapped
    return codes


def score_of(code: int) -> tuple[int, int]:
    """The score, and what it would be without its cap."""
    return code >> _UNCAPPED_BITS, code & ((1 << _UNCAPPED_BITS) - 1)


class Best:
    """The rows that may still be among the best `limit`, with those that equal the last of them."""

    def __init__(self, limit: int) -> None:
        self.limit, self.floor = limit, -1
        self.rows, self.codes = np.zeros(0, np.int64), np.zeros(0, np.int32)

    def add(self, rows: Whole, codes: Small) -> None:
        """More rows; those below the last of the best are dropped."""
        reach = codes >= self.floor
        self.rows, self.codes = np.concatenate([self.rows, rows[reach]]), np.concatenate([self.codes, codes[reach]])
        if len(self.codes) > self.limit:
            self.floor = int(np.partition(self.codes, -self.limit)[-self.limit])
            kept = self.codes >= self.floor
            self.rows, self.codes = self.rows[kept], self.codes[kept]
        elif len(self.codes) == self.limit:
            self.floor = int(self.codes.min())

    @property
    def least(self) -> int:
        """The score below which nobody comes among the best any more; below 0 while there are too few."""
        return score_of(self.floor)[0] if self.floor >= 0 else -1


class Search:
    """Searches of one pool, one after the other; not to be shared between threads."""

    def __init__(self, postings: Ragged, count: int) -> None:
        self._postings, self._count = postings, count
        self._met = np.zeros(count, np.int64)
        self._searches = 0

    def best(self, columns: list[Column], near: Small | None, limit: int) -> Best:
        """The best `limit` rows; `near` is how near each occupation is, None when nobody said which is wanted."""
        best = Best(limit)
        left = sum(column.most for column in columns)
        others = left - columns[0].most
        if near is None or limit * 4 >= self._count:
            for begin in range(0, self._count, _CHUNK):
                self._try(columns, np.arange(begin, min(begin + _CHUNK, self._count)), best)
            return best
        for rows, nearest in self._by_occupation(near):
            if START + nearest + others < best.least:
                break
            for begin in range(0, len(rows), _CHUNK):
                self._try(columns, rows[begin : begin + _CHUNK], best)
        return best

    def _try(self, columns: list[Column], rows: Whole, best: Best) -> None:
        rows, uncapped, cap = evaluated(columns, rows, best.least)
        best.add(rows, codes_of(uncapped, cap))

    def _by_occupation(self, near: Small) -> Iterator[tuple[Whole, int]]:
        """Rows not met before, by the contribution of their occupations, the greatest first, with that contribution.

        The last group of `postings` are those without an occupation, to whom it contributes nothing.
        """
        self._searches += 1
        gains = np.concatenate([CONTRIBUTIONS["occupation"][near], [0]])
        order = np.argsort(-gains, kind="stable")
        sizes = np.cumsum(self._postings.lengths(order))
        begin, wanted = 0, _FIRST_ROWS
        while begin < len(order):
            end = max(begin + 1, int(np.searchsorted(sizes, (sizes[begin - 1] if begin else 0) + wanted)))
            groups = order[begin:end]
            yield self._fresh(groups), int(gains[groups[0]])
            begin, wanted = end, wanted * 4

    def _fresh(self, groups: Whole) -> Whole:
        """The rows of these groups, each once, that this search has not met."""
        starts, values = self._postings.starts, self._postings.values
        found = [values[starts[group] : starts[group + 1]] for group in groups]
        rows: Whole = np.concatenate(found).astype(np.int64)
        rows = rows[self._met[rows] != self._searches]
        self._met[rows] = -1 - np.arange(len(rows))
        rows = rows[self._met[rows] == -1 - np.arange(len(rows))]
        self._met[rows] = self._searches
        return rows


def evaluated(columns: list[Column], rows: Whole, least: int) -> tuple[Whole, Small, Small]:
    """The rows that may reach `least`, with their sums without a cap and their caps."""
    uncapped, cap = np.full(len(rows), START, np.int32), np.full(len(rows), SCALE, np.int32)
    left = sum(column.most for column in columns)
    for column in columns:
        gained, capped = column.graded(rows)
        uncapped += gained
        if capped is not None:
            np.minimum(cap, capped, out=cap)
        left -= column.most
        if least >= 0 and len(rows) > _FEW:
            reach = (uncapped + left >= least) & (cap >= least)
            rows, uncapped, cap = rows[reach], uncapped[reach], cap[reach]
    return rows, uncapped, cap
