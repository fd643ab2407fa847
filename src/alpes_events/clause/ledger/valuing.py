"""Valued hours: raw hours that count more (or less) by dated rules. Pure; without a rule for them, hours count as done.

Raw hours never change: valued ones are computed anew each time and shown apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

PLAIN = 100


@dataclass(frozen=True)
class BonusRule:
    """Hours of months in [`from_on`, `until_on`) count `percent` %: of one contract, public or mode, or (None) all."""

    percent: int
    from_on: date
    until_on: date | None = None
    contract_id: int | None = None
    criterion_code: str | None = None
    mode: str | None = None


@dataclass(frozen=True)
class RawHours:
    """Minutes of a person in a month (its first day), with what a rule may look at."""

    contract_id: int
    month: date
    criterion_code: str | None
    mode: str | None
    minutes: int


def valued(hours: RawHours, rules: Iterable[BonusRule]) -> int:
    """The minutes that they count: × the percentage of the rule that fits best (names most; then the latest), halves
    up. Of two rules that fit alike, the one that gives more.
    """
    fitting = [rule for rule in rules if _fits(rule, hours)]
    best = max(fitting, key=lambda rule: (_named(rule), rule.from_on, rule.percent), default=None)
    percent = PLAIN if best is None else best.percent
    return (2 * hours.minutes * percent + PLAIN) // (2 * PLAIN)


def _fits(rule: BonusRule, hours: RawHours) -> bool:
    runs = rule.from_on <= hours.month and (rule.until_on is None or hours.month < rule.until_on)
    return (
        runs
        and rule.contract_id in {None, hours.contract_id}
        and rule.criterion_code in {None, hours.criterion_code}
        and rule.mode in {None, hours.mode}
    )


def _named(rule: BonusRule) -> int:
    return sum(one is not None for one in (rule.contract_id, rule.criterion_code, rule.mode))
