"""Whether two records are one person: each criterion gives points, for or against, and says why.

Points are bits of evidence (the method of Fellegi and Sunter): +1 doubles the odds, −1 halves them, what is not known
counts nothing. The score is the probability they amount to. Some disagreements bound it, whatever else agrees: brothers
and sisters share a telephone, homonyms a name, and a married woman changed hers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from alpes_matching.contacts import email_form, telephone_form
from alpes_matching.person import HOUSEHOLD, Criterion, Person, Prepared, birth, commune, email, names, telephone

__all__ = ["Comparison", "Criterion", "Pair", "Person", "Verdict", "compare", "find_duplicates"]

CERTAIN_FROM = 0.95
POSSIBLE_FROM = 0.5
_BEFOREHAND = -10.5
"""Bits against two records of one territory being one person, before anything is compared."""


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
    """The pairs that score `at_least`, best first. Only records that share a telephone, an address, a birth date or the
    rough form of both names are compared: 20,000 people take seconds.
    """
    ready = {person.id: Prepared(person) for person in people}
    pairs: list[Pair] = []
    for first_id, second_id in _neighbours(ready.values()):
        comparison = _compare(ready[first_id], ready[second_id])
        if comparison.score >= at_least:
            pairs.append(Pair(first_id, second_id, comparison))
    return sorted(pairs, key=lambda pair: (-pair.comparison.score, pair.first_id, pair.second_id))


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


_LARGEST_BLOCK = 300


def _neighbours(ready: Iterable[Prepared]) -> Iterator[tuple[int, int]]:
    """Each pair of ids that shares a block, once, the smaller first. A telephone or address that hundreds share (that
    of a structure) is divided by name.
    """
    blocks: dict[str, list[Prepared]] = {}
    for one in ready:
        for key in set(_keys(one)):
            blocks.setdefault(key, []).append(one)
    met: set[tuple[int, int]] = set()
    for block in blocks.values():
        if len(block) <= _LARGEST_BLOCK:
            met.update(combinations(sorted(one.person.id for one in block), 2))
    yield from met


def _keys(one: Prepared) -> Iterator[str]:
    person = one.person
    both = sorted((one.family.sound[:4], one.given.sound[:4]))
    yield f"begin:{both}"
    yield f"end:{sorted((one.family.sound[-4:], one.given.sound[-4:]))}"
    for word in one.family.words:
        yield f"word:{sorted((word[:6], one.given.joined[:4]))}"
    if person.telephone:
        yield f"telephone:{telephone_form(person.telephone)}"
        yield f"telephone:{telephone_form(person.telephone)}:{both}"
    if person.email:
        yield f"email:{email_form(person.email)[0]}"
        yield f"email:{email_form(person.email)[0]}:{both}"
    if person.birth_on is not None:
        born = person.birth_on
        yield f"birth:{born.year}:{sorted((born.day, born.month))}"
