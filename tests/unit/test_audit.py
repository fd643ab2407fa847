"""The audit of a ranking: rates, exposure, permutation and counterfactuals."""

import random
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_matching.audit import (
    GroupCount,
    WrongCountError,
    differences,
    exposures,
    permutation_test,
    selection_rates,
)
from alpes_matching.audit.exposure import exposure_at
from alpes_matching.audit.intervals import of_rate, of_ratio
from tests.support.depth import in_part

COUNTS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(0, 300), st.integers(0, 300)).map(
        lambda drawn: GroupCount(drawn[0], max(drawn[1:]), min(drawn[1:]))
    ),
    max_size=6,
)


def test_rates_and_ratios_of_two_groups() -> None:
    women, men = selection_rates([GroupCount("women", 200, 30), GroupCount("men", 100, 30)])[::-1]
    assert (women.rate, men.rate) == (0.15, 0.3)
    assert (women.impact_ratio, men.impact_ratio) == (0.5, 1.0)
    assert women.to_look_into
    assert not men.to_look_into
    assert men.ratio_interval is None


def test_wilson_interval_is_that_of_the_textbook() -> None:
    found = of_rate(10, 50)
    assert (round(found.low, 4), round(found.high, 4)) == (0.1124, 0.3304)
    assert of_rate(0, 10).low == 0.0
    assert round(of_rate(0, 10).high, 4) == 0.2775


def test_ratio_interval_is_that_of_the_logarithm() -> None:
    found = of_ratio(30, 200, 30, 100)
    assert found is not None
    assert (round(found.low, 3), round(found.high, 3)) == (0.32, 0.781)
    assert of_ratio(0, 10, 3, 10) is None


def test_ratio_that_chance_explains_is_not_to_be_looked_into() -> None:
    few = selection_rates([GroupCount("a", 10, 3), GroupCount("b", 10, 5)])
    assert few[0].impact_ratio == 0.6
    assert not few[0].to_look_into


def test_one_small_group_hides_the_next_with_it() -> None:
    found = selection_rates([GroupCount("a", 3, 1), GroupCount("b", 20, 2), GroupCount("c", 40, 9)])
    assert [(one.group, one.hidden, one.considered) for one in found] == [
        ("a", True, None),
        ("b", True, None),
        ("c", False, 40),
    ]


def test_two_small_groups_hide_each_other_and_a_group_of_nobody_hides_none() -> None:
    found = selection_rates(
        [GroupCount("a", 3, 1), GroupCount("b", 2, 2), GroupCount("c", 40, 9), GroupCount("d", 0, 0)]
    )
    assert [one.hidden for one in found] == [True, True, False, False]
    assert found[3].rate is None


def test_counts_that_contradict_each_other_are_refused() -> None:
    for considered, selected in ((3, 4), (3, -1), (-1, -1)):
        with pytest.raises(WrongCountError):
            GroupCount("a", considered, selected)
    with pytest.raises(WrongCountError):
        exposures([("a", 0, 1)])
    with pytest.raises(WrongCountError):
        exposures([("a", 1, -1)])


@in_part(4)
@given(COUNTS, st.integers(0, 20))
def test_no_small_group_is_told_and_intervals_hold_their_rate(counts: list[GroupCount], below: int) -> None:
    for one in selection_rates(counts, mask_below=below):
        considered = sum(count.considered for count in counts if count.group == one.group)
        if 0 < considered < below:
            assert one.hidden
        if one.rate is not None:
            assert one.interval is not None
            assert 0 <= one.interval.low <= one.rate + 1e-12
            assert one.rate - 1e-12 <= one.interval.high <= 1
            assert one.impact_ratio is None or one.impact_ratio <= 1 + 1e-12


@in_part(4)
@given(COUNTS, st.randoms(use_true_random=False))
def test_order_and_division_of_counts_change_nothing(counts: list[GroupCount], chance: random.Random) -> None:
    parts = [GroupCount(one.group, size, size) for one in counts for size in (one.selected,)]
    parts += [GroupCount(one.group, one.considered - one.selected, 0) for one in counts]
    chance.shuffle(parts)
    assert selection_rates(parts) == selection_rates(counts)


def test_exposure_falls_with_the_rank_and_is_averaged_by_group() -> None:
    assert exposure_at(1) == 1.0
    assert exposure_at(3) == 0.5
    first, second = exposures([("a", 1, 10), ("b", 3, 10), ("b", 1, 10)])
    assert (first.mean, second.mean) == (1.0, 0.75)
    assert second.interval is not None
    assert second.interval.low < 0.75 < second.interval.high


def test_permutation_finds_a_group_put_last_and_not_one_dealt_out_fairly() -> None:
    last = permutation_test([["a"] * 10 + ["b"] * 10] * 5, "b", trials=500)
    assert last is not None
    assert last.difference < -0.2
    assert last.p_value < 0.01
    turns = [["a", "b", "b", "a"], ["b", "a", "a", "b"]]
    even = permutation_test(turns, "b", trials=500)
    assert even is not None
    assert even.difference == pytest.approx(0)
    assert even.p_value == 1.0


def test_permutation_keeps_its_promise_when_there_is_no_difference() -> None:
    chance = random.Random(11)
    wrongly = 0
    for seed in range(200):
        lists = [chance.sample(["a"] * 4 + ["b"] * 8, 12) for _ in range(2)]
        found = permutation_test(lists, "a", trials=99, seed=seed)
        wrongly += found is not None and found.p_value <= 0.05
    assert wrongly <= 22


def test_permutation_has_nothing_to_say_of_one_group_alone() -> None:
    assert permutation_test([["a", "a"]], "a") is None
    assert permutation_test([["a", "a"]], "b") is None
    assert permutation_test([], "a") is None


@dataclass(frozen=True)
class _Row:
    skill: int
    age: int


def test_counterfactual_tells_what_moves_and_passes_over_what_does_not() -> None:
    rows = [_Row(3, 20), _Row(2, 60)]
    older = {"age": lambda row: replace(row, age=row.age + 30)}
    assert differences(rows, lambda all_: [row.skill for row in all_], older) == []
    by_age = differences(rows, lambda all_: [row.age > 45 for row in all_], older)
    assert [(one.change, one.before, one.after) for one in by_age] == [("age", [False, True], [True, True])]
