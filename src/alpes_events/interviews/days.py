"""The day of interviews of an event: its row, held while interviews get or lose their times."""

from datetime import datetime

from sqlalchemy import select as columns
from sqlmodel import Session, col

from alpes_events.interviews.models import InterviewDay


def hold_day(db: Session, event_id: int, *, now: datetime) -> InterviewDay:
    """The day's row, made with the usual values where there is none, held until the transaction ends: of two changes
    of one timetable the second sees the first. Hold it after the event, never before.
    """
    db.execute(columns(col(InterviewDay.event_id)).where(col(InterviewDay.event_id) == event_id).with_for_update())
    day = db.get(InterviewDay, event_id, populate_existing=True)
    if day is None:
        day = InterviewDay(event_id=event_id, changed_at=now)
        db.add(day)
        db.flush()
    return day


def day_of_event(db: Session, event_id: int) -> InterviewDay | None:
    """How the event arranges its interviews; None: as usual, nothing was said or published."""
    return db.get(InterviewDay, event_id)
