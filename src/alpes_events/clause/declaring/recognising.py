"""Who somebody named in a declaration may be, among people that are known: each with a score and its reasons. Pure.

The evidence of two names is weighed as for duplicates; what is known beforehand is that the person is one of the list.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from alpes_matching.person import Criterion, Person, Prepared, names

CERTAIN_FROM = 0.9
POSSIBLE_FROM = 0.2


@dataclass(frozen=True)
class Likely:
    """Somebody of the list (`id`), how likely it is them (0 to 1), and why."""

    id: int
    score: float
    criteria: tuple[Criterion, ...]


def likely(words: str, people: Iterable[Person], *, at_least: float = POSSIBLE_FROM) -> list[Likely]:
    """Who of `people` may be called that, most likely first. `words` are given and family name in any order."""
    listed = list(people)
    beforehand = -math.log2(len(listed) + 1)
    asked = _readings(words)
    found = [_weighed(asked, Prepared(person), beforehand) for person in listed] if asked else []
    kept = [one for one in found if one.score >= at_least]
    return sorted(kept, key=lambda one: (-one.score, one.id))


def certain(found: Iterable[Likely]) -> int | None:
    """The one person that it is; None when two come near, or nobody does."""
    best = list(found)[:2]
    if not best or best[0].score < CERTAIN_FROM or any(other.score >= POSSIBLE_FROM for other in best[1:]):
        return None
    return best[0].id


def _readings(words: str) -> list[Prepared]:
    """Every way to part a written name into a given and a family name."""
    parts = words.split()
    return [
        Prepared(Person(0, family_name=" ".join(parts[cut:]), given_name=" ".join(parts[:cut])))
        for cut in range(1, len(parts))
    ]


def _weighed(asked: list[Prepared], person: Prepared, beforehand: float) -> Likely:
    scored = [(_score(criteria, beforehand), criteria) for criteria in (names(one, person) for one in asked)]
    score, criteria = max(scored, key=lambda one: one[0])
    return Likely(person.person.id, score, criteria)


def _score(criteria: tuple[Criterion, ...], beforehand: float) -> float:
    bits = beforehand + sum(one.points or 0 for one in criteria)
    return min(1 / (1 + 2**-bits), *(one.bound for one in criteria))
