"""What changes while the day runs: somebody comes later than they said or leaves, a table closes or opens again."""

from datetime import datetime

from sqlmodel import Session

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Registration
from alpes_events.attendance.release import the_registration
from alpes_events.interviews.days import hold_day
from alpes_events.interviews.models import GRAIN, InterviewHours, InterviewTable
from alpes_events.interviews.refusals import BadHours, UnknownTable
from alpes_events.interviews.times import length, minute_at
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_


def comes_late(db: Session, registration_id: int, comes: int, *, now: datetime, account_id: int | None) -> None:
    """The person comes at this minute of the event. Raises `BadHours` outside it, or past the hour when they leave."""
    registration, hours = _hours(db, registration_id, now=now)
    until = length(db.get_one(Event, registration.event_id)) if hours.leaves is None else hours.leaves
    comes = -(-comes // GRAIN) * GRAIN
    if not 0 <= comes < until:
        raise BadHours(N_("Cette heure est hors de l’événement, ou après l’heure de départ dite."), field="comes")
    hours.comes, hours.left_at = comes, None
    _keep(db, registration, hours, "late", now=now, account_id=account_id)


def has_left(db: Session, registration_id: int, *, now: datetime, account_id: int | None) -> None:
    """The person was seen to leave. A second time changes nothing."""
    registration, hours = _hours(db, registration_id, now=now)
    if hours.left_at is None:
        hours.left_at = now
        _keep(db, registration, hours, "left", now=now, account_id=account_id)


def is_back(db: Session, registration_id: int, *, now: datetime, account_id: int | None) -> None:
    """The person is there again, or had not left. A second time changes nothing."""
    registration, hours = _hours(db, registration_id, now=now)
    if hours.left_at is not None:
        hours.left_at = None
        _keep(db, registration, hours, "hours", now=now, account_id=account_id)


def close_table(db: Session, table_id: int, *, now: datetime, account_id: int | None) -> None:
    """The table takes nobody from the present minute on. A second time changes nothing."""
    table = _table(db, table_id, now=now)
    if table.closed_from is None:
        table.closed_from = max(table.opens, minute_at(db.get_one(Event, table.event_id), now))
        _arranged(db, table, "closed", now=now, account_id=account_id)


def open_table_again(db: Session, table_id: int, *, now: datetime, account_id: int | None) -> None:
    """The table takes people again, within its hours. A second time changes nothing."""
    table = _table(db, table_id, now=now)
    if table.closed_from is not None:
        table.closed_from = None
        _arranged(db, table, "opened", now=now, account_id=account_id)


def _hours(db: Session, registration_id: int, *, now: datetime) -> tuple[Registration, InterviewHours]:
    registration = the_registration(db, registration_id)
    hold_day(db, registration.event_id, now=now)
    hours = db.get(InterviewHours, registration_id, populate_existing=True)
    return registration, hours or InterviewHours(registration_id=registration_id, said_at=now)


def _keep(
    db: Session,
    registration: Registration,
    hours: InterviewHours,
    changed: str,
    *,
    now: datetime,
    account_id: int | None,
) -> None:
    hours.said_at = now
    db.add(hours)
    db.flush()
    facts: dict[str, Fact] = {"event_id": registration.event_id, "changed": changed, "by": "staff"}
    subject = ("registration", registration.id or 0)
    record(db, EntryKind.INTERVIEW_HOURS_SAID, subject=subject, now=now, account_id=account_id, facts=facts)


def _table(db: Session, table_id: int, *, now: datetime) -> InterviewTable:
    table = db.get(InterviewTable, table_id)
    if table is None or table.retired_at is not None:
        raise UnknownTable
    hold_day(db, table.event_id, now=now)
    db.refresh(table)
    return table


def _arranged(db: Session, table: InterviewTable, changed: str, *, now: datetime, account_id: int | None) -> None:
    db.add(table)
    db.flush()
    facts: dict[str, Fact] = {"changed": changed, "exhibitor_id": table.exhibitor_id, "table_id": table.id}
    subject = ("event", table.event_id)
    record(db, EntryKind.INTERVIEWS_ARRANGED, subject=subject, now=now, account_id=account_id, facts=facts)
