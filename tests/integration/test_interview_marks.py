"""Marks of interviews: the one marked last counts, in whatever order and however often they reach us."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from alpes_events.attendance.models import Presence, Registration
from alpes_events.attendance.presence import mark_presence
from alpes_events.attendance.release import cancel_registration
from alpes_events.database.engine import Database
from alpes_events.fair.meetings import Interview, MeetingOutcome, NotHeld
from alpes_events.fair.refusals import InterviewHasOutcome, NotAtEvent, NotThatDay, UnknownInterview
from alpes_events.hiring.meeting_outcomes import note_outcome
from alpes_events.interviews.booking import Slot, call_off
from alpes_events.interviews.live import InterviewState, state_of, timetable_of
from alpes_events.interviews.marks import mark, marks_of
from alpes_events.interviews.models import InterviewHold, Mark
from alpes_events.interviews.refusals import DoubleBooked
from alpes_events.journal.delivery import Delivered, deliver_due
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.statistics.models import TouchedRecord
from alpes_events.statistics.touched import note_touched
from tests.support.databases import ENGINES, Templates
from tests.support.meetings import ON_THE_DAY, a_fair, comes
from tests.support.posts import Clock
from tests.support.stories import NOW, STARTS_AT, an_organisation
from tests.support.timetables import a_table, books

EVENING = STARTS_AT + timedelta(hours=5)


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def one_interview(db: Session) -> Interview:
    """Somebody meets an exhibitor at the beginning of the event."""
    event_id, (mill,) = a_fair(db, "Filature")
    books(db, event_id, Slot(comes(db, event_id, 1), mill, a_table(db, event_id, mill), 0, 10))
    return timetable_of(db, event_id)[0]


def marks(
    db: Session, interview: Interview, said: Mark, key: str, minute: int = 5, *, account_id: int | None = None
) -> bool:
    """Marked at this minute of the event, received in the evening."""
    at = STARTS_AT + timedelta(minutes=minute)
    return mark(db, interview.id or 0, said, mark_key=key, marked_at=at, now=EVENING, account_id=account_id)


def holds(db: Session) -> int:
    return len(db.exec(select(InterviewHold)).all())


def test_held_ends_the_interview_at_its_minute_and_frees_its_time(db: Session) -> None:
    one = one_interview(db)
    assert marks(db, one, Mark.HELD, "a", 7)
    assert (state_of(one), one.held_at) == (InterviewState.HELD, STARTS_AT + timedelta(minutes=7))
    assert holds(db) == 0


@pytest.mark.parametrize("said", [Mark.PERSON_ABSENT, Mark.EXHIBITOR_ABSENT])
def test_not_held_says_why_and_frees_the_time(db: Session, said: Mark) -> None:
    one = one_interview(db)
    assert marks(db, one, said, "a")
    assert (state_of(one), one.not_held_why) == (InterviewState.NOT_HELD, NotHeld(said.value))
    assert holds(db) == 0


def test_taken_back_it_is_to_come_and_holds_its_time_again(db: Session) -> None:
    one = one_interview(db)
    before = holds(db)
    marks(db, one, Mark.HELD, "a", 5)
    marks(db, one, Mark.UNMARKED, "b", 6)
    assert (state_of(one), one.held_at, holds(db)) == (InterviewState.PLANNED, None, before)


def test_same_key_a_second_time_changes_nothing(db: Session) -> None:
    one = one_interview(db)
    assert marks(db, one, Mark.HELD, "a", 5)
    assert not marks(db, one, Mark.UNMARKED, "a", 9)
    assert state_of(one) is InterviewState.HELD
    assert len(marks_of(db, one.id or 0)) == 1


def test_a_mark_of_a_clock_that_is_ahead_is_of_now(db: Session) -> None:
    one = one_interview(db)
    late = ON_THE_DAY + timedelta(days=400)
    mark(db, one.id or 0, Mark.HELD, mark_key="a", marked_at=late, now=ON_THE_DAY, account_id=None)
    assert one.held_at == ON_THE_DAY


def test_a_mark_of_another_day_is_of_the_day_of_the_event(db: Session) -> None:
    one = one_interview(db)
    early, after = STARTS_AT - timedelta(days=9000), STARTS_AT + timedelta(days=2)
    mark(db, one.id or 0, Mark.HELD, mark_key="a", marked_at=early, now=ON_THE_DAY, account_id=None)
    assert one.held_at == STARTS_AT.replace(hour=23) - timedelta(days=1)  # midnight in Paris
    mark(db, one.id or 0, Mark.HELD, mark_key="b", marked_at=after, now=after, account_id=None)
    assert one.held_at == STARTS_AT.replace(hour=22, minute=59)


def test_nothing_is_marked_before_the_day(db: Session) -> None:
    one = one_interview(db)
    with pytest.raises(NotThatDay):
        mark(db, one.id or 0, Mark.HELD, mark_key="a", marked_at=NOW, now=NOW, account_id=None)
    with pytest.raises(UnknownInterview):
        mark(db, 99_999, Mark.HELD, mark_key="a", marked_at=NOW, now=NOW, account_id=None)


@pytest.mark.parametrize("how", ["absent", "cancelled"])
def test_who_was_not_there_held_no_interview(db: Session, how: str) -> None:
    one = one_interview(db)
    if how == "absent":
        presence = Presence.NO_SHOW
        mark_presence(db, one.registration_id, presence, mark_key="p", now=ON_THE_DAY, account_id=None)
    else:
        cancel_registration(db, one.registration_id, by="self", now=NOW)
    with pytest.raises(NotAtEvent):
        marks(db, one, Mark.HELD, "a")


def test_an_interview_held_marks_no_presence(db: Session) -> None:
    one = one_interview(db)
    marks(db, one, Mark.HELD, "a")
    assert db.get_one(Registration, one.registration_id).presence is Presence.UNKNOWN


def test_what_came_of_it_is_cleared_before_it_is_not_held(db: Session) -> None:
    one = one_interview(db)
    marks(db, one, Mark.HELD, "a", 5)
    called = MeetingOutcome.TO_CALL_BACK
    note_outcome(db, one.id or 0, called, exhibitor_id=one.exhibitor_id, now=EVENING, account_id=None)
    with pytest.raises(InterviewHasOutcome):
        marks(db, one, Mark.UNMARKED, "b", 6)


def test_taken_back_when_its_time_went_to_another_is_refused(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    table = a_table(db, event_id, mill)
    me, you = comes(db, event_id, 1), comes(db, event_id, 2)
    books(db, event_id, Slot(me, mill, table, 0, 10))
    mine = timetable_of(db, event_id)[0]
    marks(db, mine, Mark.PERSON_ABSENT, "a", 5)
    books(db, event_id, Slot(you, mill, table, 0, 10))
    with pytest.raises(DoubleBooked), db.begin_nested():
        marks(db, mine, Mark.UNMARKED, "b", 6)
    db.expire_all()
    assert state_of(mine) is InterviewState.NOT_HELD


def test_taken_back_when_they_meet_at_another_time_is_refused(db: Session) -> None:
    one = one_interview(db)
    marks(db, one, Mark.PERSON_ABSENT, "a", 5)
    books(db, one.event_id, Slot(one.registration_id, one.exhibitor_id, one.table_id or 0, 30, 40))
    with pytest.raises(DoubleBooked):
        marks(db, one, Mark.UNMARKED, "b", 6)


def test_held_although_it_was_called_off_meanwhile_counts(db: Session) -> None:
    one = one_interview(db)
    call_off(db, [one], now=ON_THE_DAY)
    marks(db, one, Mark.PERSON_ABSENT, "a", 5)
    marks(db, one, Mark.UNMARKED, "b", 6)
    assert (state_of(one), holds(db)) == (InterviewState.CALLED_OFF, 0)
    marks(db, one, Mark.HELD, "c", 7)
    assert (state_of(one), holds(db)) == (InterviewState.HELD, 0)


def test_the_event_of_a_mark_is_counted_again(organised: Database) -> None:
    with organised.writing() as db:
        one = one_interview(db)
        event_id, interview_id, stand = one.event_id, one.id, one.exhibitor_id
        marks(db, one, Mark.HELD, "a")
        told = db.exec(select(JournalEntry).where(JournalEntry.kind == EntryKind.INTERVIEW_MARKED)).one()
        assert told.facts == {"interview_id": interview_id, "exhibitor_id": stand, "mark": "held", "by": "link"}
        db.commit()
        entry_id = told.id
    while deliver_due(organised, "statistics", note_touched, clock=Clock(EVENING)) != Delivered():
        pass
    with organised.reading() as db:
        touched = db.exec(select(TouchedRecord).where(col(TouchedRecord.entry_id) == entry_id)).one()
        assert (touched.event_id, touched.candidate_id) == (event_id, None)


STORY = ((Mark.HELD, "a", 3), (Mark.UNMARKED, "b", 4), (Mark.PERSON_ABSENT, "c", 5), (Mark.HELD, "d", 6))


def test_four_marks_of_one_telephone_in_any_order_end_the_same(db: Session) -> None:
    one = one_interview(db)
    db.commit()
    for story in permutations(STORY):
        for said, key, minute in story:
            marks(db, one, said, key, minute)
        assert (one.held_at, holds(db)) == (STARTS_AT + timedelta(minutes=6), 0)
        db.rollback()


_MARKS = st.lists(
    st.tuples(st.sampled_from(list(Mark)), st.integers(0, 30)), min_size=1, max_size=5, unique_by=lambda one: one[1]
)


@pytest.mark.parametrize("engine", ENGINES)
def test_any_marks_in_any_order_and_sent_again_end_as_in_their_own_order(templates: Templates, engine: str) -> None:
    with templates.fresh(engine, an_organisation) as database, database.writing() as db:
        one = one_interview(db)
        db.commit()

        def ends(said: list[tuple[Mark, int]]) -> tuple[object, ...]:
            try:
                for what, minute in said:
                    marks(db, one, what, f"k{minute}", minute)
                return one.held_at, one.not_held_at, one.not_held_why, one.called_off_at, holds(db)
            finally:
                db.rollback()

        @given(said=_MARKS, data=st.data())
        def law(said: list[tuple[Mark, int]], data: st.DataObject) -> None:
            sent = data.draw(st.permutations(said + said))
            last = max(said, key=lambda mark: mark[1])
            in_order = ends(sorted(said, key=lambda mark: mark[1]))
            assert ends(sent) == in_order
            assert (in_order[-1] == 0) == (last[0] is not Mark.UNMARKED)

        law()
