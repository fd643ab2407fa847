"""What an exhibitor reads of the interviews it held, and the contracts that came of its stand."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, and_, col, select

from alpes_events.attendance.models import HOLDING, Registration
from alpes_events.fair.meetings import Interview, MeetingOutcome, MeetingWish
from alpes_events.hiring.applications import Hire
from alpes_events.hiring.codes import ContractKind
from alpes_events.people.models import Candidate
from alpes_events.people.records import standing_records


@dataclass(frozen=True)
class HeldInterview:
    """An interview as its exhibitor reads it: the hour, and the name only while the person agrees (else empty).

    `candidate_id` is whose name it is, None without a name.
    """

    id: int
    held_at: datetime
    name: str
    candidate_id: int | None
    outcome: MeetingOutcome | None
    hire: Hire | None


@dataclass(frozen=True)
class KnownHire:
    """A contract of a stand, without a name."""

    id: int
    contract: ContractKind
    starts_on: date
    still_there: bool | None
    still_there_on: date | None
    follow_up_id: int | None


def interviews_of_stand(db: Session, exhibitor_id: int, *, with_names: bool) -> list[HeldInterview]:
    """The interviews that were noted for an exhibitor, by hour. `with_names`: names may still be read at all."""
    agreed = and_(
        col(MeetingWish.registration_id) == col(Interview.registration_id),
        col(MeetingWish.exhibitor_id) == col(Interview.exhibitor_id),
        col(MeetingWish.shows_name).is_(True),
    )
    rows = db.exec(
        select(Interview, Registration, MeetingWish.id, Hire)
        .join(Registration, col(Registration.id) == col(Interview.registration_id))
        .join(MeetingWish, agreed, isouter=True)
        .join(Hire, and_(col(Hire.interview_id) == col(Interview.id), col(Hire.withdrawn_at).is_(None)), isouter=True)
        .where(col(Interview.exhibitor_id) == exhibitor_id, col(Interview.held_at).is_not(None))
        .order_by(col(Interview.held_at), col(Interview.id))
    ).all()
    shown = {
        registration.candidate_id
        for _interview, registration, wish, _hire in rows
        if with_names and wish is not None and registration.state in HOLDING
    }
    people = {one: row for one, row in standing_records(db, shown).items() if row.erased_at is None}
    return [
        _held(interview, people.get(registration.candidate_id) if wish is not None else None, hire)
        for interview, registration, wish, hire in rows
        if interview.held_at is not None
    ]


def hires_of_stand(db: Session, exhibitor_id: int) -> list[KnownHire]:
    """The contracts that we know of with those who were met at a stand, by first day."""
    rows = db.exec(
        select(Hire)
        .where(col(Hire.exhibitor_id) == exhibitor_id, col(Hire.withdrawn_at).is_(None))
        .order_by(col(Hire.starts_on), col(Hire.id))
    )
    return [
        KnownHire(row.id or 0, row.contract, row.starts_on, row.still_there, row.still_there_on, row.follow_up_id)
        for row in rows
    ]


def _held(interview: Interview, person: Candidate | None, hire: Hire | None) -> HeldInterview:
    assert interview.held_at is not None
    name = "" if person is None else f"{person.given_name} {person.family_name}".strip()
    person_id = None if person is None else person.id
    return HeldInterview(interview.id or 0, interview.held_at, name, person_id, interview.outcome, hire)
