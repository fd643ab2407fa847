"""Small numbers of people stay hidden: themselves, what would give them away, and what is worked out from them."""

from dataclasses import replace
from fractions import Fraction

import pytest

from alpes_events.reporting.definition import Basis, Definition, Formula, Measure, Op
from alpes_events.reporting.evaluating import ReportFigure
from alpes_events.reporting.published import Hidden, hidden_figures, hidden_of_year


def a_figure(
    name: str, value: int | None, *, unit: str = "person", formula: Formula | None = None, **where: str
) -> ReportFigure:
    """A figure of people in a scheme, under more conditions."""
    rule = Definition(
        id=name,
        label=name,
        label_en=name,
        unit=unit,
        basis=Basis.DERIVED if formula else Basis.COUNTED,
        source="" if formula else "enrolments",
        measure=Measure.PERSONS,
        where={"scheme": ("PLIE",), **{column: (word,) for column, word in where.items()}},
        formula=formula,
    )
    return ReportFigure(name, rule, "", None if value is None else Fraction(value), value)


def hidden(*figures: ReportFigure, threshold: int = 5, earlier: tuple[str, ...] = ()) -> list[str]:
    """The ids of those that are hidden."""
    found = hidden_figures({one.id: one for one in figures}, threshold=threshold, earlier=frozenset(earlier))
    return sorted(found)


def test_small_number_of_people_is_hidden_and_nobody_is_not_small() -> None:
    assert hidden(a_figure("few", 4), a_figure("some", 5, sex="woman"), a_figure("none", 0, sex="man")) == ["few"]


def test_acts_and_amounts_are_not_about_somebody() -> None:
    assert hidden(a_figure("acts", 3, unit="act"), a_figure("euros", 2, unit="euro")) == []


def test_rest_that_would_be_few_people_hides_the_part() -> None:
    assert hidden(a_figure("all", 40), a_figure("women", 38, sex="woman")) == ["women"]
    assert hidden(a_figure("all", 40), a_figure("women", 40, sex="woman")) == []


def test_both_parts_of_a_whole_are_hidden_where_one_would_tell_the_other() -> None:
    whole, women, men = a_figure("all", 40), a_figure("women", 37, sex="woman"), a_figure("men", 3, sex="man")
    assert hidden(whole, women, men) == ["men", "women"]


def test_parts_that_make_a_whole_by_one_column_hide_a_second_part() -> None:
    whole = a_figure("all", 60)
    parts = [a_figure(name, value, commune=name) for name, value in (("a", 30), ("b", 20), ("c", 7), ("d", 3))]
    assert hidden(whole, *parts) == ["c", "d"]
    assert hidden(replace(whole, value=Fraction(80)), *parts) == ["d"]


def test_two_figures_that_count_the_same_hide_together() -> None:
    whole = a_figure("all", 60)
    parts = [a_figure(name, value, commune=name) for name, value in (("a", 30), ("b", 20), ("c", 7), ("d", 3))]
    again = a_figure("own.c", 7, commune="c")
    assert hidden(whole, *parts, again) == ["c", "d", "own.c"]


def test_what_is_worked_out_from_a_hidden_figure_is_hidden_too() -> None:
    share = a_figure("share", 10, unit="percent", formula=Formula(Op.PERCENT, ("few", "all")))
    twice = a_figure("twice", 20, unit="percent", formula=Formula(Op.SUM, ("share", "share")))
    assert hidden(a_figure("few", 4, sex="man"), a_figure("all", 400), share, twice) == ["few", "share", "twice"]


def test_value_of_a_hidden_year_before_is_hidden_in_what_looks_back() -> None:
    former = a_figure("former", 6, formula=Formula(Op.PREVIOUS, ("all",)))
    change = a_figure("change", 50, unit="percent", formula=Formula(Op.CHANGE, ("all",)))
    assert hidden(a_figure("all", 400), former, change, earlier=("all",)) == ["change", "former"]


@pytest.mark.parametrize("threshold", [0, 1])
def test_nothing_is_hidden_without_a_threshold(threshold: int) -> None:
    assert hidden(a_figure("few", 1), threshold=threshold) == []


def members(pattern: str, **values: int) -> list[ReportFigure]:
    """The figures of a list of people."""
    rule = replace(a_figure("any", 0).definition, id=pattern, each="commune")
    return [ReportFigure(rule.named(name), rule, name, Fraction(value), value) for name, value in values.items()]


def test_sum_of_a_list_is_hidden_where_one_of_its_members_is() -> None:
    parts = members("of.{}", lens=3, lille=40, loos=12)
    for unit in ("person", "act"):
        total = a_figure("total", 55, unit=unit, formula=Formula(Op.SUM_EACH, ("of.{}",)))
        assert {"of.lens", "total"} <= set(hidden(*parts, total))
    total = a_figure("total", 52, formula=Formula(Op.SUM_EACH, ("of.{}",)))
    assert hidden(*members("of.{}", lille=40, loos=12), total) == []


def test_small_difference_is_not_told_by_the_two_figures_it_is_of() -> None:
    rest = a_figure("rest", 3, unit="exit", formula=Formula(Op.DIFFERENCE, ("all", "some")))
    assert hidden(a_figure("all", 40), a_figure("some", 37, unit="exit"), rest) == ["rest", "some"]
    rest = a_figure("rest", 3, unit="act", formula=Formula(Op.DIFFERENCE, ("all", "some")))
    assert hidden(a_figure("all", 40), a_figure("some", 37, unit="exit"), rest) == ["rest", "some"]


def test_part_of_which_a_check_says_that_it_is_no_more_than_another_is_hidden_with_a_small_rest() -> None:
    whole, part = (
        replace(one, definition=replace(one.definition, id=f"mde.events.{{}}.{name}", given=name), member="Forum")
        for one, name in (
            (a_figure("mde.events.Forum.participants", 41), "participants"),
            (a_figure("mde.events.Forum.participants_territory", 38), "participants_territory"),
        )
    )
    assert hidden(whole, part) == [part.id]


def test_what_looks_back_is_hidden_where_nobody_knows_what_is_hidden_of_the_year_before() -> None:
    change = a_figure("change", 50, unit="percent", formula=Formula(Op.CHANGE, ("all",)))
    figures = {one.id: one for one in (a_figure("all", 400), change)}
    assert hidden_figures(figures, threshold=5, earlier=None) == {"change"}


def test_year_before_is_hidden_with_what_it_looks_back_to() -> None:
    formula = Formula(Op.CHANGE, ("all",))
    years = {
        year: {one.id: one for one in (a_figure("all", value), a_figure("change", 10, unit="percent", formula=formula))}
        for year, value in ((2023, 3), (2024, 60), (2025, 70))
    }
    assert hidden_of_year(years.get, 2025, threshold=5) == Hidden(now=frozenset(), before=frozenset({"change"}))
    assert hidden_of_year(years.get, 2024, threshold=5).now == {"change"}
    assert hidden_of_year(years.get, 2025, threshold=1) == Hidden()
    del years[2024]
    assert hidden_of_year(years.get, 2025, threshold=5).now == {"change"}
