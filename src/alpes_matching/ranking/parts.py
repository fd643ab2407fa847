"""Criteria whose two sides take few distinct values: compared once for each distinct pair, then looked up."""

from array import array
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from alpes_matching.ranking import grades
from alpes_matching.ranking.grades import Grade
from alpes_matching.ranking.profiles import CandidateProfile, OfferProfile

Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True)
class Tabled:
    """One such criterion: what an offer asks, what a candidate declares, and the grade of the two."""

    code: str
    asked: Callable[[OfferProfile], Hashable]
    declared: Callable[[CandidateProfile], Hashable]
    grade: Callable[..., Grade]


TABLED = (
    Tabled("training", lambda o: o.training_level, lambda c: c.training_level, grades.training),
    Tabled("licence", lambda o: o.licences, lambda c: c.licences, grades.licence),
    Tabled(
        "hours",
        lambda o: o.weekly_minutes,
        lambda c: (c.least_weekly_minutes, c.most_weekly_minutes),
        grades.hours,
    ),
    Tabled("times", lambda o: o.times, lambda c: c.times, grades.times),
    Tabled("availability", lambda o: o.starts_on, lambda c: c.available_on, grades.availability),
    Tabled("contract", lambda o: o.contract, lambda c: c.contracts, grades.contract),
    Tabled("languages", lambda o: o.languages, lambda c: c.languages, grades.languages),
)
"""Each grade takes what is asked, then what is declared."""


class Numbering(Generic[Value]):
    """Numbers distinct values in the order in which they first come, and notes the number of each row."""

    def __init__(self) -> None:
        self.numbers: dict[Value, int] = {}
        self.rows = array("i")

    def number(self, value: Value) -> int:
        """Of a value, a new one when it is new."""
        return self.numbers.setdefault(value, len(self.numbers))

    def add(self, value: Value) -> None:
        """One more row."""
        self.rows.append(self.number(value))
