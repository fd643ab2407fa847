"""The life of an application: which step may follow which, who may take it, and where it stands after its steps."""

from collections.abc import Iterable
from typing import Protocol

from alpes_events.hiring.codes import OPEN_APPLICATIONS, ApplicationState, RefusalReason
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_

_OVER = frozenset(ApplicationState) - frozenset(OPEN_APPLICATIONS)


class Step(Protocol):
    """One step of an application."""

    @property
    def number(self) -> int:
        """Its place, from 1."""

    @property
    def state(self) -> ApplicationState:
        """Where it led."""


class StepRefused(Refusal):
    """A step that cannot follow."""

    def __init__(self, current: ApplicationState, wanted: ApplicationState) -> None:
        super().__init__(
            N_("Cette candidature a déjà une réponse : rouvrez-la d’abord, puis choisissez une autre réponse.")
            if current in _OVER
            else N_("Cette candidature en est déjà là : rechargez la page.")
        )
        self.current, self.wanted = current, wanted


class NoReason(BadInput):
    """A refusal without its reason, or a reason for something that is no refusal."""

    def __init__(self) -> None:
        super().__init__(N_("Choisissez pourquoi la candidature est refusée."), field="reason")


def next_states(current: ApplicationState, *, by_candidate: bool = False) -> tuple[ApplicationState, ...]:
    """What may follow. What is answered can only be reopened; a candidate may only withdraw what is open."""
    if by_candidate:
        return (ApplicationState.WITHDRAWN,) if current in OPEN_APPLICATIONS else ()
    if current in _OVER:
        return OPEN_APPLICATIONS
    return tuple(state for state in ApplicationState if state is not current)


def check_step(
    current: ApplicationState,
    wanted: ApplicationState,
    *,
    reason: RefusalReason | None,
    by_candidate: bool = False,
) -> None:
    """Raise `StepRefused` or `NoReason` when this step cannot be taken."""
    if wanted not in next_states(current, by_candidate=by_candidate):
        raise StepRefused(current, wanted)
    if (wanted is ApplicationState.REFUSED) != (reason is not None):
        raise NoReason


def standing(steps: Iterable[Step]) -> ApplicationState:
    """Where an application stands after these steps: at the last one. Raises `ValueError` without any."""
    return max(steps, key=lambda step: step.number).state
