"""Questions to the fair of an event, answered with frozen values."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from alpes_events.attendance.models import Registration
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.meetings import Interview
from alpes_events.fair.models import Demonstration, Exhibitor
from alpes_events.people.models import Candidate
from alpes_events.territory.models import Commune


@dataclass(frozen=True)
class ExhibitorView:
    """An exhibitor on the list. `in_territory` None: nobody said where it is. Interviews are those held."""

    id: int
    name: str
    insee_code: str | None
    commune_name: str
    in_territory: bool | None
    looking_for: str
    interview_count: int


@dataclass(frozen=True)
class DemonstrationView:
    """A trade that is shown."""

    id: int
    title: str


@dataclass(frozen=True)
class InterviewView:
    """One interview that was held, with whom."""

    id: int
    registration_id: int
    exhibitor_id: int
    person: str
    exhibitor: str
    held_at: datetime


@dataclass(frozen=True)
class Fair:
    """What stands at an event, by name. Withdrawn exhibitors are left out."""

    exhibitors: tuple[ExhibitorView, ...]
    demonstrations: tuple[DemonstrationView, ...]

    @property
    def interview_count(self) -> int:
        """Interviews held, over all exhibitors."""
        return sum(exhibitor.interview_count for exhibitor in self.exhibitors)


def fair_of(db: Session, event_id: int) -> Fair:
    """The exhibitors and demonstrations of an event."""
    return Fair(exhibitors_of(db, event_id), demonstrations_of(db, event_id))


def exhibitors_of(db: Session, event_id: int) -> tuple[ExhibitorView, ...]:
    """The exhibitors who come, by name."""
    rows = db.exec(
        select(Exhibitor, Commune.name, func.count(col(Interview.held_at)))
        .join(Commune, col(Exhibitor.insee_code) == col(Commune.insee_code), isouter=True)
        .join(Interview, col(Interview.exhibitor_id) == col(Exhibitor.id), isouter=True)
        .where(col(Exhibitor.event_id) == event_id, col(Exhibitor.state) == ExhibitorState.ACCEPTED)
        .group_by(*Exhibitor.__table__.columns, col(Commune.name))  # type: ignore[attr-defined]
        .order_by(col(Exhibitor.name), col(Exhibitor.id))
    )
    return tuple(
        ExhibitorView(
            id=exhibitor.id or 0,
            name=exhibitor.name,
            insee_code=exhibitor.insee_code,
            commune_name=commune_name or "",
            in_territory=exhibitor.in_territory,
            looking_for=exhibitor.looking_for,
            interview_count=count,
        )
        for exhibitor, commune_name, count in rows
    )


def demonstrations_of(db: Session, event_id: int) -> tuple[DemonstrationView, ...]:
    """The trades that are shown, in the order of entry."""
    rows = db.exec(select(Demonstration).where(col(Demonstration.event_id) == event_id).order_by(col(Demonstration.id)))
    return tuple(DemonstrationView(row.id or 0, row.title) for row in rows)


def interviews_of(db: Session, event_id: int) -> tuple[InterviewView, ...]:
    """The interviews that were held at an event, by hour."""
    rows = db.exec(
        select(Interview, Exhibitor.name, Candidate.given_name, Candidate.family_name)
        .join(Exhibitor, col(Interview.exhibitor_id) == col(Exhibitor.id))
        .join(Registration, col(Interview.registration_id) == col(Registration.id))
        .join(Candidate, col(Registration.candidate_id) == col(Candidate.id))
        .where(col(Interview.event_id) == event_id, col(Interview.held_at).is_not(None))
        .order_by(col(Interview.held_at), col(Interview.id))
    )
    return tuple(
        InterviewView(
            id=interview.id or 0,
            registration_id=interview.registration_id,
            exhibitor_id=interview.exhibitor_id,
            person=f"{given_name} {family_name}".strip(),
            exhibitor=exhibitor_name,
            held_at=interview.held_at,
        )
        for interview, exhibitor_name, given_name, family_name in rows
        if interview.held_at is not None
    )
