"""Interviews at a job dating: no overlap ever, most wishes met, fairly, and the rest told why."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_matching.timetable import (
    CAUSES,
    RULES,
    Cause,
    Day,
    Interview,
    Person,
    Pin,
    Progress,
    Refused,
    Rule,
    Span,
    Table,
    Wish,
    build,
    one_more_table,
    slots_between,
)
from tests.support.depth import in_part
from tests.support.interviews import a_day, broken, days

MORNING = Span(540, 600)
SLOTS = slots_between(*MORNING, length=10)


def one_table(*wishes: Wish, people: tuple[Person, ...] = (), pins: tuple[Pin, ...] = ()) -> Day:
    everyone = people or tuple(Person(key, (MORNING,)) for key in dict.fromkeys(wish.person for wish in wishes))
    return Day((Table("t", "e", SLOTS),), everyone, wishes, pins)


@in_part(4)
@given(days())
def test_nobody_is_at_two_places_and_every_wish_is_met_or_told_why(day: Day) -> None:
    made = build(day, sweeps=3)
    assert broken(day, made.interviews) == []
    left = {(refused.what.person, refused.what.exhibitor) for refused in made.refused if isinstance(refused.what, Wish)}
    met = {(one.person, one.exhibitor) for one in made.interviews}
    unmet = {(one.wish.person, one.wish.exhibitor) for one in made.unmet}
    asked = Counter((wish.person, wish.exhibitor) for wish in day.wishes)
    assert met | unmet | left == set(asked)
    assert len(met) + len(unmet) + len(left) == len(asked)
    assert made.met == len(met)
    assert made.worth <= (made.bound_worth or 0)
    assert made.met <= (made.bound_met or 0)


@in_part(8)
@given(days(), st.data())
def test_order_in_which_the_day_is_told_changes_nothing(day: Day, data: st.DataObject) -> None:
    told_otherwise = replace(
        day,
        tables=tuple(data.draw(st.permutations(day.tables))),
        people=tuple(data.draw(st.permutations(day.people))),
        wishes=tuple(data.draw(st.permutations(day.wishes))),
    )
    assert build(told_otherwise, sweeps=2).interviews == build(day, sweeps=2).interviews


def test_everybody_has_one_interview_before_anybody_has_two() -> None:
    day = Day(
        tuple(Table(f"t{number}", f"e{number}", SLOTS[:2]) for number in range(2)),
        tuple(Person(f"p{number}", (MORNING,)) for number in range(4)),
        tuple(Wish(f"p{person}", f"e{number}", 1 + person) for person in range(4) for number in range(2)),
    )
    made = build(day)
    assert Counter(made.counts().values()) == {1: 4}
    assert made.proved


def test_among_equals_the_better_rank_and_then_the_interest_of_the_exhibitor_prevail() -> None:
    first, second = Wish("far", "e", 2), Wish("near", "e", 1)
    day = replace(one_table(first, second), tables=(Table("t", "e", SLOTS[:1]),))
    assert [one.person for one in build(day).interviews] == ["near"]
    day = replace(
        day,
        wishes=(Wish("liked", "e", 2, interest=True), first),
        people=(Person("liked", (MORNING,)), Person("far", (MORNING,))),
    )
    assert [one.person for one in build(day).interviews] == ["liked"]


def test_a_large_day_is_proved_and_leaves_few_gaps() -> None:
    made = build(a_day(60, 12, 20), sweeps=20)
    assert made.proved
    assert made.gap == 0
    assert broken(a_day(60, 12, 20), made.interviews) == []
    assert made.person_idle <= build(a_day(60, 12, 20), sweeps=0).person_idle


def test_short_hours_are_proved_by_a_bound_that_knows_of_them() -> None:
    day = a_day(20, 5, 20, seed=3)
    day = replace(
        day,
        people=tuple(
            Person(person.key, (Span(10 * (number % 15), 10 * (number % 15) + 30),))
            for number, person in enumerate(day.people)
        ),
    )
    made = build(day, sweeps=5)
    assert broken(day, made.interviews) == []
    assert made.gap is not None
    assert made.gap <= 0.01


def test_walks_between_halls_have_their_time() -> None:
    tables = (Table("a", "x", (Span(0, 10),), "nord"), Table("b", "y", (Span(10, 20), Span(20, 30)), "sud"))
    day = Day(tables, (Person("p", (Span(0, 30),)),), (Wish("p", "x"), Wish("p", "y", 2)), walks={("sud", "nord"): 10})
    assert [(one.exhibitor, one.start) for one in build(day).interviews] == [("x", 0), ("y", 20)]


def test_a_pin_stands_and_the_rest_goes_around_it() -> None:
    wishes = (Wish("a", "e"), Wish("b", "e", 2))
    made = build(one_table(*wishes, pins=(Pin("b", "e", 550),)))
    pinned = Interview(550, "e", "t", "b", 560, 2, pinned=True)
    assert pinned in made.interviews
    assert made.met == made.bound_met == len(wishes)


@pytest.mark.parametrize(
    ("pins", "rule"),
    [
        ([Pin("nobody", "e", 540)], Rule.UNKNOWN_PERSON),
        ([Pin("a", "gone", 540)], Rule.UNKNOWN_EXHIBITOR),
        ([Pin("a", "e", 545)], Rule.PIN_NO_SLOT),
        ([Pin("a", "e", 540), Pin("b", "e", 540)], Rule.PIN_SLOT_TAKEN),
        ([Pin("late", "e", 540)], Rule.PIN_OUTSIDE_HOURS),
        ([Pin("a", "e", 540), Pin("a", "e", 550)], Rule.PIN_TWICE),
        ([Pin("a", "e", 540), Pin("a", "f", 540)], Rule.PIN_OVERLAPS),
        ([Pin("once", "e", 540), Pin("once", "f", 560)], Rule.PIN_TOO_MANY),
    ],
)
def test_a_pin_that_cannot_stand_is_named_with_its_rule_and_the_rest_is_arranged(pins: list[Pin], rule: Rule) -> None:
    people = (
        Person("a", (MORNING,)),
        Person("b", (MORNING,)),
        Person("late", (Span(560, 600),)),
        Person("once", (MORNING,), 1),
    )
    day = Day((Table("t", "e", SLOTS), Table("u", "f", SLOTS)), people, (Wish("b", "f"),), tuple(pins))
    made = build(day)
    assert [(refused.what, refused.rule) for refused in made.refused] == [(pins[-1], rule)]
    assert ("b", "f") in {(one.person, one.exhibitor) for one in made.interviews}


def test_what_makes_no_sense_is_named_and_the_rest_is_arranged() -> None:
    backwards, past, overlapping = Span(580, 570), Span(500, 510), Span(545, 555)
    good = Table("t", "e", (SLOTS[0], overlapping, backwards, past, SLOTS[2]))
    empty, twice = Table("none", "f", ()), Table("t", "e", SLOTS)
    wish, gone, stranger = Wish("a", "e"), Wish("a", "gone"), Wish("x", "e")
    person = Person("a", (MORNING, Span(20, 10)))
    made = build(Day((good, empty, twice), (person, Person("a", ())), (wish, wish, gone, stranger), now=530))
    assert [(one.person, one.exhibitor) for one in made.interviews] == [("a", "e")]
    assert Counter(refused.rule for refused in made.refused) == Counter([
        Rule.SLOT_BACKWARDS, Rule.SLOT_PAST, Rule.SLOTS_OVERLAP, Rule.NO_SLOTS, Rule.TABLE_TWICE, Rule.HOURS_BACKWARDS,
        Rule.PERSON_TWICE, Rule.WISH_TWICE, Rule.UNKNOWN_EXHIBITOR, Rule.UNKNOWN_PERSON])  # fmt: skip
    assert Refused(good, Rule.SLOT_PAST, past) in made.refused


FIRST, SECOND, LATER = SLOTS[0], SLOTS[1], SLOTS[4]
BOTH = (Wish("p", "e"), Wish("p", "f", 2))


@pytest.mark.parametrize(
    ("tables", "hours", "most", "pins", "cause"),
    [
        ({"e": [FIRST], "f": [LATER]}, Span(540, 550), 5, (), Cause.NO_COMMON_SLOT),
        ({"e": [FIRST], "f": [SECOND]}, MORNING, 1, (), Cause.AT_MOST),
        ({"e": [FIRST], "f": [FIRST]}, Span(540, 550), 5, (), Cause.HOURS_FULL),
        ({"e": [FIRST], "f": [SECOND]}, MORNING, 5, (Pin("q", "f", 550),), Cause.EXHIBITOR_FULL),
        ({"e": [FIRST], "f": [FIRST, SECOND]}, MORNING, 5, (Pin("q", "f", 550),), Cause.TIMES_CLASH),
    ],
)
def test_an_unmet_wish_says_the_first_cause_that_holds(
    tables: dict[str, list[Span]], hours: Span, most: int, pins: tuple[Pin, ...], cause: Cause
) -> None:
    people = (Person("p", (hours,), most), Person("q", (MORNING,)))
    day = Day(tuple(Table(key, key, tuple(slots)) for key, slots in tables.items()), people, BOTH, pins)
    assert [(one.wish, one.cause) for one in build(day).unmet] == [(BOTH[1], cause)]


def test_one_more_table_tells_how_many_wishes_it_would_meet() -> None:
    day = replace(one_table(*(Wish(f"p{number}", "e") for number in range(9))), tables=(Table("t", "e", SLOTS),))
    assert one_more_table(day, "e") == 3
    assert one_more_table(day, "nobody") == 0


def test_progress_is_told_after_each_sweep_and_stops_when_asked() -> None:
    seen: list[Progress] = []

    def watch(progress: Progress) -> bool:
        seen.append(progress)
        return len(seen) == 2

    made = build(a_day(60, 10, 20, halls=2), sweeps=30, watch=watch)
    assert len(seen) == 2
    assert (seen[-1].met, seen[-1].bound_met) == (made.met, made.bound_met)
    assert seen[-1].person_idle + seen[-1].table_idle == made.person_idle + made.table_idle


def test_slots_go_around_breaks_and_never_past_the_end() -> None:
    assert slots_between(540, 600, length=15, breaks=[Span(560, 570)]) == (
        Span(540, 555),
        Span(570, 585),
        Span(585, 600),
    )
    assert slots_between(540, 549, length=10) == ()
    with pytest.raises(ValueError, match="at least one minute"):
        slots_between(0, 10, length=0)


def test_who_wants_none_gets_none() -> None:
    made = build(one_table(Wish("p", "e"), people=(Person("p", (MORNING,), 0),)))
    assert (made.interviews, made.unmet[0].cause, made.proved) == ((), Cause.AT_MOST, True)


def test_an_empty_day_is_an_empty_timetable() -> None:
    made = build(Day((), (), ()))
    assert (made.interviews, made.unmet, made.refused, made.proved) == ((), (), (), True)


def test_every_rule_and_cause_has_a_sentence_in_both_languages() -> None:
    assert set(RULES) == set(Rule)
    assert set(CAUSES) == set(Cause)
