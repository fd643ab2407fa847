"""A contract as somebody writes it, made sure of, and how we know of it."""

from dataclasses import dataclass
from datetime import date

from alpes_events.hiring.codes import ContractKind, TrainingKind
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_


class BadHire(BadInput):
    """A contract that cannot be; `field` names what."""


@dataclass(frozen=True)
class HireDraft:
    """A contract as written: its kind and its days. A contract without end has no `ends_on`."""

    contract: ContractKind
    signed_on: date
    starts_on: date
    ends_on: date | None = None
    training: TrainingKind | None = None


@dataclass(frozen=True)
class HireOrigin:
    """How we know of a contract: at whose stand they met, the interview, the answer to a question after the event."""

    exhibitor_id: int | None = None
    interview_id: int | None = None
    follow_up_id: int | None = None


NOWHERE = HireOrigin()


def check_hire(draft: HireDraft) -> None:
    """Raise `BadHire` for days that cannot be."""
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        raise BadHire(N_("La fin vient avant le début : changez l’une ou l’autre."), field="ends_on")
    if draft.contract is ContractKind.CDI and draft.ends_on is not None:
        raise BadHire(N_("Un CDI n’a pas de fin : retirez sa date de fin."), field="ends_on")
