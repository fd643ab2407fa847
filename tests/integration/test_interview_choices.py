"""Before the day: whom to meet and when one is there, kept together; and an exhibitor's interest in them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from alpes_events.attendance.models import Channel
from alpes_events.attendance.release import cancel_registration
from alpes_events.database.engine import Database
from alpes_events.fair.meetings import MeetingWish
from alpes_events.fair.refusals import BadWish
from alpes_events.fair.wish_queries import exhibitors_to_meet, named_wishers, own_wishes
from alpes_events.fair.wishes import Wish, withdraw_name
from alpes_events.interviews.booking import Slot
from alpes_events.interviews.choosing import Choice, accepting, choose, who_accept
from alpes_events.interviews.day_settings import DaySettings, set_day
from alpes_events.interviews.hours import Hours, hours_of, outside, say_hours
from alpes_events.interviews.interest import set_interest
from alpes_events.interviews.refusals import BadHours, ChoicesAreOver, UnknownWish
from alpes_events.interviews.table import TableDraft
from alpes_events.interviews.tables import open_table
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from tests.support.meetings import a_fair, comes, deliver_wishes, wishes
from tests.support.posts import Clock
from tests.support.stories import NOW, STARTS_AT
from tests.support.timetables import books

TABLE = TableDraft(0, 120, 10)
UNTIL = NOW + timedelta(days=2)


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def chooses(db: Session, registration_id: int, *exhibitors: int, hours: Hours | None = None, **more: object) -> None:
    choice = Choice([Wish(one) for one in exhibitors], hours or Hours())
    choose(db, registration_id, choice, **{"by": Channel.SELF, "now": NOW, **more})  # type: ignore[arg-type]


def stands_of(db: Session, registration_id: int) -> list[int]:
    return [one.exhibitor_id for one in own_wishes(db, registration_id) if one.stands]


def test_wishes_and_hours_are_kept_together_or_not_at_all(db: Session) -> None:
    event_id, (mill, bakery) = a_fair(db, "Filature", "Boulangerie")
    me = comes(db, event_id, 1)
    chooses(db, me, bakery, mill, hours=Hours(60, 120, 2))
    assert (stands_of(db, me), hours_of(db, me)) == ([bakery, mill], Hours(60, 120, 2))
    with pytest.raises(BadHours), db.begin_nested():
        chooses(db, me, mill, hours=Hours(60, 30))
    with pytest.raises(BadWish), db.begin_nested():
        chooses(db, me, mill, mill, hours=Hours(0, 30))
    db.expire_all()
    assert (stands_of(db, me), hours_of(db, me)) == ([bakery, mill], Hours(60, 120, 2))


def test_same_hours_said_again_are_no_news(db: Session) -> None:
    event_id, _stands = a_fair(db, "Filature")
    me = comes(db, event_id, 1)
    for hours in (Hours(), Hours(30), Hours(30), Hours(30, 180), Hours()):
        say_hours(db, me, hours, by=Channel.ADVISOR, now=NOW, account_id=None)
    said = db.exec(select(JournalEntry).where(JournalEntry.kind == EntryKind.INTERVIEW_HOURS_SAID)).all()
    assert [row.facts for row in said] == [{"event_id": event_id, "changed": "hours", "by": "staff"}] * 2


def test_only_those_with_a_table_accept_once_there_is_one(db: Session) -> None:
    event_id, (mill, bakery) = a_fair(db, "Filature", "Boulangerie")
    me, you = comes(db, event_id, 1), comes(db, event_id, 2)
    chooses(db, me, bakery)
    assert accepting(db, event_id) == set()
    open_table(db, mill, TABLE, now=NOW)
    accept, exhibitors = accepting(db, event_id), exhibitors_to_meet(db, event_id)
    assert accept == {mill}
    assert [one.id for one in who_accept(exhibitors, accept, [])] == [mill]
    assert {one.id for one in who_accept(exhibitors, accept, [bakery])} == {mill, bakery}
    chooses(db, me, mill, bakery)
    with pytest.raises(BadWish):
        chooses(db, you, bakery)


def test_nothing_is_said_after_the_moment_set(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    me = comes(db, event_id, 1)
    set_day(db, event_id, DaySettings(UNTIL), now=NOW)
    chooses(db, me, mill, now=UNTIL - timedelta(seconds=1))
    with pytest.raises(ChoicesAreOver):
        chooses(db, me, now=UNTIL)
    with pytest.raises(ChoicesAreOver):
        say_hours(db, me, Hours(30), by=Channel.SELF, now=UNTIL)
    assert stands_of(db, me) == [mill]


def test_interview_with_a_time_outside_the_hours_is_pointed_out_and_stays(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    table, me = open_table(db, mill, TABLE, now=NOW), comes(db, event_id, 1)
    books(db, event_id, Slot(me, mill, table, 60, 70))
    found = []
    for hours in (Hours(), Hours(60, 70), Hours(65), Hours(None, 65)):
        say_hours(db, me, hours, by=Channel.SELF, now=NOW)
        found.append([one.starts for one in outside(db, me)])
    assert found == [[], [], [60], [60]]


def interests(db: Session, exhibitor_id: int) -> list[bool]:
    return [one.interest for one in named_wishers(db, [exhibitor_id]).get(exhibitor_id, [])]


def test_exhibitor_says_its_interest_and_takes_it_back(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    me = comes(db, event_id, 1)
    wishes(db, me, (mill, True))
    done = [set_interest(db, mill, me, interested=one, now=NOW) for one in (True, True, False, True)]
    assert (done, interests(db, mill)) == ([True, False, True, True], [True])
    told = db.exec(select(JournalEntry.facts).where(JournalEntry.kind == EntryKind.INTEREST_CHANGED)).all()
    assert [facts["interest"] for facts in told] == [True, False, True]


@pytest.mark.parametrize("who", ["silent", "other stand", "nobody", "cancelled"])
def test_no_interest_in_whom_the_exhibitor_reads_no_name_of(db: Session, who: str) -> None:
    event_id, (mill, bakery) = a_fair(db, "Filature", "Boulangerie")
    me = comes(db, event_id, 1)
    wishes(db, me, (mill, who != "silent"))
    if who == "cancelled":
        cancel_registration(db, me, by="self", now=NOW)
    exhibitor_id = bakery if who == "other stand" else mill
    with pytest.raises(UnknownWish):
        set_interest(db, exhibitor_id, me + 1000 if who == "nobody" else me, interested=True, now=NOW)


def test_no_interest_is_said_after_the_event(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    me = comes(db, event_id, 1)
    wishes(db, me, (mill, True))
    with pytest.raises(ChoicesAreOver):
        set_interest(db, mill, me, interested=True, now=STARTS_AT + timedelta(hours=3))


@pytest.mark.parametrize("how", ["name", "wish", "cancelled"])
def test_interest_is_gone_with_the_name(organised: Database, how: str) -> None:
    with organised.writing() as db:
        event_id, (mill,) = a_fair(db, "Filature")
        me = comes(db, event_id, 1)
        wishes(db, me, (mill, True))
        set_interest(db, mill, me, interested=True, now=NOW)
        if how == "name":
            withdraw_name(db, me, mill, by=Channel.SELF, now=NOW)
        elif how == "wish":
            wishes(db, me)
        else:
            cancel_registration(db, me, by="self", now=NOW)
        db.commit()
    deliver_wishes(organised, Clock(NOW))
    with organised.reading() as db:
        assert db.exec(select(MeetingWish.interest_at).order_by(col(MeetingWish.id))).all() == [None]
