"""The catalogue of figures holds together, and a bad definition is refused in a sentence."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.language.sentence import SOURCE_LANGUAGE
from alpes_events.language.typography import plain
from alpes_events.reporting.catalogue import catalogue, checked, digest, read_definitions
from alpes_events.reporting.checks import declared_checks
from alpes_events.reporting.definition import BadDefinition, Basis, Op
from alpes_events.reporting.evaluating import rounded
from alpes_events.reporting.given import GIVEN
from alpes_events.reporting.naming import whole_labels
from alpes_events.reporting.numbers import UNITS, read, read_as
from alpes_events.reporting.operations import worked_out
from alpes_events.reporting.sources import SOURCES
from alpes_events.services.kinds import act_kinds


def _group(*figures: dict[str, Any]) -> dict[str, Any]:
    said = [{"label": f"x.{one['id']}", "label_en": "L", "unit": "act"} | one for one in figures]
    return {"group": [{"prefix": "x", "source": "acts", "figures": said}]}


def test_catalogue_is_whole_and_its_checks_name_what_it_has() -> None:
    assert {name for check in declared_checks() for name in check.names()} <= catalogue().keys()
    assert len(catalogue()) > 200


def test_rules_are_said_in_both_languages() -> None:
    for one in catalogue().values():
        assert bool(one.rule) == bool(one.rule_en), one.id
        assert one.rule_in("fr") == one.rule
        assert one.rule_in("en") == one.rule_en


def test_definitions_count_from_sources_and_kinds_that_exist() -> None:
    for one in catalogue().values():
        assert one.unit in UNITS
        if one.basis is Basis.COUNTED:
            assert one.source in {*SOURCES, *GIVEN}
            if one.source == "acts":
                assert set(one.where["kind"]) <= set(act_kinds())


def test_every_definition_has_words_in_both_languages_and_says_its_rule() -> None:
    for one in catalogue().values():
        assert one.label
        assert one.label_en
        assert one.rule
        assert ("%(member)s" in one.label) == ("%(member)s" in one.label_en)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_two_figures_have_the_same_whole_label(language: str) -> None:
    counts = Counter(whole_labels(catalogue(), language).values())
    assert [label for label, count in counts.items() if count > 1] == []


def test_every_evolution_prints_its_sign_and_nothing_else_does() -> None:
    assert {one.id for one in catalogue().values() if one.is_change} == {
        name for name in catalogue() if name.endswith("_change_pct")
    }


def test_figure_counted_elsewhere_than_its_neighbours_has_a_rule_of_its_own() -> None:
    contracts = catalogue()["mde.employers.pec"].rule
    rules = [catalogue()[f"mde.employers.{name}"].rule for name in ("made_aware", "mentors")]
    assert contracts not in rules
    assert "entreprises" in rules[0].lower()
    assert "marraines" in rules[1]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ([{"id": "a"}, {"id": "a"}], "x.a"),
        ([{"id": "a", "formula": {"op": "sum", "of": ["x.gone"]}}], "x.gone"),
        ([{"id": "a", "formula": {"op": "percent", "of": ["x.a"]}}], "un chiffre de plus"),
        ([{"id": "a", "formula": {"op": "change", "of": ["x.b", "x.c"]}}], "retirez-le"),
        ([{"id": "a", "formula": {"op": "guess", "of": ["x.a"]}}], "opération"),
        ([{"id": "a", "formula": {"op": "sum", "of": ["x.a"]}}], "« x.a » → « x.a »"),
        (
            [
                {"id": "a", "formula": {"op": "sum", "of": ["x.b"]}},
                {"id": "b", "formula": {"op": "percent", "of": [{"op": "sum", "of": ["x.a"]}, "x.c"]}},
                {"id": "c"},
            ],
            "« x.a » → « x.b » → « x.a »",
        ),
        ([{"id": "a.{}"}], "liste"),
        ([{"id": "a", "each": "place"}], "liste"),
    ],
)
def test_bad_definition_is_refused(figures: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(BadDefinition) as refused:
        checked(read_definitions(_group(*figures)))
    assert said in refused.value.sentence.in_language(SOURCE_LANGUAGE)


def test_figure_may_rest_on_itself_of_the_year_before() -> None:
    checked(read_definitions(_group({"id": "a", "formula": {"op": "previous", "of": ["x.a"]}})))


def test_digest_changes_with_what_is_counted_and_not_with_words() -> None:
    one, other, worded = (
        list(read_definitions(_group({"id": "a", "where": {"kind": kind}, "rule": rule})))
        for kind, rule in (("appointment", ""), ("coaching", ""), ("appointment", "otherwise said"))
    )
    assert digest(one) != digest(other)
    assert digest(one) == digest(worded)


@pytest.mark.parametrize("op", [Op.PERCENT, Op.RATIO, Op.CHANGE])
def test_nothing_is_divided_by_nothing(op: Op) -> None:
    assert worked_out(op, [Fraction(3), Fraction(0)]) is None


@pytest.mark.parametrize(
    ("value", "digits", "printed"),
    [
        ("1/2", 0, "1"),
        ("5/2", 0, "3"),
        ("-1/2", 0, "-1"),
        ("761/100", 1, "7.6"),
        ("133/200", 2, "0.67"),
        ("86/168", 0, "1"),
    ],
)
def test_figures_are_rounded_half_up(value: str, digits: int, printed: str) -> None:
    assert str(rounded(Fraction(value), digits)) == printed


@given(st.integers(0, 10**9))
def test_number_is_read_with_all_its_digits(value: int) -> None:
    text = read(rounded(Fraction(value), 0), "person")
    assert "".join(sign for sign in text if sign.isdigit()) == str(value)


@pytest.mark.parametrize(("value", "french", "english"), [("1", "1 mois", "1 month"), ("34", "34 mois", "34 months")])
def test_months_are_read_with_their_unit(value: str, french: str, english: str) -> None:
    assert plain(read(Decimal(value), "month")) == french
    assert plain(read(Decimal(value), "month", "en")) == english


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [("4.4", "+4,4 %", "+4.4%"), ("-2", "−2 %", "−2%"), ("0", "0 %", "0%"), (None, "non relevé", "not recorded")],
)
def test_evolution_is_read_with_its_sign(value: str | None, french: str, english: str) -> None:
    definition, exact = catalogue()["ml.interviews_change_pct"], None if value is None else Decimal(value)
    assert plain(read_as(definition, exact)) == french
    assert plain(read_as(definition, exact, "en")) == english


def test_what_was_not_recorded_is_never_nothing() -> None:
    assert read(None, "person") == "non relevé"
    assert read(None, "percent", "en") == "not recorded"
