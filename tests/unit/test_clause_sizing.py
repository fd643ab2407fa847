"""Sizing an obligation: the three methods, with whole numbers only, and the formula that shows them."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpes_events.clause.contracts.sizing import METHODS, by_invoices, by_labour_share, by_worked_hours, sized
from alpes_events.clause.contracts.sizing_words import euros, formula, percent
from alpes_events.clause.refusals import BadClause
from alpes_events.clause.tables.contract_rows import SizingMethod

ON = date(2026, 3, 2)
MILLION = 100_000_000


@pytest.mark.parametrize(
    ("amount", "labour", "rate", "hours"),
    [(MILLION, 50_00, 5_00, 833), (MILLION * 3 // 2, 70_00, 10_00, 3_500)],
)
def test_labour_share_gives_the_hours_of_the_worked_examples(amount: int, labour: int, rate: int, hours: int) -> None:
    assert by_labour_share(amount, labour, rate, 30_00, on=ON).hours == hours


def test_labour_share_shows_its_formula_with_its_numbers() -> None:
    sizing = by_labour_share(MILLION, 50_00, 5_00, 30_00, on=ON)
    shown = formula(sizing.method, sizing.kept, sizing.minutes, language="fr")
    plain = shown.replace("\u00a0", " ").replace("\u202f", " ")
    assert plain == "1 000 000 € × 50 % × 5 % ÷ 30 € = 833 h"
    assert formula(sizing.method, sizing.kept, sizing.minutes, language="en").replace("\u00a0", " ") == (
        "€1,000,000 × 50% × 5% ÷ €30 = 833 h"
    )
    assert sizing.kept == {
        "amount": MILLION,
        "labour_share": 50_00,
        "insertion_rate": 5_00,
        "hourly_cost": 30_00,
        "stated_on": "2026-03-02",
    }


def test_worked_hours_count_at_their_rate_and_invoices_by_whole_steps() -> None:
    assert by_worked_hours(10_000 * 60, 5_00, on=ON).hours == 500
    assert by_worked_hours(1_230 * 60, 10_00, on=ON).hours == 123
    assert by_invoices(799_999, 200_000, on=ON).hours == 3
    assert formula(SizingMethod.INVOICES, {"invoiced": 799_999, "step": 200_000}, 180, language="en") == (
        "€7,999.99 ÷ €2,000 = 3\u00a0h, rounded down to the whole hour"
    )
    exact = formula(SizingMethod.INVOICES, {"invoiced": 800_000, "step": 200_000}, 240, language="fr")
    assert exact.endswith("= 4\u00a0h")


@given(st.integers(1, 10**12), st.integers(1, 10_000), st.integers(1, 10_000), st.integers(100, 100_000))
def test_labour_share_is_the_exact_quotient_with_halves_up(amount: int, labour: int, rate: int, cost: int) -> None:
    exact = Fraction(amount * labour * rate, 10_000 * 10_000 * cost)
    expected = int(exact + Fraction(1, 2))
    if 0 < expected <= 10_000_000:
        assert by_labour_share(amount, labour, rate, cost, on=ON).hours == expected
    else:
        with pytest.raises(BadClause):
            by_labour_share(amount, labour, rate, cost, on=ON)


@pytest.mark.parametrize(
    ("method", "parameters", "field"),
    [
        (SizingMethod.LABOUR_SHARE, {"labour_share": 1, "insertion_rate": 1, "hourly_cost": 1}, "amount"),
        (SizingMethod.LABOUR_SHARE, {"amount": 1, "labour_share": 10_001}, "labour_share"),
        (SizingMethod.LABOUR_SHARE, {"amount": 1, "labour_share": 1, "insertion_rate": 0}, "insertion_rate"),
        (SizingMethod.LABOUR_SHARE, {"amount": 1, "labour_share": 1, "insertion_rate": 1}, "hourly_cost"),
        (SizingMethod.WORKED_HOURS, {"insertion_rate": 500}, "worked_minutes"),
        (SizingMethod.INVOICES, {"invoiced": 100}, "step"),
        (SizingMethod.INVOICES, {"invoiced": 100, "step": 200}, "invoiced"),
    ],
)
def test_number_that_cannot_be_is_refused_beside_its_field(
    method: SizingMethod, parameters: dict[str, int], field: str
) -> None:
    with pytest.raises(BadClause) as refused:
        sized(method, parameters, on=ON)
    assert refused.value.field == field


def test_stated_hours_have_no_formula_nor_has_a_sizing_whose_numbers_are_lost() -> None:
    assert SizingMethod.STATED not in METHODS
    assert formula(SizingMethod.STATED, {}, 60, language="fr") == ""
    assert formula(SizingMethod.INVOICES, {"invoiced": 1}, 60, language="fr") == ""


def test_money_and_shares_are_written_as_people_of_each_language_write_them() -> None:
    assert (euros(123_450, language="fr"), euros(123_450, language="en")) == ("1\u202f234,50\u00a0€", "€1,234.50")
    assert (percent(1_250, language="fr"), percent(1_250, language="en")) == ("12,5\u00a0%", "12.5%")
    assert percent(10_000, language="en") == "100%"
