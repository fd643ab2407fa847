"""Whether a person may do hours of a public contract on a day: pure.

Their proofs of that day say so before the first hire. From it on the eligibility lasts as long as the contract says,
whatever becomes of the proofs; then it is over.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from alpes_events.clause.tables.proof_rows import HEALTH, Eligible
from alpes_matching.eligibility import Answer, Assessment, Criteria, Criterion, CriterionAnswer, Proof, assess

_SAID = {Answer.YES: Eligible.YES, Answer.NO: Eligible.NO, Answer.UNKNOWN: Eligible.UNKNOWN}


@dataclass(frozen=True)
class FirstHire:
    """The first hire of a person on a contract: its day, the first day on which hours no longer count, and the public
    retained (None: none was).
    """

    on: date
    until: date
    code: str | None = None


@dataclass(frozen=True)
class Standing:
    """The answer, the public retained, and the first day on which it no longer holds (None: no end is known).

    `answers` are those of each public, from the proofs alone; `wanting` the publics whose documents would settle an
    answer that is not known. `hire`: the first hire, when it decides.
    """

    on: date
    answer: Eligible
    code: str | None = None
    until: date | None = None
    answers: tuple[CriterionAnswer, ...] = ()
    wanting: tuple[Criterion, ...] = ()
    hire: FirstHire | None = None
    reserved: bool = False

    @property
    def is_over(self) -> bool:
        """Whether the eligibility from the first hire has run out."""
        return self.hire is not None and self.answer is Eligible.NO


def standing_on(
    criteria: Criteria, proofs: Iterable[Proof], *, on: date, hire: FirstHire | None, health: Collection[str]
) -> Standing:
    """Decide. Of several publics that fit, one that does not tell of health is retained, then the longest."""
    found = assess(criteria, proofs, on)
    if hire is not None and on >= hire.until:
        return Standing(on, Eligible.NO, hire.code, hire.until, found.criteria, hire=hire)
    if hire is not None and hire.code is not None and on >= hire.on:
        return Standing(on, Eligible.YES, hire.code, hire.until, found.criteria, hire=hire)
    retained = _retained(found, health)
    return Standing(
        on,
        _SAID[found.answer],
        None if retained is None else retained.criterion.code,
        None if retained is None else retained.until,
        found.criteria,
        found.wanting,
    )


def without_health(standing: Standing, health: Collection[str]) -> Standing:
    """What somebody may read who is no facilitator: no public that tells of health, nor whether one was proved.

    `reserved`: a document about health might be of use, whether there is one already or not.
    """
    return replace(
        standing,
        code=HEALTH if standing.code in health else standing.code,
        answers=tuple(one for one in standing.answers if one.criterion.code not in health),
        wanting=tuple(one for one in standing.wanting if one.code not in health),
        hire=None if standing.hire is None else replace(standing.hire, code=None),
        reserved=any(one.criterion.code in health for one in standing.answers),
    )


def _retained(found: Assessment, health: Collection[str]) -> CriterionAnswer | None:
    fitting = [one for one in found.criteria if one.answer is Answer.YES]
    return min(
        fitting,
        key=lambda one: (one.criterion.code in health, -(one.until or date.max).toordinal()),
        default=None,
    )
