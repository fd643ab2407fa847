"""Whether the law opens a clause or an insertion contract to a person on a day: yes, no, or not known. A gate only."""

from alpes_matching.eligibility.answer import Answer
from alpes_matching.eligibility.assessment import Assessment, CriterionAnswer, assess, eligible_until
from alpes_matching.eligibility.criteria import (
    Criteria,
    Criterion,
    Level,
    UnknownCriterionError,
    Way,
    WrongCriteriaError,
    any_of,
)
from alpes_matching.eligibility.proofs import Proof, WrongProofError
from alpes_matching.eligibility.publics import CLAUSE_PUBLICS, clause_criteria
from alpes_matching.eligibility.siae import IAE_CRITERIA, Siae, iae_criteria

__all__ = [
    "CLAUSE_PUBLICS",
    "IAE_CRITERIA",
    "Answer",
    "Assessment",
    "Criteria",
    "Criterion",
    "CriterionAnswer",
    "Level",
    "Proof",
    "Siae",
    "UnknownCriterionError",
    "Way",
    "WrongCriteriaError",
    "WrongProofError",
    "any_of",
    "assess",
    "clause_criteria",
    "eligible_until",
    "iae_criteria",
]
