"""Rows of different lengths in two flat arrays: the skills of each profile, the occupations, the languages."""

from array import array
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]


class RaggedBuilder:
    """Takes rows one by one."""

    def __init__(self) -> None:
        self._starts, self._values = array("q", [0]), array("i")

    def add(self, row: list[int]) -> None:
        """One more row."""
        self._values.extend(row)
        self._starts.append(len(self._values))

    def built(self) -> "Ragged":
        """All rows that were added."""
        return Ragged(np.array(self._starts, np.int64), np.array(self._values, np.int32))


@dataclass(frozen=True)
class Ragged:
    """Row `i` is `values[starts[i]:starts[i + 1]]`."""

    starts: Whole
    values: npt.NDArray[np.integer[Any]]

    def lengths(self, rows: Whole) -> Whole:
        """How many values each of these rows has."""
        counts: Whole = self.starts[rows + 1] - self.starts[rows]
        return counts

    def places(self, rows: Whole) -> tuple[Whole, Whole]:
        """Where the values of these rows stand, one row after the other, and where each row's begin (and the end)."""
        begins = self.starts[rows]
        ends = np.zeros(len(rows) + 1, np.int64)
        np.cumsum(self.starts[rows + 1] - begins, out=ends[1:])
        return np.arange(ends[-1]) + np.repeat(begins - ends[:-1], np.diff(ends)), ends

    def sums(self, rows: Whole, numbers: Whole) -> Whole:
        """For each of these rows the sum of `numbers` by value; 0 for an empty one."""
        places, ends = self.places(rows)
        return summed(numbers[self.values[places]], ends)

    def maxima(self, rows: Whole, numbers: Small, empty: int) -> Small:
        """For each of these rows the greatest of `numbers` by value; `empty` for an empty one."""
        places, ends = self.places(rows)
        full = ends[1:] > ends[:-1]
        greatest = np.full(len(rows), empty, np.int32)
        if len(places):
            greatest[full] = np.maximum.reduceat(numbers[self.values[places]], ends[:-1][full])
        return greatest

    def postings(self, values: int) -> "Ragged":
        """The other way round: for each of so many values the rows that have it; one more row for the empty ones."""
        lengths = np.diff(self.starts)
        rows = np.repeat(np.arange(len(lengths)), lengths)
        empty = np.flatnonzero(lengths == 0)
        owners = np.concatenate([rows, empty])
        keys = np.concatenate([self.values, np.full(len(empty), values, np.int32)])
        order = np.argsort(keys, kind="stable")
        starts = np.searchsorted(keys[order], np.arange(values + 2))
        return Ragged(starts.astype(np.int64), owners[order])


def summed(numbers: Whole, ends: Whole) -> Whole:
    """Sums of runs of whole numbers, from where each ends."""
    totals = np.zeros(len(numbers) + 1, np.int64)
    np.cumsum(numbers, out=totals[1:])
    sums: Whole = totals[ends[1:]] - totals[ends[:-1]]
    return sums
