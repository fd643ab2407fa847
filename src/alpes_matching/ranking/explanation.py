"""What a score is made of: where every pair starts, what each criterion adds or takes away, what a cap takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from alpes_matching.ranking.criteria import CRITERIA, START, Criterion
from alpes_matching.ranking.grades import NOT_ASKED, Grade
from alpes_matching.ranking.pairs import Pair
from alpes_matching.ranking.proximity import SCALE
from alpes_matching.ranking.said import Said, percent
from alpes_matching.ranking.sentences import without_value

THE_START, THE_CAP = "start", "cap"
"""Names of the two contributions that no criterion makes."""


class State(StrEnum):
    """Whether a criterion could be compared."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Reason:
    """One criterion of one pair: `value` from 0 to 1 when known, `contribution` in ten-thousandths of the score.

    `cap` is the most that the score may be for want of a must-have; None when nothing is missing.
    """

    criterion: str
    label: Said
    state: State
    value: float | None
    weight: int
    contribution: int
    cap: int | None
    sentence: Said


@dataclass(frozen=True, slots=True)
class Score:
    """A score in ten-thousandths, what it would be without a cap, and the cap (10,000 for none)."""

    score: int
    uncapped: int
    cap: int

    @classmethod
    def of(cls, uncapped: int, cap: int) -> "Score":
        """The sum of the start and all contributions, under the lowest cap."""
        return cls(min(uncapped, cap), uncapped, cap)


def grades_of(pair: Pair) -> tuple[Grade, ...]:
    """What each criterion says, in their order."""
    return tuple(criterion.grade(pair) for criterion in CRITERIA)


def scored(pair: Pair) -> Score:
    """The score of one pair."""
    return summed(grades_of(pair))


def summed(grades: tuple[Grade, ...]) -> Score:
    """Contributions are rounded before they are summed: whole numbers, the same everywhere."""
    parts = (one.contribution(grade.value) for one, grade in zip(CRITERIA, grades, strict=True))
    return Score.of(START + sum(parts), min(grade.cap for grade in grades))


def reasons_of(pair: Pair) -> tuple[Reason, ...]:
    """Every criterion with its sentence, in the order in which they are shown."""
    return tuple(_reason(criterion, pair) for criterion in CRITERIA)


def contributions_of(parts: Mapping[str, int], score: Score) -> dict[str, int]:
    """The start, each criterion, and what the cap takes: they sum to the score."""
    return {THE_START: START, **parts, THE_CAP: score.score - score.uncapped}


def cap_sentence(score: Score, reasons: tuple[Reason, ...]) -> Said | None:
    """Which missing must-haves cap the score, and at how much; None when nothing does."""
    capping = [reason.label for reason in reasons if reason.cap is not None]
    if not capping:
        return None
    french, english = (", ".join(one.in_language(code) for one in capping) for code in ("fr", "en"))
    return Said("Plafonné à {cap} : {what}.", "Capped at {cap}: {what}.").put(
        cap=percent(score.cap), what=Said(french, english)
    )


def _reason(criterion: Criterion, pair: Pair) -> Reason:
    grade = criterion.grade(pair)
    known = grade.value >= 0
    unknown = State.NOT_ASKED if grade == NOT_ASKED else State.UNKNOWN
    return Reason(
        criterion=criterion.code,
        label=criterion.label,
        state=State.KNOWN if known else unknown,
        value=grade.value / SCALE if known else None,
        weight=criterion.weight,
        contribution=criterion.contribution(grade.value),
        cap=grade.cap if grade.cap < SCALE else None,
        sentence=criterion.sentence(pair, grade) if known else without_value(grade),
    )
