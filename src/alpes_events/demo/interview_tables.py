"""Before the interviews of the demonstration: tables, hours of presence, interest in who says their name."""

from datetime import timedelta

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Channel, Registration, RegistrationState
from alpes_events.demo.scene import Scene
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.meetings import MeetingWish
from alpes_events.fair.models import Exhibitor
from alpes_events.interviews.day_settings import DaySettings, set_day
from alpes_events.interviews.hours import Hours, say_hours
from alpes_events.interviews.interest import set_interest
from alpes_events.interviews.table import TableDraft
from alpes_events.interviews.tables import open_same_again, open_table
from alpes_events.interviews.times import length

_MOST_STANDS, _DOUBLE, _WITHOUT = 12, 3, 5
_LEAST_MINUTES = 120
_LENGTHS = (10, 15, 10)
_BREAK, _SHORT_STAY = 15, 60


def open_tables(db: Session, scene: Scene, event_id: int) -> None:
    """The first exhibitors of an event that is still to begin open one or two tables; every fifth opens none."""
    event = db.get_one(Event, event_id)
    minutes = length(event) // 5 * 5
    if event.all_day or event.starts_at <= scene.now or minutes < _LEAST_MINUTES:
        return
    if event.starts_at > scene.now + timedelta(days=3):
        set_day(
            db, event_id, DaySettings(event.starts_at - timedelta(days=2)), now=scene.now, account_id=scene.coordinator
        )
    closes = min(minutes, 180)
    middle = closes // 2 // 5 * 5
    for number, exhibitor_id in enumerate(_stands(db, event_id)):
        if number % _WITHOUT == _WITHOUT - 1:
            continue
        draft = TableDraft(0, closes, _LENGTHS[number % 3], ((middle, middle + _BREAK),))
        table_id = open_table(db, exhibitor_id, draft, now=scene.now)
        if number % _DOUBLE == 0:
            open_same_again(db, table_id, now=scene.now)
    _say(db, scene, event_id, minutes)


def _stands(db: Session, event_id: int) -> list[int]:
    come = (col(Exhibitor.event_id) == event_id, col(Exhibitor.state) == ExhibitorState.ACCEPTED)
    rows = db.exec(select(Exhibitor.id).where(*come).order_by(col(Exhibitor.id)).limit(_MOST_STANDS))
    return [one or 0 for one in rows.all()]


def _say(db: Session, scene: Scene, event_id: int, minutes: int) -> None:
    """Every fourth of those who wish to meet somebody comes late or leaves early; every other name is of interest."""
    rows = db.exec(
        select(MeetingWish)
        .join(Registration, col(Registration.id) == col(MeetingWish.registration_id))
        .where(col(Registration.event_id) == event_id, col(MeetingWish.ended_at).is_(None))
        .where(col(Registration.state) == RegistrationState.CONFIRMED)
        .order_by(col(MeetingWish.id))
    ).all()
    for number, registration_id in enumerate(dict.fromkeys(row.registration_id for row in rows)):
        hours = Hours(_SHORT_STAY) if number % 8 == 0 else Hours(None, minutes - _SHORT_STAY, 2)
        if number % 4 == 0:
            say_hours(db, registration_id, hours, by=Channel.SELF, now=scene.now)
    for wish in [row for row in rows if row.shows_name][::2]:
        set_interest(db, wish.exhibitor_id, wish.registration_id, interested=True, now=scene.now)
