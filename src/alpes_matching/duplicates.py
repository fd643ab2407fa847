"""Whether two records are one person: each criterion gives points, for or against, and says why.

Points are bits of evidence (the method of Fellegi and Sunter): +1 doubles the odds, −1 halves them, what is not known
counts nothing. The score is the probability they amount to. Some disagreements bound it, whatever else agrees: brothers
and sisters share a telephone, homonyms a name, and a married woman changed hers.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from alpes_matching.blocks import screened
from alpes_matching.person import HOUSEHOLD, Criterion, Person, Prepared, birth, commune, email, names, telephone
from alpes_matching.screen import Screen

__all__ = ["Comparison", "Criterion", "Pair", "Person", "Verdict", "compare", "find_duplicates"]

CERTAIN_FROM = 0.95
POSSIBLE_FROM = 0.5
_BEFOREHAND = -10.5
"""Bits against two records of one territory being one person, before anything is compared."""
_ROUNDING = 1e-9


class Verdict(StrEnum):
    """What to do with a pair: propose it as certain, propose it to look at, or leave it."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Comparison:
    """A score in [0, 1], its verdict, and the criteria it is made of."""

    score: float
    criteria: tuple[Criterion, ...]

    @property
    def verdict(self) -> Verdict:
        """By the thresholds."""
        if self.score >= CERTAIN_FROM:
            return Verdict.CERTAIN
        return Verdict.POSSIBLE if self.score >= POSSIBLE_FROM else Verdict.DIFFERENT


@dataclass(frozen=True)
class Pair:
    """Two records (`first_id` < `second_id`) that may be one person."""

    first_id: int
    second_id: int
    comparison: Comparison


def compare(first: Person, second: Person) -> Comparison:
    """Compare two records; the order does not matter."""
    return _compare(Prepared(first), Prepared(second))


def find_duplicates(people: Iterable[Person], *, at_least: float = POSSIBLE_FROM) -> list[Pair]:
    """The pairs that score `at_least` (in [0, 1]), best first. Only records that share a telephone, an address, a birth
    date or the rough form of both names are compared, and of those only pairs that could score so much: 100,000 people
    take seconds. Raises `ValueError` when two records have one id.
    """
    ready = sorted((Prepared(person) for person in people), key=lambda one: one.person.id)
    if any(one.person.id == other.person.id for one, other in pairwise(ready)):
        raise ValueError("two records have the same id")
    bits = _bits(at_least) - _BEFOREHAND - _ROUNDING
    pairs: list[Pair] = []
    for first, second in screened(ready, Screen.of(ready), bits=bits):
        comparison = _compare(ready[first], ready[second])
        if comparison.score >= at_least:
            pairs.append(Pair(ready[first].person.id, ready[second].person.id, comparison))
    return sorted(pairs, key=lambda pair: (-pair.comparison.score, pair.first_id, pair.second_id))


def _bits(probability: float) -> float:
    """What adds up to a probability: 0 bits for one half."""
    if probability <= 0:
        return -math.inf
    return math.inf if probability >= 1 else math.log2(probability / (1 - probability))


def _compare(first: Prepared, second: Prepared) -> Comparison:
    mail = email(first.person, second.person)
    criteria = (
        *names(first, second),
        mail,
        telephone(first.person, second.person, most=HOUSEHOLD - max(0.0, mail.points or 0.0)),
        birth(first.person.birth_on, second.person.birth_on),
        commune(first.commune, second.commune),
    )
    bits = _BEFOREHAND + sum(criterion.points or 0.0 for criterion in criteria)
    bound = min(criterion.bound for criterion in criteria)
    return Comparison(min(bound, 1 / (1 + 2**-bits)), criteria)
