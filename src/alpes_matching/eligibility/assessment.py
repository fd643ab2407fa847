"""The assessment of one person on one day: each criterion with its proof, and the answer of the whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from alpes_matching.eligibility.answer import Answer
from alpes_matching.eligibility.criteria import Criteria, Criterion
from alpes_matching.eligibility.gate import wanting, whole
from alpes_matching.eligibility.months import months_after
from alpes_matching.eligibility.proofs import Proof, stands, stands_from, stands_until
from alpes_matching.wording import N_

ELIGIBILITY_MONTHS = 24
"""How long an eligibility lasts from the first hire when the contract does not say otherwise."""


@dataclass(frozen=True)
class CriterionAnswer:
    """One criterion: its answer, the proof it rests on with the days that proof speaks for, and why, in French.

    `until` is exclusive; None without a proof, or when the proof has no end. An expired proof is named with the answer
    UNKNOWN, so that a newer one can be asked for.
    """

    criterion: Criterion
    answer: Answer
    reason: str
    proof: Proof | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Assessment:
    """Whether the person may come in `on` that day, and each criterion in the order of the list.

    `wanting` are the criteria not known of which a proof could still settle an answer that is not known. `unused` are
    proofs of criteria that are not asked here.
    """

    on: date
    answer: Answer
    criteria: tuple[CriterionAnswer, ...]
    wanting: tuple[Criterion, ...]
    unused: tuple[Proof, ...] = ()


def assess(criteria: Criteria, proofs: Iterable[Proof], on: date) -> Assessment:
    """Assess the proofs of one person on a day (the day of hiring).

    A criterion is known by the newest proof that speaks for that day; two of one date that contradict each other leave
    it not known.
    """
    held: dict[str, list[Proof]] = {criterion.code: [] for criterion in criteria.listed}
    unused: list[Proof] = []
    for proof in proofs:
        held.get(proof.criterion, unused).append(proof)
    answers = tuple(_answered(criterion, held[criterion.code], on) for criterion in criteria.listed)
    known = {one.criterion.code: one.answer for one in answers}
    wanted = wanting(criteria, known)
    asked = tuple(criterion for criterion in criteria.listed if criterion.code in wanted)
    return Assessment(on, whole(criteria, known), answers, asked, tuple(unused))


def eligible_until(first_hired_on: date, *, months: int = ELIGIBILITY_MONTHS) -> date:
    """The first day on which hours no longer count: the eligibility assessed at hiring lasts `months` from it."""
    return months_after(first_hired_on, months)


def _answered(criterion: Criterion, proofs: Sequence[Proof], on: date) -> CriterionAnswer:
    speaking = [proof for proof in proofs if stands(proof, criterion, on=on)]
    if not speaking:
        return _silent(criterion, proofs, on)
    newest = max(proof.issued_on for proof in speaking)
    last = [proof for proof in speaking if proof.issued_on == newest]
    if len({proof.holds for proof in last}) > 1:
        return CriterionAnswer(criterion, Answer.UNKNOWN, N_("Deux justificatifs du même jour se contredisent"))
    proof = max(last, key=lambda one: (stands_until(one, criterion) or date.max, stands_from(one), one.reference))
    reason = N_("Justifié ce jour-là") if proof.holds else N_("Le justificatif dit le contraire")
    answer = Answer.YES if proof.holds else Answer.NO
    return CriterionAnswer(criterion, answer, reason, proof, stands_from(proof), stands_until(proof, criterion))


def _silent(criterion: Criterion, proofs: Sequence[Proof], on: date) -> CriterionAnswer:
    """No proof speaks for the day: the nearest is named, for what it is worth."""
    begun = [proof for proof in proofs if stands_from(proof) <= on]
    if not proofs:
        return CriterionAnswer(criterion, Answer.UNKNOWN, N_("Pas de justificatif"))
    reason = N_("Le justificatif n’est plus valable ce jour-là") if begun else N_("Le justificatif vaut pour plus tard")
    proof = (
        max(begun, key=lambda one: (one.issued_on, one.reference))
        if begun
        else min(proofs, key=lambda one: (stands_from(one), one.reference))
    )
    until = stands_until(proof, criterion)
    return CriterionAnswer(criterion, Answer.UNKNOWN, reason, proof, stands_from(proof), until)
