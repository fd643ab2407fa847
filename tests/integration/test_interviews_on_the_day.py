"""Late, gone, a table closed: what the day changes, is told once, and can be undone."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from alpes_events.database.engine import Database
from alpes_events.interviews.asked import asked
from alpes_events.interviews.models import InterviewHours
from alpes_events.interviews.on_the_day import close_table, comes_late, has_left, is_back, open_table_again
from alpes_events.interviews.refusals import BadHours, UnknownTable
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_matching.timetable import Span
from tests.support.meetings import ON_THE_DAY, a_fair, comes, wishes
from tests.support.timetables import a_table


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def somebody(db: Session) -> tuple[int, int, int]:
    """An event, a table of its stand, a sign-up that wishes to meet it."""
    event_id, (mill,) = a_fair(db, "Filature")
    me = comes(db, event_id, 1)
    wishes(db, me, mill)
    return event_id, a_table(db, event_id, mill, closes=180), me


def hours(db: Session, event_id: int) -> tuple[Span, ...]:
    return asked(db, event_id).day.people[0].hours


def slots(db: Session, event_id: int) -> int:
    return sum(len(table.slots) for table in asked(db, event_id).day.tables)


def test_late_gone_and_back_change_the_hours_that_are_left(db: Session) -> None:
    event_id, _table, me = somebody(db)
    comes_late(db, me, 92, now=ON_THE_DAY, account_id=None)
    assert hours(db, event_id) == (Span(95, 180),)
    after = ON_THE_DAY + timedelta(minutes=40)
    has_left(db, me, now=after, account_id=None)
    assert hours(db, event_id) == (Span(95, 100),)
    is_back(db, me, now=after, account_id=None)
    assert hours(db, event_id) == (Span(95, 180),)


@pytest.mark.parametrize("minute", [-5, 180, 121])
def test_late_outside_the_event_or_past_the_hour_of_leaving_is_refused(db: Session, minute: int) -> None:
    _event_id, _table, me = somebody(db)
    if minute == 121:
        db.add(InterviewHours(registration_id=me, leaves=125, said_at=ON_THE_DAY))
    with pytest.raises(BadHours):
        comes_late(db, me, minute, now=ON_THE_DAY, account_id=None)


def test_a_closed_table_takes_nobody_from_then_on_until_it_opens(db: Session) -> None:
    event_id, table, _me = somebody(db)
    assert slots(db, event_id) == 18
    close_table(db, table, now=ON_THE_DAY, account_id=None)
    close_table(db, table, now=ON_THE_DAY + timedelta(hours=1), account_id=None)
    assert slots(db, event_id) == 6
    open_table_again(db, table, now=ON_THE_DAY, account_id=None)
    assert slots(db, event_id) == 18
    with pytest.raises(UnknownTable):
        close_table(db, table + 1, now=ON_THE_DAY, account_id=None)


def test_each_change_is_told_once(db: Session) -> None:
    event_id, table, me = somebody(db)
    for _twice in range(2):
        has_left(db, me, now=ON_THE_DAY, account_id=None)
    for _twice in range(2):
        is_back(db, me, now=ON_THE_DAY, account_id=None)
    for _twice in range(2):
        close_table(db, table, now=ON_THE_DAY, account_id=None)
    for _twice in range(2):
        open_table_again(db, table, now=ON_THE_DAY, account_id=None)
    kinds = (EntryKind.INTERVIEW_HOURS_SAID, EntryKind.INTERVIEWS_ARRANGED)
    told = db.exec(select(JournalEntry).where(JournalEntry.kind.in_(kinds)))  # type: ignore[attr-defined]
    rows = sorted(told, key=lambda entry: entry.id or 0)
    assert [(entry.subject_id, entry.facts["changed"]) for entry in rows] == [
        (me, "left"),
        (me, "hours"),
        (event_id, "closed"),
        (event_id, "opened"),
    ]
