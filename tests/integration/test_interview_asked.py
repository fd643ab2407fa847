"""What the timetable is asked is read from the rows as they stand, in a fixed number of questions."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from alpes_events.attendance.models import Presence, Registration, RegistrationState
from alpes_events.database.engine import Database
from alpes_events.fair.decisions import withdraw_stand
from alpes_events.fair.meetings import MeetingWish
from alpes_events.fair.models import Booth, Hall
from alpes_events.interviews.asked import asked
from alpes_events.interviews.booking import Slot
from alpes_events.interviews.days import hold_day
from alpes_events.interviews.models import InterviewHours, InterviewTable
from alpes_matching.timetable import Cause, Pin, Rule, Span, Table, Wish, build
from tests.integration.test_employer_needs import counting
from tests.support.meetings import a_fair, comes, wishes
from tests.support.stories import NOW, STARTS_AT
from tests.support.timetables import a_table, books


@pytest.fixture
def db(organised: Database) -> Iterator[Session]:
    """A session on a fresh database with an organisation."""
    with organised.writing() as session:
        yield session


def says(db: Session, registration_id: int, **hours: object) -> None:
    db.add(InterviewHours(registration_id=registration_id, said_at=NOW, **hours))  # type: ignore[arg-type]
    db.flush()


def test_rows_are_told_as_they_stand(db: Session) -> None:
    event_id, (mill, bakery) = a_fair(db, "Filature", "Boulangerie")
    table = a_table(db, event_id, mill, closes=60, minutes=20)
    row = db.get_one(InterviewTable, table)
    row.breaks, row.closed_from = [[20, 30]], 55
    retired = db.get_one(InterviewTable, a_table(db, event_id, bakery))
    retired.retired_at = NOW
    hall = Hall(event_id=event_id, name="Grande salle", position=1)
    db.add(hall)
    db.flush()
    db.add(Booth(event_id=event_id, hall_id=hall.id or 0, number="1", column=0, row=0, exhibitor_id=mill))
    me, you = comes(db, event_id, 1), comes(db, event_id, 2)
    comes(db, event_id, 3)  # who wishes nothing is not asked about
    wishes(db, me, bakery, mill)
    wishes(db, you, mill)
    wish = db.exec(select(MeetingWish).where(MeetingWish.registration_id == you)).one()
    wish.interest_at = NOW
    db.flush()
    told = asked(db, event_id).day
    assert told.tables == (Table(str(table), str(mill), (Span(0, 20), Span(30, 50)), str(hall.id)),)
    assert [(one.key, one.hours, one.most) for one in told.people] == [
        (str(me), (Span(0, 180),), 5),
        (str(you), (Span(0, 180),), 5),
    ]
    assert told.wishes == (
        Wish(str(me), str(bakery), 1),
        Wish(str(me), str(mill), 2),
        Wish(str(you), str(mill), 1, interest=True),
    )
    made = build(told)
    assert [(one.what, one.rule) for one in made.refused] == [(told.wishes[0], Rule.UNKNOWN_EXHIBITOR)]


@pytest.mark.parametrize(
    ("said", "presence", "hours"),
    [
        ({}, Presence.UNKNOWN, (Span(0, 180),)),
        ({"comes": 30}, Presence.UNKNOWN, (Span(30, 180),)),
        ({"leaves": 60}, Presence.ATTENDED, (Span(0, 60),)),
        ({"left_at": STARTS_AT + timedelta(minutes=41)}, Presence.ATTENDED, (Span(0, 41),)),
        ({"comes": 60, "left_at": STARTS_AT}, Presence.ATTENDED, ()),
        ({}, Presence.EXCUSED, ()),
        ({"comes": 30}, Presence.NO_SHOW, ()),
    ],
)
def test_hours_are_those_said_and_seen(
    db: Session, said: dict[str, object], presence: Presence, hours: tuple[Span, ...]
) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    a_table(db, event_id, mill)
    me = comes(db, event_id, 1)
    wishes(db, me, mill)
    if said:
        says(db, me, **said)
    db.get_one(Registration, me).presence = presence
    db.flush()
    day = asked(db, event_id).day
    assert day.people[0].hours == hours
    assert [one.cause for one in build(day).unmet] == ([] if hours else [Cause.NO_COMMON_SLOT])


def test_nobody_has_more_than_they_want_or_the_event_allows(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    hold_day(db, event_id, now=NOW).most_each = 3
    people = [comes(db, event_id, number) for number in range(3)]
    for person, most in zip(people, (2, 4, None), strict=True):
        wishes(db, person, mill)
        says(db, person, most=most)
    assert [one.most for one in asked(db, event_id).day.people] == [2, 3, 3]


def test_who_gave_the_place_up_is_not_asked_about_and_who_waits_for_one_neither(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    a_table(db, event_id, mill)
    people = [comes(db, event_id, number) for number in range(2)]
    for person in people:
        wishes(db, person, mill)
    db.get_one(Registration, people[0]).state = RegistrationState.OFFERED
    db.flush()
    told = asked(db, event_id).day
    assert [one.key for one in told.people] == [one.person for one in told.wishes] == [str(people[1])]


def test_wish_for_an_exhibitor_who_left_is_named_and_one_taken_back_is_not(db: Session) -> None:
    event_id, (mill, bakery) = a_fair(db, "Filature", "Boulangerie")
    a_table(db, event_id, mill)
    a_table(db, event_id, bakery)
    me, you = comes(db, event_id, 1), comes(db, event_id, 2)
    wishes(db, me, bakery, mill)
    wishes(db, you, bakery, mill)
    wishes(db, you, mill)
    withdraw_stand(db, bakery, by="staff", now=NOW + timedelta(hours=1), account_id=None)
    db.flush()
    made = build(asked(db, event_id).day)
    assert [(one.what, one.rule) for one in made.refused] == [
        (Wish(str(me), str(bakery), 1), Rule.UNKNOWN_EXHIBITOR),
    ]
    assert made.met == 2


def test_pins_are_the_interviews_to_come_that_are_pinned_unless_others_are_given(db: Session) -> None:
    event_id, (mill,) = a_fair(db, "Filature")
    table = a_table(db, event_id, mill)
    me, you = comes(db, event_id, 1), comes(db, event_id, 2)
    books(db, event_id, Slot(me, mill, table, 0, 10, pinned=True), Slot(you, mill, table, 10, 20))
    told = asked(db, event_id).day
    assert told.pins == (Pin(str(me), str(mill), 0, str(table)),)
    assert [one.key for one in told.people] == [str(me), str(you)]
    assert asked(db, event_id, pins=()).day.pins == ()


def test_walks_lie_between_halls_and_what_is_past_is_told(db: Session) -> None:
    event_id, stands = a_fair(db, "Filature", "Boulangerie", "Imprimerie")
    hold_day(db, event_id, now=NOW).walk_minutes = 10
    halls = [Hall(event_id=event_id, name=name, position=at) for at, name in enumerate("AB")]
    db.add_all(halls)
    db.flush()
    for at, (stand, hall) in enumerate(zip(stands, halls, strict=False)):
        db.add(Booth(event_id=event_id, hall_id=hall.id or 0, number=str(at), column=at, row=0, exhibitor_id=stand))
    for stand in stands:
        a_table(db, event_id, stand)
    first, second = (str(hall.id) for hall in halls)
    assert asked(db, event_id, now=NOW).day.now is None
    told = asked(db, event_id, now=STARTS_AT + timedelta(minutes=25, seconds=30)).day
    assert ([one.hall for one in told.tables], told.now) == ([first, second, ""], 25)
    assert set(told.walks.values()) == {10}
    assert [set(pair) for pair in told.walks] == [{first, second}]


def test_as_many_questions_for_many_as_for_few(db: Session) -> None:
    event_id, stands = a_fair(db, "Filature", "Boulangerie")
    counts = []
    for number in range(12):
        if number in {1, 11}:
            db.expire_all()
            with counting(db.connection()) as questions:
                asked(db, event_id)
            counts.append(len(questions))
        for stand in stands:
            a_table(db, event_id, stand, name=str(number))
        wishes(db, comes(db, event_id, number), *stands)
    assert counts[0] == counts[1] <= 7
