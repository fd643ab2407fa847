"""Small cells: which figures of published tables must be hidden so that nobody is recognised behind a small number.

A cell below the threshold is hidden (0 is not small: it is nobody). Then, as long as what is hidden can be worked out
from sums that are shown, the smallest cell that stands in the same sum is hidden too.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

_PRIME = 2**61 - 1
"""Sums are solved in the whole numbers modulo this prime: exact, and without fractions."""


@dataclass(frozen=True)
class Addition(Generic[Key]):
    """A sum that any reader can do: the total is its parts added up."""

    total: Key
    parts: tuple[Key, ...]


def hidden_cells(values: Mapping[Key, int], additions: Iterable[Addition[Key]], *, threshold: int) -> frozenset[Key]:
    """The keys of the cells to hide. `threshold` is the smallest number that may be shown (0 or 1: nothing is hidden).

    Every key of the additions must have a value; unknown cells take no part.
    """
    lines = [(line.total, *line.parts) for line in additions]
    hidden = {key for key, value in values.items() if 0 < value < threshold}
    while exposed := _worked_out(hidden, lines) | _all_ones(hidden, lines, values):
        more = {key for one in exposed for key in _companion(one, hidden, lines, values)}
        if not more:
            break
        hidden |= more
    return frozenset(hidden)


def _worked_out(hidden: Collection[Key], lines: Sequence[Sequence[Key]]) -> set[Key]:
    """The hidden cells that the sums determine, all others being known."""
    rows = [_unknowns(line, hidden) for line in lines]
    return {next(iter(row)) for row in _reduced([row for row in rows if row]) if len(row) == 1}


def _unknowns(line: Sequence[Key], hidden: Collection[Key]) -> dict[Key, int]:
    """One sum as an equation in what is hidden: parts minus total is a known number."""
    total, *parts = line
    row = {key: 1 for key in parts if key in hidden}
    if total in hidden:
        row[total] = _PRIME - 1
    return row


def _reduced(rows: Iterable[dict[Key, int]]) -> list[dict[Key, int]]:
    """The rows in reduced echelon form: a cell that stands alone in a row is determined, and no other is."""
    done: dict[Key, dict[Key, int]] = {}
    for row in rows:
        for key in [key for key in row if key in done]:
            _subtract(row, done[key], row[key])
        if not row:
            continue
        pivot = next(iter(row))
        inverse = pow(row[pivot], -1, _PRIME)
        for key in row:
            row[key] = row[key] * inverse % _PRIME
        for other in done.values():
            if pivot in other:
                _subtract(other, row, other[pivot])
        done[pivot] = row
    return list(done.values())


def _subtract(row: dict[Key, int], other: Mapping[Key, int], factor: int) -> None:
    for key, value in other.items():
        left = (row.get(key, 0) - factor * value) % _PRIME
        if left:
            row[key] = left
        else:
            row.pop(key, None)


def _all_ones(hidden: Collection[Key], lines: Sequence[Sequence[Key]], values: Mapping[Key, int]) -> set[Key]:
    """Hidden parts that must each be 1, because what is left of a total that is shown is as much as they are."""
    found: set[Key] = set()
    for total, *parts in lines:
        secret = [key for key in parts if key in hidden]
        if secret and total not in hidden and sum(values[key] for key in secret) == len(secret):
            found.update(secret)
    return found


def _companion(
    one: Key, hidden: Collection[Key], lines: Sequence[Sequence[Key]], values: Mapping[Key, int]
) -> list[Key]:
    """The smallest cell still shown, not 0, in a sum with `one`: parts first, totals when no part is left."""
    parts = {key for line in lines if one in line for key in line[1:]} - set(hidden)
    totals = {line[0] for line in lines if one in line} - set(hidden) - parts
    for cells in (parts, totals):
        shown = sorted((values[key], str(key), key) for key in cells if values[key] > 0)
        if shown:
            return [shown[0][2]]
    return []
