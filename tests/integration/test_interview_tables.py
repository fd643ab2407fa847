"""Tables are opened, changed and taken away; what was arranged at them ends only when that was said."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.release import call_off_event
from alpes_events.database.engine import Database
from alpes_events.fair.decisions import withdraw_stand
from alpes_events.interviews.booking import Slot
from alpes_events.interviews.day_settings import DaySettings, choices_open, set_day, settings_of
from alpes_events.interviews.live import timetable_of
from alpes_events.interviews.models import InterviewTable
from alpes_events.interviews.refusals import BadDay, BadTable, NoInterviewsHere, UnknownTable, WouldCallOff
from alpes_events.interviews.table import TableDraft, draft_of
from alpes_events.interviews.table_queries import tables_at, tables_of
from alpes_events.interviews.tables import change_table, open_same_again, open_table, retire_table
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from tests.support.meetings import a_fair, comes, wishes
from tests.support.stories import NOW, STARTS_AT
from tests.support.timetables import books

MORNING = TableDraft(0, 120, 10, ((60, 75),))
OVER = STARTS_AT + timedelta(hours=3)


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def told(db: Session) -> list[tuple[str, int, object]]:
    rows = db.exec(select(JournalEntry).order_by(col(JournalEntry.id))).all()
    kinds = {EntryKind.INTERVIEWS_ARRANGED: "changed", EntryKind.INTERVIEW_TIMES_CHANGED: "called_off"}
    return [(row.kind, row.subject_id, row.facts[kinds[row.kind]]) for row in rows if row.kind in kinds]  # type: ignore[index]


def test_tables_are_named_in_turn_and_a_second_one_is_the_same(db: Session) -> None:
    event_id, (mill, bakery) = a_fair(db, "Filature", "Boulangerie")
    first = open_table(db, mill, MORNING, now=NOW)
    second = open_same_again(db, first, now=NOW)
    open_table(db, bakery, TableDraft(0, 60, 5, name="Salle du fond"), now=NOW)
    found = tables_of(db, [mill, bakery])
    assert [one.name for one in found[mill]] == ["Table 1", "Table 2"]
    assert [one.name for one in found[bakery]] == ["Salle du fond"]
    assert {(one.draft.opens, one.draft.closes, one.draft.minutes, one.draft.breaks) for one in found[mill]} == {
        (0, 120, 10, ((60, 75),))
    }
    retire_table(db, first, now=NOW)
    assert [one.id for one in tables_of(db, [mill])[mill]] == [second]
    assert open_same_again(db, second, now=NOW) != first
    assert [one.name for one in tables_of(db, [mill])[mill]] == ["Table 2", "Table 1"]
    assert told(db) == [(EntryKind.INTERVIEWS_ARRANGED, event_id, "table")] * 5


def test_exhibitor_has_twenty_tables_at_the_most(db: Session) -> None:
    _event_id, (mill,) = a_fair(db, "Filature")
    tables = [open_table(db, mill, MORNING, now=NOW) for _ in range(20)]
    with pytest.raises(BadTable):
        open_table(db, mill, MORNING, now=NOW)
    retire_table(db, tables[0], now=NOW)
    assert open_table(db, mill, MORNING, now=NOW)


def test_change_calls_off_what_no_longer_fits_and_no_more_than_was_said(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    table = open_table(db, mill, MORNING, now=NOW)
    me, you, they = (comes(db, event_id, number) for number in (1, 2, 3))
    books(
        db,
        event_id,
        Slot(me, mill, table, 0, 10),
        Slot(you, mill, table, 40, 50),
        Slot(they, mill, table, 110, 120),
    )
    narrower = TableDraft(0, 110, 10, ((45, 55),))
    for may_lose in (0, 1):
        with pytest.raises(WouldCallOff) as refused, db.begin_nested():
            change_table(db, table, narrower, may_lose=may_lose, now=NOW)
        assert refused.value.count == 2
    assert len(timetable_of(db, event_id)) == 3
    booked = change_table(db, table, narrower, may_lose=2, now=NOW)
    assert booked.called_off == {you: 1, they: 1}
    assert [one.registration_id for one in timetable_of(db, event_id)] == [me]
    assert [one for one in told(db) if one[0] == EntryKind.INTERVIEW_TIMES_CHANGED] == [
        (EntryKind.INTERVIEW_TIMES_CHANGED, you, 1),
        (EntryKind.INTERVIEW_TIMES_CHANGED, they, 1),
    ]
    assert draft_of(db.get_one(InterviewTable, table)) == TableDraft(0, 110, 10, ((45, 55),), "Table 1")


def test_wider_hours_and_another_length_call_nothing_off(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    table = open_table(db, mill, MORNING, now=NOW)
    books(db, event_id, Slot(comes(db, event_id, 1), mill, table, 10, 20))
    assert not change_table(db, table, TableDraft(0, 180, 15), now=NOW).people
    assert len(timetable_of(db, event_id)) == 1


def test_table_taken_away_frees_its_people_and_is_no_more(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    table = open_table(db, mill, MORNING, now=NOW)
    me = comes(db, event_id, 1)
    books(db, event_id, Slot(me, mill, table, 0, 10))
    with pytest.raises(WouldCallOff):
        retire_table(db, table, now=NOW)
    assert retire_table(db, table, may_lose=1, now=NOW).called_off == {me: 1}
    for act in (
        lambda: retire_table(db, table, now=NOW),
        lambda: change_table(db, table, MORNING, now=NOW),
        lambda: open_same_again(db, table, now=NOW),
    ):
        with pytest.raises(UnknownTable):
            act()


@pytest.mark.parametrize("why", ["off", "over", "stand"])
def test_no_table_is_opened_where_nobody_can_be_met(db: Session, why: str) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    now = OVER if why == "over" else NOW
    if why == "off":
        call_off_event(db, event_id, now=NOW, account_id=None)
    elif why == "stand":
        withdraw_stand(db, mill, by="staff", now=NOW, account_id=None)
    with pytest.raises(NoInterviewsHere):
        open_table(db, mill, MORNING, now=now)


def test_hours_outside_the_event_are_refused(db: Session) -> None:
    _event_id, (mill,) = a_fair(db, "Filature")
    with pytest.raises(BadTable) as refused:
        open_table(db, mill, TableDraft(0, 185, 10), now=NOW)
    assert refused.value.field == "closes"


def test_event_shows_where_more_wish_than_there_is_time_for(db: Session) -> None:
    event_id, (mill, _bakery) = a_fair(db, "Filature", "Boulangerie")
    open_table(db, mill, TableDraft(0, 10, 10), now=NOW)
    for number in (1, 2):
        wishes(db, comes(db, event_id, number), mill)
    shown = tables_at(db, event_id)
    assert [(one.stand.name, one.slot_count, one.stand.wishes.count, one.is_short) for one in shown] == [
        ("Boulangerie", 0, 0, False),
        ("Filature", 1, 2, True),
    ]


def test_choices_end_when_the_day_says_so(db: Session) -> None:
    event_id, _stands = a_fair(db, "Filature")
    event = db.get_one(Event, event_id)
    assert choices_open(db, event, now=OVER - timedelta(minutes=1))
    until = NOW + timedelta(days=2)
    set_day(db, event_id, DaySettings(until, 5, 3), now=NOW)
    assert settings_of(db, event_id) == DaySettings(until, 5, 3)
    assert [choices_open(db, event, now=at) for at in (NOW, until - timedelta(seconds=1), until)] == [True, True, False]


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        (DaySettings(OVER + timedelta(minutes=1)), "wishes_until"),
        (DaySettings(walk_minutes=61), "walk_minutes"),
        (DaySettings(walk_minutes=-1), "walk_minutes"),
        (DaySettings(most_each=0), "most_each"),
        (DaySettings(most_each=21), "most_each"),
    ],
)
def test_settings_that_cannot_be_are_refused(db: Session, settings: DaySettings, field: str) -> None:
    event_id, _stands = a_fair(db, "Filature")
    with pytest.raises(BadDay) as refused:
        set_day(db, event_id, settings, now=NOW)
    assert refused.value.field == field
