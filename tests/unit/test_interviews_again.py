"""A timetable arranged again while the day runs: the past stands, little moves, nobody loses what they can keep."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from alpes_matching.timetable import Day, Interview, Person, Pin, Span, Table, Wish, build, resolve, slots_between
from tests.support.depth import in_part
from tests.support.interviews import a_day, broken, days

SLOTS = slots_between(0, 60, length=10)


def pairs(interviews: tuple[Interview, ...]) -> set[tuple[str, str]]:
    return {(one.person, one.exhibitor) for one in interviews}


def gone(day: Day, key: str, at: int) -> Day:
    """The day once this person has left."""
    return replace(day, people=tuple(
        replace(person, hours=tuple(Span(span.start, min(span.end, at)) for span in person.hours if span.start < at))
        if person.key == key else person
        for person in day.people))  # fmt: skip


@in_part(8)
@given(days(), st.integers(0, 80))
def test_nothing_changes_when_nothing_happened(day: Day, now: int) -> None:
    made = build(day, sweeps=2)
    again = resolve(day, made.interviews, now=now)
    assert (again.moved, again.lost) == ((), ())
    assert set(made.interviews) <= set(again.timetable.interviews)
    assert broken(day, again.timetable.interviews) == []


@in_part(8)
@given(days(), st.integers(0, 60), st.data())
def test_past_stands_and_only_who_left_or_was_closed_loses(day: Day, now: int, data: st.DataObject) -> None:
    made = build(day, sweeps=2)
    key = data.draw(st.sampled_from([person.key for person in day.people] or [""]))
    after = gone(day, key, now)
    again = resolve(after, made.interviews, now=now)
    past = {one for one in made.interviews if one.start < now}
    assert past <= set(again.timetable.interviews)
    future = tuple(one for one in again.timetable.interviews if one.start >= now)
    assert broken(after, future) == []
    assert {one.person for one in again.lost} <= {key}
    assert pairs(again.kept) | {(was.person, was.exhibitor) for was, _ in again.moved} | pairs(again.lost) == pairs(
        tuple(one for one in made.interviews if one.start >= now)
    )


def test_a_freed_seat_goes_to_a_wish_that_waits() -> None:
    people = tuple(Person(f"p{number}", (Span(0, 60),)) for number in range(7))
    day = Day((Table("t", "e", SLOTS),), people, tuple(Wish(person.key, "e", 1) for person in people))
    made = build(day)
    waiting = made.unmet[0].wish.person
    last = made.interviews[-1].person
    again = resolve(gone(day, last, 30), made.interviews, now=30)
    assert [one.person for one in again.lost] == [last]
    assert [one.person for one in again.added] == [waiting]
    assert again.moved == ()


def test_a_late_arrival_is_placed_later_and_moves_only_who_must() -> None:
    people = (Person("late", (Span(30, 60),)), Person("b", (Span(0, 60),)), Person("c", (Span(0, 60),)))
    day = Day((Table("t", "e", SLOTS[2:5]),), people, tuple(Wish(person.key, "e") for person in people))
    before = [
        Interview(20, "e", "t", "late", 30, 1),
        Interview(30, "e", "t", "b", 40, 1),
        Interview(40, "e", "t", "c", 50, 1),
    ]
    again = resolve(day, before, now=10)
    assert len(again.moved) == 2
    assert again.lost == ()
    assert broken(day, again.timetable.interviews) == []


def test_a_closed_table_sends_its_interviews_to_the_other_one() -> None:
    people = tuple(Person(f"p{number}", (Span(0, 60),)) for number in range(4))
    tables = (Table("t", "e", SLOTS), Table("u", "e", SLOTS))
    day = Day(tables, people, tuple(Wish(person.key, "e") for person in people))
    made = build(day)
    closed = replace(day, tables=(tables[1],))
    again = resolve(closed, made.interviews, now=0)
    assert pairs(again.timetable.interviews) == pairs(made.interviews)
    assert broken(closed, again.timetable.interviews) == []


def test_what_was_held_at_a_table_that_closed_stands_and_takes_no_other_seat() -> None:
    """The past of a table that is no more stays in the timetable, counts as met, and nobody is told of more."""
    people = tuple(Person(f"p{number}", (Span(0, 60),)) for number in range(4))
    tables = (Table("t", "e", SLOTS), Table("u", "e", SLOTS), Table("v", "f", SLOTS))
    day = Day(tables, people, tuple(Wish(person.key, key) for person in people for key in ("e", "f")))
    made = build(day)
    now = max(one.start for one in made.interviews)
    for closed in tables:
        left = replace(day, tables=tuple(table for table in tables if table != closed))
        again = resolve(left, made.interviews, now=now)
        assert again.added == ()
        assert set(again.timetable.interviews) == {
            *(one for one in made.interviews if one.start < now),
            *again.kept,
            *(one for _was, one in again.moved),
        }
        assert again.timetable.met == len(made.interviews) - len(again.lost)


def test_who_missed_an_interview_may_have_another_one() -> None:
    people = (Person("a", (Span(0, 60),)), Person("b", (Span(0, 60),)))
    day = Day((Table("t", "e", SLOTS),), people, (Wish("a", "e"), Wish("b", "e")))
    before = [Interview(0, "e", "t", "a", 10, 1), Interview(10, "e", "t", "b", 20, 1)]
    again = resolve(day, before, now=20, missed={("a", "e")})
    assert [(one.person, one.start) for one in again.added] == [("a", 20)]
    assert [(one.person, one.start) for one in resolve(day, before, now=20).added] == []


def test_a_pinned_interview_is_not_moved() -> None:
    day = a_day(60, 10, 20, seed=2)
    made = build(replace(day, pins=(Pin("p0001", day.wishes[5].exhibitor, 150),)), sweeps=5)
    pinned = next(one for one in made.interviews if one.pinned)
    again = resolve(gone(day, "p0030", 80), made.interviews, now=80)
    assert pinned in again.timetable.interviews
    assert again.timetable.bound_worth is None
    assert again.timetable.gap is None
