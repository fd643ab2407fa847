"""What a clause or an insertion structure asks: criteria with their proofs, ways in, exclusions, what prevails."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """The levels of the criteria of insertion through economic activity (decree of 1 September 2021)."""

    ONE = 1
    TWO = 2


class WrongCriteriaError(ValueError):
    """A set of criteria that cannot be assessed: what is wrong with it."""


class UnknownCriterionError(LookupError):
    """A code that is not in the list."""

    def __init__(self, codes: Iterable[str], known: Iterable[str]) -> None:
        self.codes = tuple(sorted(codes))
        super().__init__(f"not in the list of criteria: {', '.join(self.codes)}; the list: {', '.join(sorted(known))}")


@dataclass(frozen=True)
class Criterion:
    """One criterion: a stable `code`, a French `label` and the French name of its `proof`.

    `proof_months`: the proof must have been issued less than so many months before the day of the assessment; None when
    it stands by its own dates. `level`: that of the IAE, None elsewhere.
    """

    code: str
    label: str
    proof: str
    proof_months: int | None = None
    level: Level | None = None


@dataclass(frozen=True)
class Way:
    """A way in: at least `count` of the criteria `codes`."""

    count: int
    codes: frozenset[str]


@dataclass(frozen=True)
class Criteria:
    """Who may come in: by one of the `ways`, unless one of the `exclusions` holds; what is in `prevailing` opens alone,
    whatever else is proved (a valid PASS). `exclusions` and `prevailing` are codes of criteria in `listed`.
    """

    listed: tuple[Criterion, ...]
    ways: tuple[Way, ...]
    exclusions: frozenset[str] = frozenset()
    prevailing: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        codes = [criterion.code for criterion in self.listed]
        if len(set(codes)) < len(codes):
            raise WrongCriteriaError("a criterion stands twice in the list")
        named = {code for way in self.ways for code in way.codes} | self.exclusions | self.prevailing
        if named - set(codes):
            raise UnknownCriterionError(named - set(codes), codes)
        if not self.ways and not self.prevailing:
            raise WrongCriteriaError("there is no way in: name one criterion at least")
        if any(not 1 <= way.count <= len(way.codes) for way in self.ways):
            raise WrongCriteriaError("a way asks for more criteria than it names, or for none")


def any_of(criteria: Sequence[Criterion]) -> Criteria:
    """One of them is enough."""
    return Criteria(tuple(criteria), (Way(1, frozenset(criterion.code for criterion in criteria)),) if criteria else ())
