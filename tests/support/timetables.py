"""Beginnings of stories of interviews: a fair with tables, and interviews booked at them."""

from sqlmodel import Session, col, func, select

from alpes_events.attendance.models import Registration, RegistrationState
from alpes_events.fair.meetings import Interview
from alpes_events.fair.models import Exhibitor
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


def meets_in_town(db: Session, event_id: int) -> None:
    """The stand that was asked for by the form has a table: somebody has a time there, and somebody waits."""
    stand = _asked_for(db, event_id)
    a_table(db, event_id, stand, closes=180)
    day = hold_day(db, event_id, now=NOW)
    day.number, day.published_at = 1, NOW
    db.add(day)
    placed = select(Registration.id).where(
        Registration.event_id == event_id, Registration.state == RegistrationState.CONFIRMED
    )
    first, second = db.exec(placed.order_by(col(Registration.id)).limit(2)).all()
    _meets(db, event_id, stand, first or 0)
    waits_in_town(db, event_id, second or 0)


def meets_more_in_town(db: Session, event_id: int, registration_id: int) -> None:
    """One more has a time at that stand."""
    _meets(db, event_id, _asked_for(db, event_id), registration_id)


def waits_in_town(db: Session, event_id: int, registration_id: int) -> None:
    """One more waits at that stand, as if the event ran."""
    stand = _asked_for(db, event_id)
    last = db.exec(select(func.max(Interview.queue_number)).where(Interview.exhibitor_id == stand)).one() or 0
    row = Interview(event_id=event_id, registration_id=registration_id, exhibitor_id=stand)
    row.queue_number, row.queued_at = last + 1, NOW
    db.add(row)
    db.flush()


def _meets(db: Session, event_id: int, stand: int, registration_id: int) -> None:
    table = db.exec(select(InterviewTable.id).where(InterviewTable.exhibitor_id == stand)).first()
    db.add(
        Interview(
            event_id=event_id,
            registration_id=registration_id,
            exhibitor_id=stand,
            table_id=table,
            starts=0,
            ends=10,
        )
    )
    db.flush()


def _asked_for(db: Session, event_id: int) -> int:
    asked = select(Exhibitor.id).where(Exhibitor.event_id == event_id, col(Exhibitor.form_key).is_not(None))
    return db.exec(asked.order_by(col(Exhibitor.id))).first() or 0
