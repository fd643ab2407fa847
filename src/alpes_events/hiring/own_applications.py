"""Applications as an employer reads and answers them: those for their own offers, and of a person what they shared."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from alpes_events.database.page import Page, Part
from alpes_events.hiring.application_states import StepRefused, next_states
from alpes_events.hiring.applications_table import (
    ApplicationLine,
    ApplicationView,
    Wanted,
    application_view,
    applications,
)
from alpes_events.hiring.applying import move_application
from alpes_events.hiring.codes import ApplicationState, Mover, RefusalReason
from alpes_events.hiring.refusals import UnknownApplication
from alpes_events.people.queries import UnknownCandidate, canonical, the_candidate

_CLOSED = frozenset({ApplicationState.WITHDRAWN, ApplicationState.OBSOLETE})
"""What only the person or the team may open again."""

_BY_EMPLOYER = frozenset(
    {
        ApplicationState.NEW,
        ApplicationState.IN_PROGRESS,
        ApplicationState.SHORTLISTED,
        ApplicationState.REFUSED,
    }
)


@dataclass(frozen=True)
class SharedContact:
    """How a person may be reached, when they said that an employer may."""

    email: str
    telephone: str


@dataclass(frozen=True)
class OwnApplication:
    """One application as its employer reads it. `contact` None: through the team."""

    view: ApplicationView
    contact: SharedContact | None
    following: tuple[ApplicationState, ...]

    @property
    def person(self) -> str:
        """The name; empty when the person withdrew or was erased."""
        return self.view.line.person

    @property
    def message(self) -> str:
        """What they wrote; empty like the name."""
        return self.view.application.message if self.person else ""


def applications_for(db: Session, offer_id: int, *, part: Part) -> Page[ApplicationLine]:
    """The applications for an offer; of those that were taken back no name."""
    page = applications(db, Wanted(offer_id=offer_id), part=part)
    return replace(page, rows=tuple(_shown(line) for line in page.rows))


def own_application(db: Session, application_id: int, company_ids: Collection[int]) -> OwnApplication:
    """The application for an offer of these records of a company; else `UnknownApplication`."""
    view = application_view(db, application_id)
    if view.offer.company_id not in company_ids:
        raise UnknownApplication
    shown = replace(view, line=_shown(view.line))
    shares = view.application.shares_contact and bool(shown.line.person)
    return OwnApplication(
        view=shown,
        contact=_contact(db, view.line.candidate_id) if shares else None,
        following=steps_of_employer(view.line.state),
    )


def steps_of_employer(current: ApplicationState) -> tuple[ApplicationState, ...]:
    """Where an employer may take an application: an answer can be reopened, what the person took back cannot."""
    if current in _CLOSED:
        return ()
    return tuple(state for state in next_states(current) if state in _BY_EMPLOYER)


def answer_application(
    db: Session,
    application_id: int,
    state: ApplicationState,
    *,
    reason: RefusalReason | None = None,
    now: datetime,
    account_id: int | None,
) -> ApplicationState:
    """Take one step as the employer. Gives the state before. Raises `StepRefused`, `NoReason`."""
    current = application_view(db, application_id).line.state
    if state not in steps_of_employer(current):
        raise StepRefused(current, state)
    return move_application(db, application_id, state, reason=reason, by=Mover.EMPLOYER, now=now, account_id=account_id)


def _shown(line: ApplicationLine) -> ApplicationLine:
    """Who takes an application back is no longer read by the employer."""
    return replace(line, person="") if line.state is ApplicationState.WITHDRAWN else line


def _contact(db: Session, candidate_id: int) -> SharedContact | None:
    try:
        person = canonical(db, the_candidate(db, candidate_id))
    except UnknownCandidate:
        return None
    return SharedContact(person.email or "", person.telephone or "")
