"""Questions to exhibitors as they are read: one by its link, and who of an event answered and who did not."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from alpes_events.agenda.local_time import local_day
from alpes_events.agenda.models import Event
from alpes_events.companies.models import CompanyContact
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.meetings import Interview
from alpes_events.fair.models import Exhibitor
from alpes_events.hiring.applications import Hire
from alpes_events.hiring.follow_up import (
    MOST_PUT_OFF,
    FollowUp,
    FollowUpAnswer,
    FollowUpMoment,
    due_day,
    last_day,
)
from alpes_events.hiring.stand_meetings import KnownHire, hires_of_stand
from alpes_events.territory.models import Organisation


@dataclass(frozen=True)
class FollowUpView:
    """One question with its stand and event, and the contracts known of that stand."""

    id: int
    reference: str
    exhibitor_id: int
    exhibitor: str
    event: Event
    moment: FollowUpMoment
    until: date
    is_open: bool
    answer: FollowUpAnswer | None
    answered_at: datetime | None
    put_off_to: date | None
    may_put_off: bool
    said_interview_count: int | None
    hires: tuple[KnownHire, ...]


class AskedState(StrEnum):
    """Where a question to an exhibitor stands, for who coordinates."""

    TO_COME = "to_come"
    UNREACHED = "unreached"
    ASKED = "asked"
    PUT_OFF = "put_off"
    HIRED = "hired"
    NOBODY = "nobody"
    OVER = "over"


@dataclass(frozen=True)
class Asked:
    """One question to one exhibitor: its state, and the day that goes with it (due, asked, put off to, answered)."""

    state: AskedState
    on: date
    reference: str = ""
    may_open: bool = False


@dataclass(frozen=True)
class FollowedStand:
    """An exhibitor who came: both questions, contracts known, interviews noted one by one and as it says."""

    id: int
    name: str
    asked: dict[FollowUpMoment, Asked]
    hire_count: int
    said_interview_count: int | None
    outcome_count: int


def follow_up_of(db: Session, reference: str, *, today: date) -> FollowUpView | None:
    """The question of a link; None when there is none."""
    found = db.exec(
        select(FollowUp, Exhibitor, Event)
        .join(Exhibitor, col(Exhibitor.id) == col(FollowUp.exhibitor_id))
        .join(Event, col(Event.id) == col(Exhibitor.event_id))
        .where(FollowUp.reference == reference)
    ).first()
    if found is None:
        return None
    row, exhibitor, event = found
    return FollowUpView(
        id=row.id or 0,
        reference=row.reference,
        exhibitor_id=row.exhibitor_id,
        exhibitor=exhibitor.name,
        event=event,
        moment=row.moment,
        until=last_day(row.due_on),
        is_open=today <= last_day(row.due_on) and exhibitor.state is ExhibitorState.ACCEPTED,
        answer=row.answer,
        answered_at=row.answered_at,
        put_off_to=row.put_off_to if row.put_off_to and row.put_off_to > today else None,
        may_put_off=row.put_off_count < MOST_PUT_OFF,
        said_interview_count=exhibitor.said_interview_count,
        hires=tuple(hires_of_stand(db, row.exhibitor_id)),
    )


def followed_stands(db: Session, event_id: int, *, today: date) -> list[FollowedStand]:
    """Every exhibitor who came to an event, by name, with where its two questions stand."""
    zone = ZoneInfo(db.get_one(Organisation, 1).time_zone)
    ended_on = local_day(db.get_one(Event, event_id).ends_at, zone)
    rows = db.exec(
        select(Exhibitor, CompanyContact)
        .join(CompanyContact, col(CompanyContact.id) == col(Exhibitor.contact_id), isouter=True)
        .where(col(Exhibitor.event_id) == event_id, col(Exhibitor.state) == ExhibitorState.ACCEPTED)
    ).all()
    ids = [row.id for row, _contact in rows]
    questions = {
        (row.exhibitor_id, row.moment): row
        for row in db.exec(select(FollowUp).where(col(FollowUp.exhibitor_id).in_(ids)))
    }
    hires = dict(
        db.exec(
            select(Hire.exhibitor_id, func.count())
            .where(col(Hire.exhibitor_id).in_(ids), col(Hire.withdrawn_at).is_(None))
            .group_by(col(Hire.exhibitor_id))
        ).all()
    )
    outcomes = _outcome_counts(db, event_id)
    found = [
        FollowedStand(
            id=row.id or 0,
            name=row.name,
            asked={
                moment: _asked(
                    questions.get((row.id or 0, moment)),
                    due_day(moment, ended_on=ended_on),
                    reached=contact is not None and bool(contact.email) and contact.erased_at is None,
                    today=today,
                    zone=zone,
                )
                for moment in FollowUpMoment
            },
            hire_count=hires.get(row.id, 0),
            said_interview_count=row.said_interview_count,
            outcome_count=outcomes.get(row.id or 0, 0),
        )
        for row, contact in rows
    ]
    return sorted(found, key=lambda one: one.name.casefold())


def _outcome_counts(db: Session, event_id: int) -> dict[int, int]:
    rows = db.exec(
        select(Interview.exhibitor_id, func.count())
        .where(col(Interview.event_id) == event_id, col(Interview.outcome).is_not(None))
        .group_by(col(Interview.exhibitor_id))
    )
    return dict(rows.all())


def _asked(row: FollowUp | None, due_on: date, *, reached: bool, today: date, zone: ZoneInfo) -> Asked:
    if row is None:
        if today < due_on:
            return Asked(AskedState.TO_COME if reached else AskedState.UNREACHED, due_on)
        may_open = today <= last_day(due_on)
        return Asked(AskedState.UNREACHED if may_open else AskedState.OVER, due_on, may_open=may_open)
    if row.answered_at is not None:
        state = AskedState.HIRED if row.answer is FollowUpAnswer.HIRED else AskedState.NOBODY
        return Asked(state, local_day(row.answered_at, zone), row.reference)
    if today > last_day(row.due_on):
        return Asked(AskedState.OVER, last_day(row.due_on))
    if row.put_off_to is not None and row.put_off_to > today:
        return Asked(AskedState.PUT_OFF, row.put_off_to, row.reference)
    return Asked(AskedState.ASKED, local_day(row.asked_at, zone), row.reference)
