"""What would raise a score: the smallest changes of what a candidate declares, each tried and scored anew."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from alpes_matching.ranking.criteria import CRITERIA
from alpes_matching.ranking.explanation import Score, grades_of, summed
from alpes_matching.ranking.grades import Grade
from alpes_matching.ranking.pairs import Pair
from alpes_matching.ranking.profiles import CandidateProfile
from alpes_matching.ranking.proximity import SCALE
from alpes_matching.ranking.said import Said
from alpes_matching.ranking.steps import STEPS


@dataclass(frozen=True, slots=True)
class Change:
    """A change of what a candidate declares: `candidate` is the profile with it, `total` its score.

    `gain` is in ten-thousandths; it may be 0 while another must-have caps the score: then only the order among the
    capped rises. `known` is False where nobody has said yet: the change is then an answer to ask for.
    """

    criteria: tuple[str, ...]
    sentence: Said
    gain: int
    total: Score
    known: bool
    candidate: CandidateProfile

    @property
    def lifts_the_cap(self) -> bool:
        """Whether nothing caps the score any more."""
        return self.total.cap == SCALE

    @property
    def told(self) -> Said:
        """The change with what it gives: « Avec le permis B : +22 points sur 100, sans plafond »."""
        gain = f"{self.gain / 100:.1f}".removesuffix(".0")
        capped = Said("sans plafond", "capped no more") if self.lifts_the_cap else Said("plafonné", "still capped")
        return Said("{what} : +{gain} points sur 100, {capped}.", "{what}: +{gain} points of 100, {capped}.").put(
            what=self.sentence, gain=Said(gain.replace(".", ","), gain), capped=capped
        )


def changes_of(pair: Pair) -> tuple[Change, ...]:
    """The changes that raise the score or, under a cap, what it would be without; the greatest gain first.

    Where several must-haves are missing, one more change meets them all.
    """
    grades = {one.code: grade for one, grade in zip(CRITERIA, grades_of(pair), strict=True)}
    found = [*_single(pair, grades), *_together(pair, grades)]
    return tuple(
        sorted(found, key=lambda one: (-one.gain, -one.total.uncapped, len(one.criteria), one.sentence.french))
    )


def _single(pair: Pair, grades: dict[str, Grade]) -> Iterator[Change]:
    before = summed(tuple(grades.values()))
    for code, step in STEPS.items():
        for said, candidate in step(pair):
            after = summed(grades_of(replace(pair, candidate=candidate)))
            if (after.score, after.uncapped) > (before.score, before.uncapped):
                gain = after.score - before.score
                yield Change((code,), said, gain, after, grades[code].value >= 0, candidate)


def _together(pair: Pair, grades: dict[str, Grade]) -> Iterator[Change]:
    capping = tuple(code for code, grade in grades.items() if grade.cap < SCALE)
    if len(capping) < 2:  # noqa: PLR2004 (one alone is a change of its own)
        return
    changed, said = pair, []
    for code in capping:
        for sentence, candidate in [*STEPS[code](changed)][-1:]:
            changed = replace(changed, candidate=candidate)
            said.append(sentence)
    after, before = summed(grades_of(changed)), summed(tuple(grades.values()))
    if said and after.score > before.score:
        french, english = (" ; ".join(one.in_language(code) for one in said) for code in ("fr", "en"))
        yield Change(capping, Said(french, english), after.score - before.score, after, True, changed.candidate)
