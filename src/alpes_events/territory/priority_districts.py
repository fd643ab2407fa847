"""The generations of the national list of QPV, with the days on which each is the one that counts."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Generation:
    """A national list of priority districts, valid in `[from_on, until_on)`."""

    year: int
    from_on: date
    until_on: date | None


GENERATIONS = {
    2015: Generation(2015, date(2015, 1, 1), date(2024, 1, 1)),
    2024: Generation(2024, date(2024, 1, 1), None),
}
"""Decrees of 30 December 2014 and of 28 December 2023: the second list replaces the first on 1 January 2024."""


def generation_on(day: date) -> Generation | None:
    """The list that counts on `day`; None before the first."""
    for generation in GENERATIONS.values():
        if generation.from_on <= day and (generation.until_on is None or day < generation.until_on):
            return generation
    return None
