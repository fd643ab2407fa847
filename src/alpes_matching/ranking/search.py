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
_FIRST_ROWS, _CHUNK, _FEW = 4_096, 65_536, 256


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
        self._met = np.zeros(count, np.int32)
        self._searches = 0
        self._before: list[Whole] = []

    def best(self, columns: list[Column], near: Small | None, limit: int) -> Best:
        """The best `limit` rows; `near` is how near each occupation is, None when nobody said which is wanted.

        `columns` are all that add or cap, but for the occupation, which the order of the search gives.
        """
        best = Best(limit)
        others = START + sum(column.most for column in columns)
        if near is None:
            everybody = np.arange(self._count)
            _try(columns, everybody, np.zeros(self._count, np.int32), best)
            return best
        for groups, gains in self._by_occupation(near, everybody=limit >= self._count):
            if others + int(gains[groups[0]]) < best.least:
                break
            _try(columns, *self._fresh(groups, gains), best)
        return best

    def _by_occupation(self, near: Small, *, everybody: bool) -> Iterator[tuple[Whole, Small]]:
        """Groups of rows by occupation, those to whom it contributes most first, with what it contributes by group.

        The last group of `postings` are those without an occupation, to whom it contributes nothing.
        """
        self._searches += 1
        self._before = []
        gains = np.concatenate([CONTRIBUTIONS["occupation"][near], np.zeros(1, np.int32)])
        order = np.argsort(-gains, kind="stable")
        sizes = np.cumsum(self._postings.lengths(order))
        begin, wanted = 0, self._count if everybody else _FIRST_ROWS
        while begin < len(order):
            end = max(begin + 1, int(np.searchsorted(sizes, (sizes[begin - 1] if begin else 0) + wanted)))
            yield order[begin:end], gains
            begin, wanted = end, wanted * 4

    def _fresh(self, groups: Whole, gains: Small) -> tuple[Whole, Small]:
        """The rows of these groups that this search has not met, each once, in its first group."""
        starts, values = self._postings.starts, self._postings.values
        found = [values[starts[group] : starts[group + 1]] for group in groups[::-1]]
        rows: Whole = np.concatenate(found)
        gained = np.repeat(gains[groups[::-1]], [len(one) for one in found])
        if self._before:
            self._met[self._before.pop()] = self._searches
            fresh = self._met[rows] != self._searches
            rows, gained = rows[fresh], gained[fresh]
        if len(groups) > 1:
            places = -1 - np.arange(len(rows), dtype=np.int32)
            self._met[rows] = places  # of a row that comes twice the last place stays, that of its nearest group
            last = self._met[rows] == places
            rows, gained = rows[last], gained[last]
        self._before.append(rows)
        return rows[::-1], gained[::-1]


def _try(columns: list[Column], rows: Whole, gained: Small, best: Best) -> None:
    for begin, end in _portions(len(rows)):
        start = START + gained[begin:end]
        kept, uncapped, cap = evaluated(columns, rows[begin:end], start, best.least)
        best.add(kept, codes_of(uncapped, cap))


def _portions(count: int) -> Iterator[tuple[int, int]]:
    """From and to: few rows first, to learn soon what has to be reached, then more and more."""
    begin, size = 0, _FEW
    while begin < count:
        yield begin, min(begin + size, count)
        begin, size = begin + size, min(size * 4, _CHUNK)


def evaluated(columns: list[Column], rows: Whole, uncapped: Small, least: int) -> tuple[Whole, Small, Small]:
    """The rows that may reach `least`, with their sums without a cap and their caps."""
    cap = np.full(len(rows), SCALE, np.int32)
    left = sum(column.most for column in columns)
    for column in columns:
        gained, capped = column.graded(rows)
        uncapped = uncapped + gained
        if capped is not None:
            cap = np.minimum(cap, capped)
        left -= column.most
        if least >= 0:
            reach = np.flatnonzero((uncapped >= least - left) & (cap >= least))
            if len(reach) < len(rows) * 3 // 4:
                rows, uncapped, cap = rows[reach], uncapped[reach], cap[reach]
    return rows, uncapped, cap
