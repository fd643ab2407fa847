"""Exhibitors' tables: opened, changed, taken away. Interviews to come that do not fit any more are called off, never
more of them than whoever changes the table was told.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event, EventState
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.meetings import Interview
from alpes_events.fair.models import Exhibitor
from alpes_events.interviews.booking import Booked, call_off
from alpes_events.interviews.days import hold_day
from alpes_events.interviews.ending import tell_times
from alpes_events.interviews.live import to_come
from alpes_events.interviews.models import InterviewTable
from alpes_events.interviews.refusals import BadTable, NoInterviewsHere, UnknownTable, WouldCallOff
from alpes_events.interviews.table import TableDraft, check_table, draft_of
from alpes_events.interviews.times import length
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_

MOST_TABLES = 20
"""Of one exhibitor at one event."""
_NAMED = "Table {}"


def open_table(
    db: Session, exhibitor_id: int, draft: TableDraft, *, now: datetime, account_id: int | None = None
) -> int:
    """One more table of an exhibitor who comes. Gives its id. Raises `BadTable`, `NoInterviewsHere`."""
    exhibitor = db.get(Exhibitor, exhibitor_id)
    if exhibitor is None or exhibitor.state is not ExhibitorState.ACCEPTED:
        raise NoInterviewsHere
    event = open_event(db, exhibitor.event_id, now=now)
    checked = check_table(draft, event_minutes=length(event))
    hold_day(db, exhibitor.event_id, now=now)
    others = _open_ones(db, exhibitor_id)
    if len(others) >= MOST_TABLES:
        raise BadTable(N_("Un exposant a %(most)d tables au plus."), field="opens", most=MOST_TABLES)
    row = InterviewTable(
        event_id=exhibitor.event_id,
        exhibitor_id=exhibitor_id,
        name=checked.name or _next_name({one.name for one in others}),
        opens=checked.opens,
        closes=checked.closes,
        minutes=checked.minutes,
        breaks=[list(one) for one in checked.breaks],
    )
    db.add(row)
    db.flush()
    _tell(db, row, now=now, account_id=account_id)
    return row.id or 0


def open_same_again(db: Session, table_id: int, *, now: datetime, account_id: int | None = None) -> int:
    """One more table of the same exhibitor, with the same hours, length and breaks. Raises as `open_table` does."""
    row = the_table(db, table_id)
    same = draft_of(row)
    draft = TableDraft(same.opens, same.closes, same.minutes, same.breaks)
    return open_table(db, row.exhibitor_id, draft, now=now, account_id=account_id)


def change_table(
    db: Session, table_id: int, draft: TableDraft, *, may_lose: int = 0, now: datetime, account_id: int | None = None
) -> Booked:
    """Other hours, length or breaks. An interview to come that is now outside the hours or in a break is called off.
    The same again changes nothing.

    Raises `WouldCallOff` when these are more than `may_lose`, `BadTable`, `UnknownTable`, `NoInterviewsHere`.
    """
    row = the_table(db, table_id)
    event = open_event(db, row.event_id, now=now)
    checked = check_table(draft, event_minutes=length(event))
    hold_day(db, row.event_id, now=now)
    if replace(checked, name=checked.name or row.name) == draft_of(row):
        return Booked()
    unfit = [one for one in _coming(db, table_id) if not checked.holds(one.starts or 0, one.ends or 0)]
    booked = _called_off(db, row, unfit, may_lose=may_lose, now=now, account_id=account_id)
    row.opens, row.closes, row.minutes = checked.opens, checked.closes, checked.minutes
    row.breaks, row.name = [list(one) for one in checked.breaks], checked.name or row.name
    db.add(row)
    _tell(db, row, now=now, account_id=account_id)
    return booked


def retire_table(
    db: Session, table_id: int, *, may_lose: int = 0, now: datetime, account_id: int | None = None
) -> Booked:
    """The table is not there. Its interviews to come are called off. Raises as `change_table` does."""
    row = the_table(db, table_id)
    open_event(db, row.event_id, now=now)
    hold_day(db, row.event_id, now=now)
    booked = _called_off(db, row, _coming(db, table_id), may_lose=may_lose, now=now, account_id=account_id)
    row.retired_at = now
    db.add(row)
    _tell(db, row, now=now, account_id=account_id)
    return booked


def the_table(db: Session, table_id: int) -> InterviewTable:
    """A table that was not taken away. Raises `UnknownTable`."""
    row = db.get(InterviewTable, table_id)
    if row is None or row.retired_at is not None:
        raise UnknownTable
    return row


def open_event(db: Session, event_id: int, *, now: datetime) -> Event:
    """The event, if interviews can be arranged for it. Raises `NoInterviewsHere`."""
    event = db.get_one(Event, event_id)
    if event.state not in {EventState.DRAFT, EventState.PUBLISHED} or now >= event.ends_at:
        raise NoInterviewsHere
    return event


def _called_off(
    db: Session, row: InterviewTable, unfit: list[Interview], *, may_lose: int, now: datetime, account_id: int | None
) -> Booked:
    if len(unfit) > may_lose:
        raise WouldCallOff(len(unfit))
    booked = call_off(db, unfit, now=now)
    tell_times(db, row.event_id, booked, now=now, account_id=account_id)
    return booked


def _coming(db: Session, table_id: int) -> list[Interview]:
    """What is to come at a table."""
    at_table = (col(Interview.table_id) == table_id, col(Interview.starts).is_not(None), to_come())
    return list(db.exec(select(Interview).where(*at_table)))


def _open_ones(db: Session, exhibitor_id: int) -> list[InterviewTable]:
    of_it = (col(InterviewTable.exhibitor_id) == exhibitor_id, col(InterviewTable.retired_at).is_(None))
    return list(db.exec(select(InterviewTable).where(*of_it)))


def _next_name(taken: set[str]) -> str:
    return next(name for name in map(_NAMED.format, range(1, MOST_TABLES + 2)) if name not in taken)


def _tell(db: Session, row: InterviewTable, *, now: datetime, account_id: int | None) -> None:
    facts: dict[str, Fact] = {"changed": "table", "exhibitor_id": row.exhibitor_id, "table_id": row.id}
    subject = ("event", row.event_id)
    record(db, EntryKind.INTERVIEWS_ARRANGED, subject=subject, now=now, account_id=account_id, facts=facts)
