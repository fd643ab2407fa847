"""Messages to exhibitors about their stand: made by what happens to it or its event, and by the dates of the call."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from alpes_events.agenda.local_time import local_day
from alpes_events.agenda.models import Event, EventState
from alpes_events.companies.models import CompanyContact
from alpes_events.fair.codes import LIVE, ExhibitorState
from alpes_events.fair.logo import logos_of_stands
from alpes_events.fair.meetings import Interview
from alpes_events.fair.missing import missing_from
from alpes_events.fair.models import Exhibitor, StandCall
from alpes_events.interviews.live import to_come
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.outbox import NewMessage, enqueue, stand_key
from alpes_events.territory.organisation import current_organisation

CHASE_DAYS = (14, 7, 2, 0)
"""How many days before the last day of the call's list an exhibitor who owes something is written to."""

_NEWS: Mapping[str, MessageKind] = {
    EntryKind.STAND_REQUESTED: MessageKind.STAND_RECEIVED,
    EntryKind.STAND_WAITLISTED: MessageKind.STAND_WAITLISTED,
    EntryKind.STAND_PLACE_FREED: MessageKind.STAND_FREED,
    EntryKind.STAND_ACCEPTED: MessageKind.STAND_ACCEPTED,
    EntryKind.STAND_SENT_BACK: MessageKind.STAND_TO_COMPLETE,
    EntryKind.STAND_DECLINED: MessageKind.STAND_DECLINED,
    EntryKind.STAND_WITHDRAWN: MessageKind.STAND_WITHDRAWN,
}


def news_for_exhibitors(kind: str, facts: Mapping[str, Any]) -> MessageKind | None:
    """What a domain event makes us tell: the exhibitor it is about, or those of an event that moved, is off, or has a
    timetable of interviews.
    """
    if kind == EntryKind.EVENT_REVISED:
        return MessageKind.STAND_CHANGED if facts.get("moved") else None
    if kind in {EntryKind.EVENT_CANCELLED, EntryKind.EVENT_WITHDRAWN}:
        return MessageKind.STAND_OFF
    if kind == EntryKind.TIMETABLE_PUBLISHED:
        changed = any(facts.get(what) for what in ("given", "moved", "called_off"))
        return MessageKind.STAND_INTERVIEWS if changed else None
    return _NEWS.get(kind)


def tell_exhibitors(db: Session, entry: JournalEntry, *, now: datetime) -> None:
    """Owe the messages of `entry` to the exhibitors it concerns, each once."""
    kind = news_for_exhibitors(entry.kind, entry.facts)
    if kind is None:
        return
    if kind is MessageKind.STAND_INTERVIEWS:
        whose = [col(Exhibitor.event_id) == entry.subject_id, col(Exhibitor.reference).is_not(None), _is_met()]
    elif entry.subject_kind == "event":
        whose = [col(Exhibitor.event_id) == entry.subject_id, col(Exhibitor.state).in_(LIVE)]
    else:
        whose = [col(Exhibitor.id) == entry.subject_id]
    entry_id = entry.id or 0
    messages = [
        _message(kind, row, once_key=stand_key(entry_id, kind, row.id or 0), entry_id=entry_id)
        for row in _reached(db, *whose)
    ]
    enqueue(db, messages, now=now)


def enqueue_stand_chases(db: Session, *, day: date, now: datetime) -> int:
    """Owe a reminder to accepted exhibitors who have not given what their event asks for, on the days of `CHASE_DAYS`
    before the call's last day (local). Gives how many.
    """
    zone = ZoneInfo(current_organisation(db).time_zone)
    calls = db.exec(
        select(StandCall)
        .join(Event, col(StandCall.event_id) == col(Event.id))
        .where(col(Event.state) == EventState.PUBLISHED, col(StandCall.complete_by).is_not(None))
        .where(col(Event.starts_at) > now)
    )
    due = {
        call.event_id
        for call in calls
        if call.complete_by and local_day(call.complete_by, zone) - day in map(timedelta, CHASE_DAYS)
    }
    rows = _reached(db, col(Exhibitor.event_id).in_(due), col(Exhibitor.state) == ExhibitorState.ACCEPTED)
    missing = missing_from(db, rows, logos_of_stands(db, rows))
    kind = MessageKind.STAND_MISSING
    messages = [
        _message(kind, row, once_key=f"{kind}:exhibitor:{row.id}:{day.isoformat()}")
        for row in rows
        if row.id in missing
    ]
    return enqueue(db, messages, now=now)


def _is_met() -> ColumnElement[bool]:
    """Whether somebody is to meet the exhibitor at a table."""
    planned = select(Interview.id).where(
        col(Interview.exhibitor_id) == col(Exhibitor.id), to_come(), col(Interview.starts).is_not(None)
    )
    return planned.exists()


def _reached(db: Session, *conditions: ColumnElement[bool]) -> list[Exhibitor]:
    """The exhibitors whose contact has an e-mail address."""
    rows = db.exec(
        select(Exhibitor)
        .join(CompanyContact, col(Exhibitor.contact_id) == col(CompanyContact.id))
        .where(col(CompanyContact.email).is_not(None), col(CompanyContact.erased_at).is_(None), *conditions)
        .order_by(col(Exhibitor.id))
    )
    return list(rows)


def _message(kind: MessageKind, row: Exhibitor, *, once_key: str, entry_id: int | None = None) -> NewMessage:
    return NewMessage(
        kind,
        once_key=once_key,
        contact_id=row.contact_id,
        exhibitor_id=row.id,
        event_id=row.event_id,
        entry_id=entry_id,
        language=row.language,
    )
