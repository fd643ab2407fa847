"""The occupations of the ROME: their codes and titles, and which codes a title may have."""

from alpes_matching.occupations.classifier import Classifier, NotAClassifierError
from alpes_matching.occupations.files import NoOccupationsError
from alpes_matching.occupations.rows import RowProblem
from alpes_matching.occupations.vocabulary import (
    Classification,
    JobTitle,
    Occupation,
    Occupations,
    Proposal,
    classified,
)

__all__ = [
    "Classification",
    "Classifier",
    "JobTitle",
    "NoOccupationsError",
    "NotAClassifierError",
    "Occupation",
    "Occupations",
    "Proposal",
    "RowProblem",
    "classified",
]
