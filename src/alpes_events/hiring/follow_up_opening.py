"""Opening the questions to exhibitors, six weeks and six months after an event: each once, whoever opens it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from alpes_events.agenda.local_time import local_day
from alpes_events.agenda.models import Event, EventState
from alpes_events.attendance.reference import new_reference
from alpes_events.companies.models import CompanyContact
from alpes_events.database.upsert import insert_new
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.models import Exhibitor
from alpes_events.hiring.follow_up import (
    AFTER,
    ASKED_FOR,
    FollowUp,
    FollowUpMoment,
    asked_on,
    due_day,
    last_day,
)
from alpes_events.hiring.following_up import record_change
from alpes_events.hiring.refusals import FollowUpIsOver, UnknownFollowUp
from alpes_events.territory.models import Organisation
from alpes_events.territory.organisation import local_today


def open_due(db: Session, *, day: date, now: datetime) -> int:
    """Open the questions that are due on `day` (local) to exhibitors who came and can be written to. Gives how many.

    Each exhibitor has one question for each moment, whatever happens to who opens them.
    """
    zone = ZoneInfo(db.get_one(Organisation, 1).time_zone)
    rows = [
        _row(exhibitor.id or 0, moment, local_day(event.ends_at, zone), now=now)
        for moment in FollowUpMoment
        for exhibitor, event in _came(db, moment, day)
        if asked_on(day, moment, ended_on=local_day(event.ends_at, zone))
    ]
    return insert_new(db, FollowUp, rows, unless_same=["exhibitor_id", "moment"]) if rows else 0


def open_by_hand(
    db: Session, event_id: int, exhibitor_id: int, moment: FollowUpMoment, *, now: datetime, account_id: int | None
) -> FollowUp:
    """The question of an exhibitor, opened by staff who telephone, once its day has come. Raises `FollowUpIsOver`."""
    exhibitor = db.get(Exhibitor, exhibitor_id)
    if exhibitor is None or exhibitor.event_id != event_id or exhibitor.state is not ExhibitorState.ACCEPTED:
        raise UnknownFollowUp
    event = db.get_one(Event, event_id)
    ended_on = local_day(event.ends_at, ZoneInfo(db.get_one(Organisation, 1).time_zone))
    today, due_on = local_today(db, now), due_day(moment, ended_on=ended_on)
    if not due_on <= today <= last_day(due_on) or event.state in {EventState.CANCELLED, EventState.WITHDRAWN}:
        raise FollowUpIsOver
    row = _row(exhibitor_id, moment, ended_on, now=now)
    opened = insert_new(db, FollowUp, [row], unless_same=["exhibitor_id", "moment"])
    found = db.exec(select(FollowUp).where(FollowUp.exhibitor_id == exhibitor_id, FollowUp.moment == moment)).one()
    if opened:
        record_change(db, found, "asked", now=now, account_id=account_id)
    return found


def _came(db: Session, moment: FollowUpMoment, day: date) -> list[tuple[Exhibitor, Event]]:
    """Those who came to what ended about then and can be written to; the exact day is local, and looked at after."""
    about = datetime.combine(day - AFTER[moment], time(), tzinfo=UTC)
    rows = db.exec(
        select(Exhibitor, Event)
        .join(Event, col(Event.id) == col(Exhibitor.event_id))
        .join(CompanyContact, col(CompanyContact.id) == col(Exhibitor.contact_id))
        .where(col(Exhibitor.state) == ExhibitorState.ACCEPTED)
        .where(col(Event.state).in_((EventState.PUBLISHED, EventState.DONE)))
        .where(
            col(Event.ends_at) > about - ASKED_FOR - timedelta(days=1), col(Event.ends_at) < about + timedelta(days=2)
        )
        .where(col(CompanyContact.email).is_not(None), col(CompanyContact.erased_at).is_(None))
        .order_by(col(Exhibitor.id))
    )
    return list(rows)


def _row(exhibitor_id: int, moment: FollowUpMoment, ended_on: date, *, now: datetime) -> dict[str, object]:
    return {
        "exhibitor_id": exhibitor_id,
        "moment": moment,
        "reference": new_reference(),
        "due_on": due_day(moment, ended_on=ended_on),
        "asked_at": now,
        "put_off_count": 0,
    }
