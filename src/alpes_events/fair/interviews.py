"""Interviews as they were held: noted one by one, and taken back when noted by mistake."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import the_event
from alpes_events.agenda.local_time import local_day
from alpes_events.agenda.models import Event, EventState
from alpes_events.attendance.models import HOLDING, Presence, Registration, RegistrationState
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.commands import the_exhibitor
from alpes_events.fair.meetings import Interview
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.refusals import (
    ExhibitorElsewhere,
    FairIsOff,
    InterviewHasOutcome,
    InterviewThere,
    NotAtEvent,
    NotThatDay,
    UnknownInterview,
)
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.seats.pool import lock_pool
from alpes_events.territory.models import Organisation


def record_interview(
    db: Session,
    registration_id: int,
    exhibitor_id: int,
    *,
    held_at: datetime,
    now: datetime,
    account_id: int | None,
) -> int:
    """Note an interview that was held, and give its id.

    The person has a place at the exhibitor's event and was not marked absent; the interview is proof of presence
    where presence was not taken, but marks nothing. Raises `NotAtEvent`, `ExhibitorElsewhere`, `NotThatDay` or
    `InterviewThere`.
    """
    registration = db.get(Registration, registration_id, populate_existing=True)
    exhibitor = the_exhibitor(db, exhibitor_id)
    if registration is None or not _was_there(registration):
        raise NotAtEvent
    event = _held_event(db, registration.event_id)
    if exhibitor.event_id != event.id or exhibitor.state is not ExhibitorState.ACCEPTED:
        raise ExhibitorElsewhere(name=exhibitor.name)
    _check_hour(db, event, held_at, now=now)
    lock_pool(db, event.pool_id)
    _refuse_twice(db, registration, exhibitor, held_at)
    interview = Interview(
        event_id=exhibitor.event_id, registration_id=registration_id, exhibitor_id=exhibitor_id, held_at=held_at
    )
    db.add(interview)
    db.flush()
    assert interview.id is not None
    _record(db, interview.event_id, interview.id, now=now, account_id=account_id)
    return interview.id


def take_back_interview(db: Session, interview_id: int, *, now: datetime, account_id: int | None) -> None:
    """Take an interview off the list: it was noted by mistake. The journal keeps that it stood there."""
    interview = db.get(Interview, interview_id)
    if interview is None:
        raise UnknownInterview
    if interview.outcome is not None:
        raise InterviewHasOutcome
    _held_event(db, interview.event_id)
    db.delete(interview)
    _record(db, interview.event_id, interview_id, now=now, account_id=account_id)


def _was_there(registration: Registration) -> bool:
    absent = registration.presence in {Presence.EXCUSED, Presence.NO_SHOW}
    return registration.state in HOLDING and registration.state is not RegistrationState.OFFERED and not absent


def _held_event(db: Session, event_id: int) -> Event:
    event = the_event(db, event_id)
    if event.state not in {EventState.PUBLISHED, EventState.DONE}:
        raise FairIsOff
    return event


def _check_hour(db: Session, event: Event, held_at: datetime, *, now: datetime) -> None:
    zone = ZoneInfo(db.get_one(Organisation, 1).time_zone)
    day = local_day(held_at, zone)
    if held_at > now or not local_day(event.starts_at, zone) <= day <= local_day(event.ends_at, zone):
        raise NotThatDay


def _refuse_twice(db: Session, registration: Registration, exhibitor: Exhibitor, held_at: datetime) -> None:
    there = db.exec(
        select(Interview.id).where(
            col(Interview.registration_id) == registration.id,
            col(Interview.exhibitor_id) == exhibitor.id,
            col(Interview.held_at) == held_at,
        )
    ).first()
    if there is not None:
        raise InterviewThere(interview_id=there)


def _record(db: Session, event_id: int, interview_id: int, *, now: datetime, account_id: int | None) -> None:
    facts = {"interview_id": interview_id}
    record(db, EntryKind.FAIR_CHANGED, subject=("event", event_id), now=now, account_id=account_id, facts=facts)
