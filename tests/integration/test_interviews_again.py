"""The timetable arranged again on the day: the future only, as little moved as can be, what was read and no more."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from alpes_events.attendance.models import Presence
from alpes_events.attendance.presence import mark_presence
from alpes_events.database.engine import Database
from alpes_events.interviews.again import LEAD_MINUTES, Proposal, accept, propose
from alpes_events.interviews.booking import Slot
from alpes_events.interviews.days import hold_day
from alpes_events.interviews.live import timetable_of
from alpes_events.interviews.marks import mark
from alpes_events.interviews.models import InterviewDay, Mark
from alpes_events.interviews.on_the_day import close_table, comes_late, has_left
from alpes_events.interviews.queues import join_queue
from alpes_events.interviews.refusals import PlanChanged
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from tests.support.meetings import ON_THE_DAY, a_fair, comes, wishes
from tests.support.stories import STARTS_AT
from tests.support.timetables import a_table, books

AT = 61


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


class Story:
    """A stand with two tables of ten minutes for three hours, and people who wish to meet it."""

    def __init__(self, db: Session, people: int = 3) -> None:
        self.db = db
        self.event_id, (self.mill,) = a_fair(db, "Filature")
        self.first, self.second = (a_table(db, self.event_id, self.mill, closes=180, name=name) for name in ("1", "2"))
        self.people = [comes(db, self.event_id, number) for number in range(people)]
        for person in self.people:
            wishes(db, person, self.mill)

    def slot(self, person: int, starts: int, table: int | None = None) -> Slot:
        """This person at this minute, at the first table."""
        return Slot(self.people[person], self.mill, table or self.first, starts, starts + 10)

    def books(self, *slots: Slot) -> None:
        """Exactly these."""
        books(self.db, self.event_id, *slots)

    def propose(self) -> Proposal:
        """An hour after the beginning."""
        return propose(self.db, self.event_id, now=ON_THE_DAY)

    def accept(self, one: Proposal) -> None:
        """What was proposed."""
        accept(self.db, self.event_id, one, now=ON_THE_DAY, account_id=None)

    def marks(self, person: int, said: Mark) -> None:
        """Of their only interview."""
        row = next(one for one in timetable_of(self.db, self.event_id) if one.registration_id == self.people[person])
        key = f"{row.id}-{said}"
        mark(self.db, row.id or 0, said, mark_key=key, marked_at=ON_THE_DAY, now=ON_THE_DAY, account_id=None)

    def times(self) -> list[tuple[int, int | None, int | None]]:
        """Who is where when."""
        return [
            (self.people.index(one.registration_id), one.table_id, one.starts)
            for one in timetable_of(self.db, self.event_id)
        ]


def test_nothing_happened_nothing_moves(db: Session) -> None:
    story = Story(db)
    story.books(*(story.slot(person, 80 + 10 * person) for person in range(3)))
    assert story.propose().is_empty


def test_who_left_loses_their_time_and_nobody_else_is_moved(db: Session) -> None:
    story = Story(db)
    slots = [story.slot(person, 80 + 10 * person) for person in range(3)]
    story.books(*slots)
    has_left(db, story.people[1], now=ON_THE_DAY, account_id=None)
    one = story.propose()
    assert (one.lost, one.moved, one.added, one.people) == ((slots[1],), (), (), {story.people[1]})


def test_who_comes_late_is_moved_to_when_they_are_there(db: Session) -> None:
    story = Story(db)
    story.books(story.slot(0, 80), story.slot(1, 90))
    comes_late(db, story.people[0], 130, now=ON_THE_DAY, account_id=None)
    (was, becomes), *others = story.propose().moved
    assert (was, others) == (story.slot(0, 80), [])
    assert becomes.starts >= 130


def test_a_table_that_closes_gives_its_people_to_the_other(db: Session) -> None:
    story = Story(db, people=2)
    story.books(story.slot(0, 80), story.slot(1, 90))
    close_table(db, story.first, now=ON_THE_DAY, account_id=None)
    one = story.propose()
    assert one.lost == ()
    assert {becomes.table_id for _was, becomes in one.moved} == {story.second}


def test_nobody_is_given_a_time_that_begins_before_they_can_hear_of_it(db: Session) -> None:
    story = Story(db)
    (added, *_) = story.propose().added
    assert all(slot.starts >= AT + LEAD_MINUTES for slot in story.propose().added)
    assert added.starts == 80


@pytest.mark.parametrize(("said", "there", "again"), [
    (Mark.PERSON_ABSENT, False, False),
    (Mark.PERSON_ABSENT, True, True),
    (Mark.EXHIBITOR_ABSENT, False, True),
    (Mark.HELD, True, False),
])  # fmt: skip
def test_who_missed_is_looked_for_again_when_it_was_not_them_or_they_came(
    db: Session, said: Mark, *, there: bool, again: bool
) -> None:
    story = Story(db, people=1)
    story.books(story.slot(0, 30))
    story.marks(0, said)
    if there:
        presence = Presence.ATTENDED
        mark_presence(db, story.people[0], presence, mark_key="p", now=ON_THE_DAY, account_id=None)
    assert bool(story.propose().added) is again


def test_who_missed_twice_is_not_given_a_third_time(db: Session) -> None:
    story = Story(db, people=1)
    mark_presence(db, story.people[0], Presence.ATTENDED, mark_key="p", now=ON_THE_DAY, account_id=None)
    for starts in (30, 40):
        story.books(story.slot(0, starts))
        row = max(timetable_of(db, story.event_id), key=lambda one: one.id or 0)
        absent = Mark.PERSON_ABSENT
        mark(db, row.id or 0, absent, mark_key=f"{starts}", marked_at=ON_THE_DAY, now=ON_THE_DAY, account_id=None)
    assert story.propose().is_empty


def test_who_was_met_sooner_than_planned_keeps_nothing_to_come(db: Session) -> None:
    story = Story(db, people=1)
    story.books(story.slot(0, 120))
    story.marks(0, Mark.HELD)
    assert story.propose().is_empty


def test_queues_are_left_alone(db: Session) -> None:
    story = Story(db, people=1)
    join_queue(db, story.people[0], story.mill, now=ON_THE_DAY, account_id=None)
    assert story.propose().is_empty


def test_accepted_it_is_the_timetable_and_tells_only_those_it_moves(db: Session) -> None:
    story = Story(db)
    story.books(story.slot(0, 50), story.slot(1, 90), story.slot(2, 100))
    has_left(db, story.people[1], now=ON_THE_DAY, account_id=None)
    comes_late(db, story.people[2], 110, now=ON_THE_DAY, account_id=None)
    one = story.propose()
    story.accept(one)
    (_was, moved), = one.moved  # fmt: skip
    assert story.times() == [(0, story.first, 50), (2, moved.table_id, moved.starts)]
    told = db.exec(select(JournalEntry).where(JournalEntry.kind == EntryKind.INTERVIEW_TIMES_CHANGED)).all()
    assert sorted(entry.subject_id for entry in told) == sorted(story.people[1:])
    assert db.get_one(InterviewDay, story.event_id).number == one.number + 1
    assert story.propose().is_empty


def test_the_second_who_accepts_an_old_proposal_is_told(db: Session) -> None:
    story = Story(db)
    story.books(story.slot(0, 90))
    one = story.propose()
    story.accept(one)
    with pytest.raises(PlanChanged):
        story.accept(one)


@pytest.mark.parametrize("how", ["left", "published", "late"])
def test_a_proposal_that_the_day_overtook_is_refused_and_changes_nothing(db: Session, how: str) -> None:
    story = Story(db)
    story.books(story.slot(0, 90))
    one, now = story.propose(), ON_THE_DAY
    if how == "left":
        has_left(db, one.added[0].registration_id, now=ON_THE_DAY, account_id=None)
    elif how == "published":
        hold_day(db, story.event_id, now=ON_THE_DAY).number += 1
    else:
        now += timedelta(hours=1)
    before = story.times()
    with pytest.raises(PlanChanged):
        accept(db, story.event_id, one, now=now, account_id=None)
    assert story.times() == before


def test_a_mark_of_what_is_over_does_not_overtake_a_proposal(db: Session) -> None:
    story = Story(db)
    story.books(story.slot(0, 30), story.slot(1, 90))
    one = story.propose()
    story.marks(0, Mark.HELD)
    story.accept(one)
    assert (0, story.first, 30) in story.times()


def test_what_happens_to_others_meanwhile_does_not_overtake_a_proposal(db: Session) -> None:
    story = Story(db)
    story.books(story.slot(0, 50), story.slot(1, 90))
    one = story.propose()
    story.marks(0, Mark.PERSON_ABSENT)
    has_left(db, story.people[1], now=ON_THE_DAY, account_id=None)
    story.accept(one)
    assert {slot.registration_id for slot in one.added} == {story.people[2]}
    assert (2, one.added[0].table_id, one.added[0].starts) in story.times()


def test_before_the_event_everything_is_still_to_come(db: Session) -> None:
    story = Story(db, people=1)
    assert [slot.starts for slot in propose(db, story.event_id, now=STARTS_AT - timedelta(hours=1)).added] == [0]
