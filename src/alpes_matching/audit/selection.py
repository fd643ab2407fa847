"""Who is selected among those considered, by group: rates and impact ratios."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from alpes_matching.audit.intervals import Interval, WrongCountError, of_rate, of_ratio
from alpes_matching.audit.masking import MASK_BELOW, hidden_groups

FOUR_FIFTHS = 0.8
"""An impact ratio below this is to be looked into (four fifths, 29 CFR 1607.4: a convention, not our law)."""


@dataclass(frozen=True)
class GroupCount:
    """An aggregate: of `considered` people of a group, `selected` (proposed, hired: as the caller says)."""

    group: str
    considered: int
    selected: int

    def __post_init__(self) -> None:
        if not 0 <= self.selected <= self.considered:
            raise WrongCountError(f"{self.group}: {self.selected} selected of {self.considered} considered")


@dataclass(frozen=True)
class GroupRate:
    """The rate of a group and its ratio to that of the group with the highest (the reference, ratio 1).

    `hidden`: too few people, nothing is told. Rate and interval are None for a group of nobody; the ratio is None when
    the reference selected nobody; the interval of the ratio when nobody of the group was selected.
    `to_look_into`: the ratio is below four fifths and its interval does not reach 1.
    """

    group: str
    hidden: bool
    considered: int | None
    selected: int | None
    rate: float | None
    interval: Interval | None
    impact_ratio: float | None
    ratio_interval: Interval | None
    to_look_into: bool


def selection_rates(counts: Iterable[GroupCount], *, mask_below: int = MASK_BELOW) -> list[GroupRate]:
    """The rates of the groups, in the order of their names; counts of one group are added up.

    The reference is chosen among the groups shown, the larger of two of equal rates.
    """
    considered: Counter[str] = Counter()
    selected: Counter[str] = Counter()
    for count in counts:
        considered[count.group] += count.considered
        selected[count.group] += count.selected
    hidden = hidden_groups(considered, below=mask_below)
    shown = [group for group in considered if considered[group] and group not in hidden]
    reference = max(
        shown, key=lambda group: (selected[group] / considered[group], considered[group], group), default=""
    )
    return [
        _rate(group, considered, selected, reference) if group not in hidden else _nothing(group, hidden=True)
        for group in sorted(considered)
    ]


def _rate(group: str, considered: Counter[str], selected: Counter[str], reference: str) -> GroupRate:
    people, chosen = considered[group], selected[group]
    if not people:
        return _nothing(group, hidden=False)
    best = selected[reference] / considered[reference]
    ratio = chosen / people / best if best else None
    ratio_interval = (
        None if group == reference else of_ratio(chosen, people, selected[reference], considered[reference])
    )
    low = ratio is not None and ratio < FOUR_FIFTHS and (ratio_interval is None or ratio_interval.high < 1)
    return GroupRate(group, False, people, chosen, chosen / people, of_rate(chosen, people), ratio, ratio_interval, low)


def _nothing(group: str, *, hidden: bool) -> GroupRate:
    return GroupRate(group, hidden, None if hidden else 0, None if hidden else 0, None, None, None, None, False)
