"""What a plan of placements is asked to arrange: the hours that lots owe, people with their weeks, and who fits where.

Time goes in whole weeks from one that the caller chooses; every span is half-open. Work is in whole minutes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Weeks(NamedTuple):
    """From a week to another: `[start, end)`."""

    start: int
    end: int


@dataclass(frozen=True)
class Lot:
    """Insertion minutes still `due` on a lot, to be worked in its weeks. `urgency` weighs a minute; 1 is usual."""

    key: str
    due: int
    weeks: Weeks
    urgency: int = 1


@dataclass(frozen=True)
class Person:
    """Somebody to place: the weeks when they can work, minutes a week, and at `most` those of all contracts."""

    key: str
    weeks: tuple[Weeks, ...]
    weekly: int
    most: int


@dataclass(frozen=True)
class Fit:
    """This person may work on this lot, and how well they fit in [0, 10,000]. Eligibility was settled before."""

    person: str
    lot: str
    score: int = 0


@dataclass(frozen=True, order=True)
class Stint:
    """A person on a lot in `[start, end)` weeks, for so many minutes in all."""

    person: str
    start: int
    end: int
    lot: str
    minutes: int
    pinned: bool = False


@dataclass(frozen=True)
class Asked:
    """Everything that is asked. Pinned stints stand; excluded pairs (person, lot) are not placed together."""

    lots: Sequence[Lot]
    people: Sequence[Person]
    fits: Sequence[Fit]
    pinned: Sequence[Stint] = ()
    excluded: Sequence[tuple[str, str]] = ()
