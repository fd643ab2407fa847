"""Valued hours: the rule that fits best, dated, halves up; without a rule hours are worth what they are."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from alpes_events.clause.ledger.valuing import BonusRule, RawHours, valued

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
HOURS = RawHours(1, JANUARY, "RSA", "cdi", 61)


@given(st.integers(0, 10**6))
def test_hours_without_a_rule_are_worth_what_they_are(minutes: int) -> None:
    raw = replace(HOURS, minutes=minutes)
    assert valued(raw, []) == minutes


def test_percentage_counts_minutes_with_halves_up() -> None:
    assert valued(HOURS, [BonusRule(150, JANUARY)]) == 92
    assert valued(replace(HOURS, minutes=1), [BonusRule(150, JANUARY)]) == 2
    assert valued(HOURS, [BonusRule(0, JANUARY)]) == 0


def test_rule_holds_for_its_months_only() -> None:
    rule = BonusRule(200, JANUARY, FEBRUARY)
    assert valued(HOURS, [rule]) == 122
    assert valued(replace(HOURS, month=FEBRUARY), [rule]) == 61


def test_rule_that_names_most_is_taken_then_the_latest() -> None:
    broad, narrow = BonusRule(300, JANUARY), BonusRule(120, JANUARY, criterion_code="RSA", mode="cdi")
    assert valued(replace(HOURS, minutes=100), [broad, narrow]) == 120
    assert valued(replace(HOURS, minutes=100, criterion_code="ASS"), [broad, narrow]) == 300
    assert valued(replace(HOURS, minutes=100, contract_id=2), [broad, BonusRule(1, JANUARY, contract_id=1)]) == 300
    later = BonusRule(110, FEBRUARY)
    assert valued(replace(HOURS, month=FEBRUARY, minutes=100), [broad, later]) == 110
