"""Interviews get, change and lose their times in one way, and nothing is ever booked twice."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from alpes_events.attendance.release import call_off_event, cancel_registration
from alpes_events.database.engine import Database
from alpes_events.fair.decisions import withdraw_stand
from alpes_events.fair.meetings import Interview
from alpes_events.interviews.booking import Slot, call_off
from alpes_events.interviews.ending import end_interviews_of
from alpes_events.interviews.live import InterviewState, state_of, timetable_of
from alpes_events.interviews.models import InterviewHold
from alpes_events.interviews.refusals import DoubleBooked
from alpes_events.journal.delivery import Delivered, deliver_due
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.privacy.erasure import erase_person
from tests.support.databases import ENGINES, Templates
from tests.support.meetings import a_fair, candidate_of, comes
from tests.support.posts import Clock
from tests.support.stories import NOW, an_organisation
from tests.support.timetables import a_table, books


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def two_by_two(db: Session) -> tuple[int, tuple[int, int], tuple[int, int], tuple[int, int]]:
    """An event, two stands, their tables, two people."""
    event_id, (first, second) = a_fair(db, "Filature", "Boulangerie")
    tables = a_table(db, event_id, first), a_table(db, event_id, second)
    return event_id, (first, second), tables, (comes(db, event_id, 1), comes(db, event_id, 2))


def times(db: Session, event_id: int) -> list[tuple[int, int, int | None]]:
    return [(one.registration_id, one.exhibitor_id, one.starts) for one in timetable_of(db, event_id)]


def holds(db: Session) -> list[tuple[str, int, int]]:
    return sorted((one.kind.value, one.who, one.minute) for one in db.exec(select(InterviewHold)))


def test_an_interview_that_stays_keeps_its_row_and_what_is_left_out_is_called_off(db: Session) -> None:
    event_id, (mill, bakery), (table, other), (me, you) = two_by_two(db)
    books(db, event_id, Slot(me, mill, table, 0, 10), Slot(you, mill, table, 10, 20))
    before = {one.registration_id: one.id for one in timetable_of(db, event_id)}
    booked = books(db, event_id, Slot(me, mill, table, 30, 40), Slot(me, bakery, other, 10, 20))
    assert (booked.given, booked.moved, booked.called_off) == ({me: 1}, {me: 1}, {you: 1})
    assert times(db, event_id) == [(me, bakery, 10), (me, mill, 30)]
    assert before[me] in {one.id for one in timetable_of(db, event_id)}
    assert holds(db) == [
        *(("person", me, minute) for minute in (10, 15, 30, 35)),
        *(("table", table, minute) for minute in (30, 35)),
        *(("table", other, minute) for minute in (10, 15)),
    ]


def test_two_people_may_change_places_in_one_go(db: Session) -> None:
    event_id, (mill, _), (table, _), (me, you) = two_by_two(db)
    books(db, event_id, Slot(me, mill, table, 0, 10), Slot(you, mill, table, 10, 20))
    booked = books(db, event_id, Slot(me, mill, table, 10, 20), Slot(you, mill, table, 0, 10))
    assert (booked.moved, booked.given, booked.called_off) == ({me: 1, you: 1}, {}, {})


@pytest.mark.parametrize("whose", ["table", "person"])
def test_what_overlaps_is_refused_and_nothing_of_it_is_written(db: Session, whose: str) -> None:
    event_id, (mill, bakery), (table, other), (me, you) = two_by_two(db)
    books(db, event_id, Slot(me, mill, table, 0, 10))
    clash = Slot(you, mill, table, 5, 15) if whose == "table" else Slot(me, bakery, other, 5, 15)
    with pytest.raises(DoubleBooked):
        books(db, event_id, Slot(me, mill, table, 0, 10), clash)
    db.expire_all()
    assert times(db, event_id) == [(me, mill, 0)]


def test_database_itself_refuses_a_time_that_is_taken(db: Session) -> None:
    event_id, (mill, _), (table, _), (me, _) = two_by_two(db)
    books(db, event_id, Slot(me, mill, table, 0, 10))
    interview_id = timetable_of(db, event_id)[0].id
    for kind, who in (("table", table), ("person", me)):
        again = {"kind": kind, "who": who, "minute": 5, "interview_id": interview_id}
        with pytest.raises(IntegrityError), db.begin_nested():
            db.execute(insert(InterviewHold), [again])


def test_called_off_once_it_holds_nothing_and_a_second_time_changes_nothing(db: Session) -> None:
    event_id, (mill, _), (table, _), (me, _) = two_by_two(db)
    books(db, event_id, Slot(me, mill, table, 0, 10))
    rows = timetable_of(db, event_id)
    assert call_off(db, rows, now=NOW).called_off == {me: 1}
    assert call_off(db, rows, now=NOW + timedelta(hours=1)).called_off == {}
    assert state_of(rows[0]) is InterviewState.CALLED_OFF
    assert rows[0].called_off_at == NOW
    assert holds(db) == []


def test_each_change_of_a_time_is_counted_and_staying_is_none(db: Session) -> None:
    event_id, (mill, _), (table, _), (me, _) = two_by_two(db)
    first, later = Slot(me, mill, table, 0, 10), Slot(me, mill, table, 20, 30)
    counts = []
    for slots in ([first], [first], [later], []):
        books(db, event_id, *slots)
        row = db.exec(select(Interview)).one()
        counts.append((row.booked_at, row.changed_at, row.change_count))
    assert counts == [(NOW, None, 0), (NOW, None, 0), (NOW, NOW, 1), (NOW, NOW, 2)]


def deliver(database: Database) -> None:
    while deliver_due(database, "interviews", end_interviews_of, clock=Clock(NOW)) != Delivered():
        pass


@pytest.mark.parametrize("how", ["cancelled", "erased", "stand", "event"])
def test_interviews_end_with_the_sign_up_the_stand_or_the_event(organised: Database, how: str) -> None:
    with organised.writing() as db:
        event_id, (mill, bakery), (table, other), (me, you) = two_by_two(db)
        books(
            db,
            event_id,
            Slot(me, mill, table, 0, 10),
            Slot(you, mill, table, 10, 20),
            Slot(me, bakery, other, 20, 30),
        )
        if how == "cancelled":
            cancel_registration(db, me, by="self", now=NOW)
        elif how == "erased":
            erase_person(db, candidate_of(db, me), now=NOW)
        elif how == "stand":
            withdraw_stand(db, mill, by="staff", now=NOW, account_id=None)
        else:
            call_off_event(db, event_id, now=NOW, account_id=None)
        db.commit()
    deliver(organised)
    with organised.reading() as db:
        left = {"cancelled": [(you, mill, 10)], "erased": [(you, mill, 10)], "stand": [(me, bakery, 20)], "event": []}
        assert times(db, event_id) == left[how]
        told = db.exec(select(JournalEntry).where(JournalEntry.kind == EntryKind.INTERVIEW_TIMES_CHANGED)).all()
        assert sorted(entry.subject_id for entry in told) == (sorted((me, you)) if how == "stand" else [])
        assert len(holds(db)) == 4 * len(left[how])


_PLAN = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 5)), max_size=6, unique_by=lambda one: one[:2]
)


@pytest.mark.parametrize("engine", ENGINES)
def test_whatever_is_asked_holds_are_those_of_what_is_to_come(templates: Templates, engine: str) -> None:
    with templates.fresh(engine, an_organisation) as database:

        @given(plans=st.lists(_PLAN, min_size=1, max_size=4))
        def law(plans: list[list[tuple[int, int, int]]]) -> None:
            with database.writing() as db:
                event_id, stands, tables, _ = two_by_two(db)
                people = [comes(db, event_id, number) for number in range(3, 6)]
                for plan in plans:
                    slots = [
                        Slot(people[who], stands[at], tables[at], 10 * when, 10 * when + 10) for who, at, when in plan
                    ]
                    assert _books_or_refuses(db, event_id, slots)
                    assert len(holds(db)) == 4 * len(timetable_of(db, event_id))
                db.rollback()

        law()


def _books_or_refuses(db: Session, event_id: int, slots: list[Slot]) -> bool:
    """Whether what cannot be was refused and left all as it was, and what can be is what stands."""
    before = times(db, event_id)
    fits = (
        len({(slot.table_id, slot.starts) for slot in slots})
        == len({(slot.registration_id, slot.starts) for slot in slots})
        == len(slots)
    )
    try:
        books(db, event_id, *slots)
    except DoubleBooked:
        db.expire_all()
        return not fits and times(db, event_id) == before
    wanted = sorted((slot.registration_id, slot.exhibitor_id, slot.starts) for slot in slots)
    return fits and sorted(times(db, event_id), key=str) == sorted(wanted, key=str)
