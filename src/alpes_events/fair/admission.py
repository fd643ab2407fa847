"""May a stand be asked for now, and what is still missing of one? Decided from facts alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from alpes_events.agenda.models import UNSEEN, EventState
from alpes_events.fair.codes import ExhibitorState, Missing
from alpes_events.fair.refusals import CallClosed, CallNotOpenYet, FairIsOff, NoCall, TooLateForStands


@dataclass(frozen=True)
class Gate:
    """What decides whether an event takes requests: its state and end, and its call (None: it has none)."""

    state: EventState
    ends_at: datetime
    has_call: bool
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    closed_at: datetime | None = None


def check_call(gate: Gate, *, now: datetime, by_staff: bool = False) -> None:
    """Raise the refusal that applies, if any. Staff may write requests down outside the window, until the end."""
    check_ahead(gate, now=now)
    if not gate.has_call or (gate.state in UNSEEN and not by_staff):
        raise NoCall
    if by_staff:
        return
    if gate.opens_at is not None and now < gate.opens_at:
        raise CallNotOpenYet(opens_at=gate.opens_at)
    if gate.closed_at is not None or (gate.closes_at is not None and now >= gate.closes_at):
        raise CallClosed


def check_ahead(gate: Gate, *, now: datetime) -> None:
    """Raise `FairIsOff` or `TooLateForStands` where nothing is to be decided any more."""
    if gate.state in {EventState.CANCELLED, EventState.WITHDRAWN}:
        raise FairIsOff
    if gate.state is EventState.DONE or now >= gate.ends_at:
        raise TooLateForStands


@dataclass(frozen=True)
class Given:
    """What an exhibitor has given so far."""

    has_logo: bool
    recruiter_count: int | None
    recruiter_names: int
    job_count: int
    no_jobs: bool
    plate_count: int
    owed_answers: int = 0


def missing_of(given: Given, asked_for: Collection[Missing]) -> tuple[Missing, ...]:
    """What the event asks for and the exhibitor has not given, in a fixed order. « No jobs » is an answer, and so is a
    number of recruiters without their names.
    """
    there = {
        Missing.LOGO: given.has_logo,
        Missing.RECRUITERS: given.recruiter_names > 0 or given.recruiter_count is not None,
        Missing.JOBS: given.no_jobs or given.job_count > 0,
        Missing.PLATES: given.plate_count > 0,
        Missing.ANSWERS: not given.owed_answers,
    }
    return tuple(wanted for wanted in Missing if wanted in asked_for and not there[wanted])


NEXT: dict[ExhibitorState, frozenset[ExhibitorState]] = {
    ExhibitorState.REQUESTED: frozenset(
        {ExhibitorState.ACCEPTED, ExhibitorState.TO_COMPLETE, ExhibitorState.DECLINED, ExhibitorState.WITHDRAWN}
    ),
    ExhibitorState.TO_COMPLETE: frozenset(
        {ExhibitorState.REQUESTED, ExhibitorState.ACCEPTED, ExhibitorState.DECLINED, ExhibitorState.WITHDRAWN}
    ),
    ExhibitorState.WAITLISTED: frozenset({ExhibitorState.DECLINED, ExhibitorState.WITHDRAWN}),
    ExhibitorState.ACCEPTED: frozenset({ExhibitorState.DECLINED, ExhibitorState.WITHDRAWN}),
    ExhibitorState.DECLINED: frozenset(),
    ExhibitorState.WITHDRAWN: frozenset(),
}
"""Which state a person may take a request to. A place that becomes free takes the next who waits further by itself."""
