"""Interviews to come end with the sign-up, the stand or the event. Who loses one because a stand does not come is
told.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.database.parts import parts
from alpes_events.fair.meetings import Interview
from alpes_events.interviews.booking import Booked, call_off
from alpes_events.interviews.days import hold_day
from alpes_events.interviews.live import to_come
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry


def end_interviews_of(db: Session, entry: JournalEntry, now: datetime) -> None:
    """The consumer `interviews` of the journal: what was to come with a sign-up, a stand or an event that is over."""
    if entry.subject_kind == "exhibitor":
        _end_of_stand(db, entry.subject_id, now=now)
        return
    ids = (
        [entry.subject_id] if entry.subject_kind == "registration" else list(entry.facts.get("registration_ids") or ())
    )
    for part in parts(ids):
        of_people = col(Interview.registration_id).in_(part)
        call_off(db, db.exec(select(Interview).where(of_people, to_come())).all(), now=now)


def tell_times(db: Session, event_id: int, booked: Booked, *, now: datetime, account_id: int | None) -> None:
    """Note for each sign-up what became of its times, so that it is told."""
    for registration_id in booked.people:
        facts = {
            "event_id": event_id,
            "given": booked.given.get(registration_id, 0),
            "moved": booked.moved.get(registration_id, 0),
            "called_off": booked.called_off.get(registration_id, 0),
        }
        subject = ("registration", registration_id)
        record(db, EntryKind.INTERVIEW_TIMES_CHANGED, subject=subject, now=now, account_id=account_id, facts=facts)


def _end_of_stand(db: Session, exhibitor_id: int, *, now: datetime) -> None:
    rows = db.exec(select(Interview).where(col(Interview.exhibitor_id) == exhibitor_id, to_come())).all()
    if rows:
        event_id = rows[0].event_id
        hold_day(db, event_id, now=now)
        tell_times(db, event_id, call_off(db, rows, now=now), now=now, account_id=None)
