"""Applications as staff and the person read them: tables with their filters, one application with its steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case
from sqlalchemy import select as columns
from sqlmodel import Session, and_, col, func, select

from alpes_events.companies.models import Company
from alpes_events.database.page import Page, Part
from alpes_events.hiring.applications import ApplicationStep, Hire, JobApplication
from alpes_events.hiring.codes import OPEN_APPLICATIONS, ApplicationState
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.refusals import UnknownApplication
from alpes_events.language.folding import fold
from alpes_events.people.models import Account, Candidate


@dataclass(frozen=True)
class ApplicationLine:
    """An application in a table: who (empty when erased), for what, where it stands. `proposed_by`: empty is self."""

    id: int
    offer_id: int
    offer_slug: str
    offer_title: str
    company: str
    candidate_id: int
    person: str
    state: ApplicationState
    proposed_by: str
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class StepView:
    """One step: where it led, why when refused, when, and who of staff took it (empty: the person)."""

    number: int
    state: ApplicationState
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True)
class ApplicationView:
    """One application whole. `hire` is the contract that it led to."""

    line: ApplicationLine
    application: JobApplication
    offer: JobOffer
    steps: tuple[StepView, ...]
    hire: Hire | None


@dataclass(frozen=True)
class Wanted:
    """Which applications; what is empty does not narrow. `candidate_ids` are all the records of one person."""

    states: tuple[ApplicationState, ...] = ()
    offer_id: int | None = None
    candidate_ids: tuple[int, ...] | None = None
    text: str = ""
    proposed_by: int | None = None


def applications(db: Session, wanted: Wanted, *, part: Part) -> Page[ApplicationLine]:
    """One page of applications: those that wait for an answer first, the longest waiting on top."""
    conditions = _conditions(wanted)
    count = db.exec(_joined(select(func.count()).select_from(JobApplication)).where(*conditions)).one()
    is_open = case((col(JobApplication.state).in_(OPEN_APPLICATIONS), 0), else_=1)
    rows = db.execute(
        _lines()
        .where(*conditions)
        .order_by(is_open, col(JobApplication.created_at), col(JobApplication.id))
        .offset(part.offset)
        .limit(part.size)
    )
    return Page(tuple(_line(*row) for row in rows), count, part)


def application_counts(db: Session, wanted: Wanted = Wanted()) -> dict[ApplicationState, int]:
    """How many applications stand in each state."""
    rows = db.exec(
        _joined(select(JobApplication.state, func.count()).select_from(JobApplication))
        .where(*_conditions(wanted))
        .group_by(col(JobApplication.state))
    )
    counts = {ApplicationState(state): count for state, count in rows}
    return {state: counts.get(state, 0) for state in ApplicationState}


def application_view(db: Session, application_id: int) -> ApplicationView:
    """One application with each of its steps, or `UnknownApplication`."""
    found = db.execute(_lines().where(JobApplication.id == application_id)).first()
    if found is None:
        raise UnknownApplication
    statement = select(Hire).where(Hire.application_id == application_id, col(Hire.withdrawn_at).is_(None))
    return ApplicationView(
        line=_line(*found),
        application=found[0],
        offer=found[1],
        steps=steps_of(db, application_id),
        hire=db.exec(statement).first(),
    )


def steps_of(db: Session, application_id: int) -> tuple[StepView, ...]:
    """The steps of an application, in their order."""
    rows = db.exec(
        select(ApplicationStep, Account.name)
        .outerjoin(Account, col(Account.id) == col(ApplicationStep.account_id))
        .where(ApplicationStep.application_id == application_id)
        .order_by(col(ApplicationStep.number))
    )
    return tuple(
        StepView(step.number, step.state, step.reason.value if step.reason else "", step.at, name or "")
        for step, name in rows
    )


def applied_for(db: Session, offer_id: int, candidate_ids: Sequence[int]) -> ApplicationLine | None:
    """The last application of this person (by all their records) for this offer."""
    found = db.execute(
        _lines()
        .where(col(JobApplication.offer_id) == offer_id, col(JobApplication.candidate_id).in_(candidate_ids))
        .order_by(col(JobApplication.id).desc())
    ).first()
    return None if found is None else _line(*found)


def _lines() -> Any:
    return _joined(columns(JobApplication, JobOffer, col(Company.name), Candidate, col(Account.name)))


def _joined(statement: Any) -> Any:
    return (
        statement.join(JobOffer, col(JobOffer.id) == col(JobApplication.offer_id))
        .join(Company, col(Company.id) == col(JobOffer.company_id))
        .join(Candidate, col(Candidate.id) == col(JobApplication.candidate_id))
        .outerjoin(Account, col(Account.id) == col(JobApplication.proposed_by))
    )


def _line(
    application: JobApplication, offer: JobOffer, company: str, person: Candidate, proposed_by: str | None
) -> ApplicationLine:
    return ApplicationLine(
        id=application.id or 0,
        offer_id=application.offer_id,
        offer_slug=offer.slug,
        offer_title=offer.title,
        company=company,
        candidate_id=application.candidate_id,
        person=f"{person.given_name} {person.family_name}".strip(),
        state=application.state,
        proposed_by=proposed_by or "",
        created_at=application.created_at,
        changed_at=application.changed_at,
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.states:
        conditions.append(col(JobApplication.state).in_(wanted.states))
    if wanted.offer_id is not None:
        conditions.append(col(JobApplication.offer_id) == wanted.offer_id)
    if wanted.candidate_ids is not None:
        conditions.append(col(JobApplication.candidate_id).in_(wanted.candidate_ids))
    if wanted.proposed_by is not None:
        conditions.append(col(JobApplication.proposed_by) == wanted.proposed_by)
    if words := fold(wanted.text).split():
        conditions.append(and_(*(col(Candidate.search_name).contains(word, autoescape=True) for word in words)))
    return conditions
