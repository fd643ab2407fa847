"""A document that says a criterion holds, or does not, for a time."""

from dataclasses import dataclass
from datetime import date

from alpes_matching.eligibility.criteria import Criterion
from alpes_matching.eligibility.months import months_after


class WrongProofError(ValueError):
    """A proof whose dates contradict each other."""


@dataclass(frozen=True)
class Proof:
    """What a document says of one criterion of one person: `holds` or not.

    `issued_on` is its date; it speaks for days from `valid_from` (its date, when None) until before `valid_until` (no
    end of its own, when None). `reference` names the document for whoever keeps it; nothing is read from it.
    """

    criterion: str
    issued_on: date
    holds: bool = True
    valid_from: date | None = None
    valid_until: date | None = None
    reference: str = ""

    def __post_init__(self) -> None:
        if self.valid_until is not None and self.valid_until <= (self.valid_from or self.issued_on):
            raise WrongProofError(f"the proof of {self.criterion} ends on {self.valid_until} before it begins")


def stands_from(proof: Proof) -> date:
    """The first day it speaks for."""
    return proof.valid_from or proof.issued_on


def stands_until(proof: Proof, criterion: Criterion) -> date | None:
    """The first day it no longer speaks for: its own end, or the age beyond which it is not taken, the sooner."""
    ends = [] if proof.valid_until is None else [proof.valid_until]
    if criterion.proof_months is not None:
        ends.append(months_after(proof.issued_on, criterion.proof_months))
    return min(ends, default=None)


def stands(proof: Proof, criterion: Criterion, *, on: date) -> bool:
    """Whether it speaks for the day. A proof issued later may speak for it, when it says so by `valid_from`."""
    until = stands_until(proof, criterion)
    return stands_from(proof) <= on and (until is None or on < until)
