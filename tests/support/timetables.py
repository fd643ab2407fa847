"""Beginnings of stories of interviews: a fair with tables, and interviews booked at them."""

from sqlmodel import Session

from alpes_events.interviews.booking import Booked, Slot, book
from alpes_events.interviews.days import hold_day
from alpes_events.interviews.models import InterviewTable
from tests.support.stories import NOW


def a_table(
    db: Session,
    event_id: int,
    exhibitor_id: int,
    *,
    opens: int = 0,
    closes: int = 120,
    minutes: int = 10,
    name: str = "1",
) -> int:
    """A table of an exhibitor from the start of the event on. Gives its id."""
    row = InterviewTable(
        event_id=event_id, exhibitor_id=exhibitor_id, name=name, opens=opens, closes=closes, minutes=minutes
    )
    db.add(row)
    db.flush()
    return row.id or 0


def books(db: Session, event_id: int, *slots: Slot) -> Booked:
    """These are the interviews to come of the event."""
    hold_day(db, event_id, now=NOW)
    return book(db, event_id, slots, now=NOW)
