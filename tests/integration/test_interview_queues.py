"""Queues of stands: numbers rise and are given once, who left keeps theirs, and what comes of it is counted."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from alpes_events.agenda.commands import the_event
from alpes_events.agenda.models import Counter
from alpes_events.attendance.models import Presence
from alpes_events.attendance.presence import mark_presence
from alpes_events.database.engine import Database
from alpes_events.fair.meetings import Interview
from alpes_events.fair.refusals import ExhibitorElsewhere, NotAtEvent
from alpes_events.interviews.booking import Slot
from alpes_events.interviews.live import InterviewState, state_of, timetable_of
from alpes_events.interviews.marks import mark
from alpes_events.interviews.models import Mark
from alpes_events.interviews.queues import Joined, call_next, come_back, join_queue, leave_queue, queue_of
from alpes_events.interviews.refusals import MeetsAlready, NobodyWaits, NotInQueue, QueueIsClosed
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.statistics.compilation import compile_event
from alpes_events.statistics.meeting_facts import MEETINGS
from alpes_events.statistics.periods import of_event
from alpes_events.statistics.queries import compiled
from tests.support.meetings import ON_THE_DAY, a_fair, comes, wishes
from tests.support.stories import NOW, STARTS_AT
from tests.support.timetables import a_table, books


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def joins(db: Session, registration_id: int, exhibitor_id: int, minutes: int = 0) -> Joined:
    """They join the queue so many minutes after an hour of the event."""
    return join_queue(db, registration_id, exhibitor_id, now=ON_THE_DAY + timedelta(minutes=minutes), account_id=None)


def test_numbers_rise_for_each_stand_and_who_waits_keeps_theirs(db: Session) -> None:
    event_id, (mill, bakery) = a_fair(db, "Filature", "Boulangerie")
    me, you = comes(db, event_id, 1), comes(db, event_id, 2)
    assert [joins(db, *pair).number for pair in ((me, mill), (you, mill), (me, mill), (you, bakery))] == [1, 2, 1, 1]


def test_next_is_who_waits_longest_and_was_not_called(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    places = [joins(db, comes(db, event_id, number), mill) for number in (1, 2, 3)]
    assert call_next(db, mill, now=ON_THE_DAY, account_id=None) == places[0].interview_id
    leave_queue(db, places[1].interview_id, now=ON_THE_DAY, account_id=None)
    assert call_next(db, mill, now=ON_THE_DAY, account_id=None) == places[2].interview_id
    with pytest.raises(NobodyWaits):
        call_next(db, mill, now=ON_THE_DAY, account_id=None)
    come_back(db, places[1].interview_id, now=ON_THE_DAY, account_id=None)
    assert [one.queue_number for one in queue_of(db, mill)] == [1, 2, 3]
    assert call_next(db, mill, now=ON_THE_DAY, account_id=None) == places[1].interview_id


def test_a_number_is_not_given_twice_though_everybody_left(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    first = joins(db, comes(db, event_id, 1), mill)
    leave_queue(db, first.interview_id, now=ON_THE_DAY, account_id=None)
    assert joins(db, comes(db, event_id, 2), mill).number == 2


def test_served_is_an_interview_held_and_taken_back_they_wait_again(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    one = joins(db, comes(db, event_id, 1), mill).interview_id
    for said, key in ((Mark.HELD, "a"), (Mark.UNMARKED, "b")):
        mark(db, one, said, mark_key=key, marked_at=ON_THE_DAY, now=ON_THE_DAY, account_id=None)
        row = db.get_one(Interview, one)
        assert state_of(row) is (InterviewState.HELD if said is Mark.HELD else InterviewState.QUEUED)
    assert row.queue_number == 1


def test_who_may_not_wait_is_refused(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    _other, (elsewhere,) = a_fair(db, "Ailleurs")
    me, absent = comes(db, event_id, 1), comes(db, event_id, 2)
    mark_presence(db, absent, Presence.NO_SHOW, mark_key="p", now=ON_THE_DAY, account_id=None)
    books(db, event_id, Slot(me, mill, a_table(db, event_id, mill), 0, 10))
    for whose, stand, refusal in (
        (absent, mill, NotAtEvent),
        (me, elsewhere, ExhibitorElsewhere),
        (me, mill, MeetsAlready),
    ):
        with pytest.raises(refusal):
            joins(db, whose, stand)
    for when in (NOW, STARTS_AT + timedelta(hours=3)):
        with pytest.raises(QueueIsClosed):
            join_queue(db, comes(db, event_id, 3), mill, now=when, account_id=None)


def test_somebody_with_a_time_is_not_in_a_queue(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    books(db, event_id, Slot(comes(db, event_id, 1), mill, a_table(db, event_id, mill), 0, 10))
    planned = timetable_of(db, event_id)[0].id or 0
    with pytest.raises(NotInQueue):
        leave_queue(db, planned, now=ON_THE_DAY, account_id=None)
    assert queue_of(db, mill) == []


def test_each_change_is_told_once(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    one = joins(db, comes(db, event_id, 1), mill).interview_id
    call_next(db, mill, now=ON_THE_DAY, account_id=None)
    for _twice in range(2):
        leave_queue(db, one, now=ON_THE_DAY, account_id=None)
    for _twice in range(2):
        come_back(db, one, now=ON_THE_DAY, account_id=None)
    told = db.exec(
        select(JournalEntry).where(JournalEntry.kind == EntryKind.INTERVIEW_QUEUED).order_by(JournalEntry.id)  # type: ignore[arg-type]
    )
    assert [entry.facts["change"] for entry in told] == ["joined", "called", "left", "back"]


def test_what_is_marked_on_the_day_is_what_the_indicators_count(db: Session) -> None:
    event_id, (mill, bakery) = a_fair(db, "Filature", "Boulangerie")
    the_event(db, event_id).interviews_counter = Counter.COLLECTED
    me, you, third = (comes(db, event_id, number) for number in (1, 2, 3))
    wishes(db, me, mill)
    wishes(db, you, mill, bakery)
    table = a_table(db, event_id, mill)
    books(db, event_id, Slot(me, mill, table, 60, 70), Slot(you, mill, table, 70, 80))
    assert counted(db, event_id) == dict.fromkeys(MEETINGS) | {"meeting_wishes": 3}
    waiting = joins(db, third, mill, 0).interview_id
    call_next(db, mill, now=ON_THE_DAY + timedelta(minutes=12), account_id=None)
    mine, yours = (one.id or 0 for one in timetable_of(db, event_id))
    for row, said, minutes in ((mine, Mark.HELD, 14), (yours, Mark.PERSON_ABSENT, 20), (waiting, Mark.HELD, 25)):
        at = ON_THE_DAY + timedelta(minutes=minutes)
        mark(db, row, said, mark_key=f"{row}", marked_at=at, now=at, account_id=None)
    assert counted(db, event_id) == {
        "meeting_wishes": 3,
        "wishes_met": 1,
        "interviews_not_held": 1,
        "queue_waits": 1,
        "queue_minutes": 12,
    }


def counted(db: Session, event_id: int) -> dict[str, int | None]:
    """The figures of meetings, compiled from the rows as they are."""
    compile_event(db, event_id, now=ON_THE_DAY + timedelta(hours=1))
    figures = compiled(db, of_event(event_id))
    assert figures is not None
    return {name: figures.value(name) for name in MEETINGS}
