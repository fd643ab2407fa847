"""Placing people on lots: within their weeks and hours, the most that can be credited, and each shortage told."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_matching.placement import (
    RULES,
    SHORTAGES,
    Asked,
    Fit,
    Lot,
    Person,
    Progress,
    Rule,
    Shortage,
    Stint,
    Weeks,
    plan,
)
from tests.support.depth import in_part
from tests.support.placements import best_credit, broken, questions

YEAR = Weeks(0, 10)


@in_part(4)
@given(questions())
def test_a_plan_keeps_every_limit_and_no_plan_is_credited_more(asked: Asked) -> None:
    made = plan(asked)
    assert broken(asked, made.stints) == []
    got = Counter[str]()
    for one in made.stints:
        got[one.lot] += one.minutes
    assert {one.lot: one.reached for one in made.lots} == {lot.key: got[lot.key] for lot in asked.lots}
    assert made.credited == sum(lot.urgency * min(lot.due, got[lot.key]) for lot in asked.lots)
    assert made.credited == made.bound == pytest.approx(best_credit(asked), abs=1e-6)


@in_part(8)
@given(questions(), st.data())
def test_order_of_the_question_changes_nothing(asked: Asked, data: st.DataObject) -> None:
    otherwise = replace(
        asked,
        lots=data.draw(st.permutations(list(asked.lots))),
        people=data.draw(st.permutations(list(asked.people))),
        fits=data.draw(st.permutations(list(asked.fits))),
    )
    assert plan(otherwise) == plan(asked)


@in_part(8)
@given(questions())
def test_every_shortage_is_told_and_none_where_nothing_is_short(asked: Asked) -> None:
    for one in plan(asked).lots:
        assert (one.shortage is None) == (one.reached >= one.due)
        assert one.reached <= one.available
        assert (one.shortage is Shortage.TOO_FEW_HOURS) == (0 < one.available < one.due)


def test_urgent_lots_come_first_and_the_better_fit_among_equals() -> None:
    lots = [Lot("calm", 100, YEAR), Lot("urgent", 100, YEAR, urgency=3)]
    made = plan(Asked(lots, [Person("p", (YEAR,), 50, 100)], [Fit("p", "calm", 9_999), Fit("p", "urgent", 1)]))
    assert [one.lot for one in made.stints] == ["urgent"]
    people = [Person(key, (YEAR,), 50, 100) for key in ("a", "b")]
    made = plan(Asked([Lot("l", 100, YEAR)], people, [Fit("a", "l", 4_000), Fit("b", "l", 6_000)]))
    assert [one.person for one in made.stints] == ["b"]


def test_an_earlier_deadline_does_not_lose_the_hours_of_a_later_one() -> None:
    lots = [Lot("early", 100, Weeks(0, 2)), Lot("late", 100, Weeks(0, 4))]
    made = plan(Asked(lots, [Person("p", (YEAR,), 50, 400)], [Fit("p", "early"), Fit("p", "late")]))
    assert made.stints == (Stint("p", 0, 2, "early", 100), Stint("p", 2, 4, "late", 100))


def test_a_person_stays_on_a_lot_rather_than_going_to_and_fro() -> None:
    lots = [Lot("long", 300, Weeks(0, 6)), Lot("short", 100, Weeks(2, 4))]
    fits = [Fit("p", "long"), Fit("q", "long"), Fit("q", "short")]
    made = plan(Asked(lots, [Person(key, (Weeks(0, 6),), 50, 300) for key in ("p", "q")], fits))
    assert Counter((one.person, one.lot) for one in made.stints).most_common(1)[0][1] == 1


def test_pins_stand_and_excluded_pairs_are_not_placed() -> None:
    asked = Asked(
        [Lot("a", 300, YEAR), Lot("b", 100, YEAR)],
        [Person("p", (YEAR,), 50, 200)],
        [Fit("p", "a"), Fit("p", "b")],
        pinned=[Stint("p", 0, 2, "b", 80)],
        excluded=[("p", "b")],
    )
    made = plan(asked)
    assert broken(asked, made.stints) == []
    assert Stint("p", 0, 2, "b", 80, pinned=True) in made.stints
    assert {one.lot: one.reached for one in made.lots} == {"a": 120, "b": 80}


@pytest.mark.parametrize(
    ("pins", "rule"),
    [
        ([Stint("x", 0, 1, "l", 10)], Rule.UNKNOWN_PERSON),
        ([Stint("p", 0, 1, "x", 10)], Rule.UNKNOWN_LOT),
        ([Stint("p", 8, 12, "l", 10)], Rule.PIN_OUTSIDE_WEEKS),
        ([Stint("p", 2, 2, "l", 10)], Rule.PIN_OUTSIDE_WEEKS),
        ([Stint("p", 0, 2, "l", 10), Stint("p", 1, 3, "l", 10)], Rule.PIN_OVERLAPS),
        ([Stint("p", 0, 2, "l", 101)], Rule.PIN_TOO_LONG),
        ([Stint("p", 0, 4, "l", 150), Stint("p", 5, 8, "l", 100)], Rule.PIN_TOO_LONG),
        ([Stint("p", 0, 2, "l", 0)], Rule.PIN_TOO_LONG),
    ],
)
def test_a_pin_that_cannot_stand_is_named_with_its_rule(pins: list[Stint], rule: Rule) -> None:
    asked = Asked([Lot("l", 500, YEAR)], [Person("p", (YEAR,), 50, 200)], [Fit("p", "l")], pinned=pins)
    made = plan(asked)
    assert [(refused.what, refused.rule) for refused in made.refused] == [(pins[-1], rule)]
    assert made.lots[0].reached == 200


def test_what_makes_no_sense_is_named_and_the_rest_is_planned() -> None:
    lot, person = Lot("l", 100, YEAR), Person("p", (YEAR, Weeks(5, 3)), 50, 200)
    asked = Asked(
        [lot, lot, Lot("done", 0, YEAR), Lot("back", 10, Weeks(3, 3)), Lot("meek", 10, YEAR, urgency=0)],
        [person, person, Person("idle", (YEAR,), 0, 10)],
        [Fit("p", "l"), Fit("p", "l"), Fit("x", "l"), Fit("p", "x"), Fit("p", "l", 10_001)],
    )
    made = plan(asked)
    assert made.lots[0].reached == 100
    left_out = Counter(refused.rule for refused in made.refused)
    assert left_out == Counter([
        Rule.LOT_TWICE, Rule.NOTHING_DUE, Rule.WEEKS_BACKWARDS, Rule.NOT_URGENT, Rule.WEEKS_BACKWARDS,
        Rule.PERSON_TWICE, Rule.NO_HOURS, Rule.FIT_TWICE, Rule.UNKNOWN_PERSON, Rule.UNKNOWN_LOT, Rule.FIT_TWICE,
    ])  # fmt: skip


def test_progress_is_told_and_a_stop_leaves_no_bound() -> None:
    asked = Asked(
        [Lot("a", 100, YEAR), Lot("b", 100, YEAR, urgency=2)],
        [Person("p", (YEAR,), 50, 200)],
        [Fit("p", "a"), Fit("p", "b")],
    )
    seen: list[Progress] = []

    def watch(progress: Progress) -> bool:
        seen.append(progress)
        return False

    assert plan(asked, watch=watch).gap == 0
    assert (seen[-1].done, seen[-1].credited, seen[-1].due) == (1, 300, 300)
    stopped = plan(asked, watch=lambda _progress: True)
    assert (stopped.bound, stopped.gap) == (None, None)
    assert broken(asked, stopped.stints) == []


def test_nothing_asked_is_an_empty_plan() -> None:
    assert plan(Asked([], [], [])).stints == ()
    assert plan(Asked([Lot("l", 10, YEAR)], [], [])).lots[0].shortage is Shortage.NOBODY


def test_every_rule_and_shortage_has_a_sentence() -> None:
    assert set(RULES) == set(Rule)
    assert set(SHORTAGES) == set(Shortage)
