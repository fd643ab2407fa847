"""Which steps of an application its person hears of, and when: a step that is corrected soon is not told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from alpes_events.hiring.codes import ApplicationState

TOLD_AFTER = timedelta(minutes=30)
"""How long a step stands before it is told: time to notice a wrong button."""

TOLD_STATES = (
    ApplicationState.SHORTLISTED,
    ApplicationState.REFUSED,
    ApplicationState.HIRED,
    ApplicationState.OBSOLETE,
)
"""What is told when the application comes there."""


class Taken(Protocol):
    """A step with its time."""

    @property
    def state(self) -> ApplicationState:
        """Where it led."""

    @property
    def at(self) -> datetime:
        """When it was taken."""


TakenStep = TypeVar("TakenStep", bound=Taken)


def is_told(state: ApplicationState, *, came_from: ApplicationState, by_candidate: bool) -> bool:
    """Whether the person hears of a step. Not of what they did, nor that a contract noted by mistake counts no more."""
    return state in TOLD_STATES and came_from is not ApplicationState.HIRED and not by_candidate


def lasting_steps(steps: Sequence[TakenStep]) -> list[TakenStep]:
    """The steps as the person reads them, in order: without what was corrected before it was told, and without what
    then leads where the application already was.
    """
    lasting: list[TakenStep] = []
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        corrected = following is not None and following.at - step.at < TOLD_AFTER and step.state in TOLD_STATES
        if not corrected and (not lasting or lasting[-1].state is not step.state):
            lasting.append(step)
    return lasting
