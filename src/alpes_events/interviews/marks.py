"""Marks of interviews: held, not held, taken back. They are only ever added; the one marked last counts, in whatever
order they reach us.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from alpes_events.agenda.local_time import instant, local_day
from alpes_events.agenda.models import Event, EventState
from alpes_events.attendance.models import HOLDING, Presence, Registration, RegistrationState
from alpes_events.attendance.reference import check_key
from alpes_events.fair.meetings import Interview, NotHeld
from alpes_events.fair.refusals import (
    FairIsOff,
    InterviewHasOutcome,
    InterviewThere,
    NotAtEvent,
    NotThatDay,
    UnknownInterview,
)
from alpes_events.interviews.booking import free_times, hold_times
from alpes_events.interviews.days import hold_day
from alpes_events.interviews.live import InterviewState, state_of, to_come
from alpes_events.interviews.models import InterviewMark, Mark
from alpes_events.interviews.refusals import DoubleBooked
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.territory.models import Organisation

_WHY = {Mark.PERSON_ABSENT: NotHeld.PERSON_ABSENT, Mark.EXHIBITOR_ABSENT: NotHeld.EXHIBITOR_ABSENT}
_ABSENT = (Presence.EXCUSED, Presence.NO_SHOW)
_COMING = (InterviewState.PLANNED, InterviewState.QUEUED)


def mark(
    db: Session,
    interview_id: int,
    said: Mark,
    *,
    mark_key: str,
    marked_at: datetime,
    now: datetime,
    account_id: int | None,
) -> bool:
    """Keep a mark that was made at `marked_at`, by an account or by the link of the stand. False when it was received
    before.

    An interview held is proof of presence where presence was not taken, but marks nothing. Raises `NotThatDay` before
    the day, `NotAtEvent`, `InterviewHasOutcome`; `DoubleBooked` when a mark is taken back whose time went to others.
    """
    check_key(mark_key)
    interview = _held_row(db, interview_id, now=now)
    if db.exec(select(InterviewMark.id).where(InterviewMark.mark_key == mark_key)).first() is not None:
        return False
    earliest, latest = _open_day(db, interview.event_id, now=now)
    at = min(marked_at, now)
    row = InterviewMark(
        mark_key=mark_key, interview_id=interview_id, mark=said, marked_at=at, noted_at=now, marked_by=account_id
    )
    if counting([*marks_of(db, interview_id), row]) is row:
        _apply(db, interview, said, at=max(earliest, min(at, latest)))
    db.add(row)
    db.flush()
    _record(db, interview, said, now=now, account_id=account_id)
    return True


def marks_of(db: Session, interview_id: int) -> list[InterviewMark]:
    """Every mark of an interview, as it was received."""
    rows = db.exec(select(InterviewMark).where(InterviewMark.interview_id == interview_id))
    return sorted(rows, key=lambda one: one.id or 0)


def counting(marks: Sequence[InterviewMark]) -> InterviewMark | None:
    """The mark that counts of those received in this order: the one marked last; of two at one instant the later."""
    return max(reversed(marks), key=lambda one: one.marked_at, default=None)


def _held_row(db: Session, interview_id: int, *, now: datetime) -> Interview:
    """The interview, its day held: nothing else gives or takes its time until the transaction ends."""
    event_id = db.exec(select(Interview.event_id).where(Interview.id == interview_id)).first()
    if event_id is None:
        raise UnknownInterview
    hold_day(db, event_id, now=now)
    interview = db.get(Interview, interview_id, populate_existing=True)
    if interview is None:
        raise UnknownInterview
    return interview


def _open_day(db: Session, event_id: int, *, now: datetime) -> tuple[datetime, datetime]:
    """From when to when something can have been held: the days of the event, as clocks there show them."""
    event = db.get_one(Event, event_id)
    if event.state not in {EventState.PUBLISHED, EventState.DONE}:
        raise FairIsOff
    zone = ZoneInfo(db.get_one(Organisation, 1).time_zone)
    first = instant(local_day(event.starts_at, zone), time.min, zone)
    after = instant(local_day(event.ends_at, zone) + timedelta(days=1), time.min, zone)
    if now < first:
        raise NotThatDay
    return first, after - timedelta(minutes=1)


def _apply(db: Session, interview: Interview, said: Mark, *, at: datetime) -> None:
    """Make the interview what the mark that counts says."""
    if interview.outcome is not None and said is not Mark.HELD:
        raise InterviewHasOutcome
    came = state_of(interview) in _COMING
    if said is Mark.UNMARKED:
        if state_of(interview) in {InterviewState.HELD, InterviewState.NOT_HELD}:
            _bring_back(db, interview)
        return
    if said is Mark.HELD:
        _check_held(db, interview, at)
        interview.held_at, interview.not_held_at, interview.not_held_why = at, None, None
        interview.called_off_at = None
    else:
        interview.held_at, interview.not_held_at, interview.not_held_why = None, at, _WHY[said]
    db.add(interview)
    if came:
        free_times(db, interview)


def _bring_back(db: Session, interview: Interview) -> None:
    """To come again; or called off again, if it was before it was marked absent."""
    same = select(Interview.id).where(
        Interview.registration_id == interview.registration_id,
        Interview.exhibitor_id == interview.exhibitor_id,
        to_come(),
    )
    if interview.called_off_at is None and db.exec(same).first() is not None:
        raise DoubleBooked
    interview.held_at = interview.not_held_at = interview.not_held_why = None
    db.add(interview)
    db.flush()
    if state_of(interview) is InterviewState.PLANNED:
        hold_times(db, interview)


def _check_held(db: Session, interview: Interview, at: datetime) -> None:
    registration = db.get_one(Registration, interview.registration_id)
    has_place = registration.state in HOLDING and registration.state is not RegistrationState.OFFERED
    if not has_place or registration.presence in _ABSENT:
        raise NotAtEvent
    same = select(Interview.id).where(
        Interview.registration_id == interview.registration_id,
        Interview.exhibitor_id == interview.exhibitor_id,
        Interview.held_at == at,
        col(Interview.id) != interview.id,
    )
    there = db.exec(same).first()
    if there is not None:
        raise InterviewThere(interview_id=there)


def _record(db: Session, interview: Interview, said: Mark, *, now: datetime, account_id: int | None) -> None:
    facts = {
        "interview_id": interview.id,
        "exhibitor_id": interview.exhibitor_id,
        "mark": said.value,
        "by": "link" if account_id is None else "staff",
    }
    record(
        db,
        EntryKind.INTERVIEW_MARKED,
        subject=("event", interview.event_id),
        now=now,
        account_id=account_id,
        facts=facts,
    )
