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


def hidden_cells(
    values: Mapping[Key, int],
    additions: Iterable[Addition[Key]],
    *,
    threshold: int,
    secret: Collection[Key] = (),
    public: Collection[Key] = (),
) -> frozenset[Key]:
    """The keys of the cells to hide. `threshold` is the smallest number that may be shown (0 or 1: nothing is hidden).
    Another table read beside this one hides the `secret` cells, and shows the `public` ones: to hide those would help
    nobody.

    Every key of the additions must have a value; unknown cells take no part.
    """
    lines = [(line.total, *line.parts) for line in additions]
    hidden = {key for key, value in values.items() if 0 < value < threshold or key in secret}
    useful = {key: value for key, value in values.items() if value > 0 and key not in public}
    while exposed := _worked_out(hidden, lines) | _all_ones(hidden, lines, values):
        before = len(hidden)
        _hide_companions(exposed, hidden, lines, useful)
        if len(hidden) == before and not _hide_further(exposed, hidden, lines, useful):
            break
    return frozenset(hidden)


def _hide_companions(
    exposed: Collection[Key], hidden: set[Key], lines: Sequence[Sequence[Key]], useful: Mapping[Key, int]
) -> None:
    """Hide one more of the `useful` cells in each sum that gives an exposed cell away: a part that other such sums need
    hidden too, else the smallest part, else a total.
    """
    telling = [line for line in lines if any(key in exposed for key in line)]
    alone = [line for line in telling if sum(key in hidden for key in line) == 1]
    for line in alone or telling:
        if alone and sum(key in hidden for key in line) > 1:
            continue  # closed by what was hidden for another sum
        for cells in (line[1:], line[:1]):
            shown = [key for key in cells if key not in hidden and key in useful]
            if shown:
                needed = {key: sum(key in other for other in alone) for key in shown}
                hidden.add(min(shown, key=lambda key: (-needed[key], useful[key], str(key))))
                break


def _hide_further(
    exposed: Collection[Key], hidden: set[Key], lines: Sequence[Sequence[Key]], useful: Mapping[Key, int]
) -> bool:
    """Where no sum of an exposed cell has another to hide: the smallest useful one in the sums that lead there by what
    is hidden. Gives whether there is one.
    """
    reached, waiting = set(exposed), [line for line in lines if any(key in hidden for key in line)]
    while led := [line for line in waiting if any(key in reached for key in line)]:
        waiting = [line for line in waiting if line not in led]
        reached.update(key for line in led for key in line if key in hidden)
        shown = [key for line in led for key in line if key not in hidden and key in useful]
        if shown:
            hidden.add(min(shown, key=lambda key: (useful[key], str(key))))
            return True
    return False


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
