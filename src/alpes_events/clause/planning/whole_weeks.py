"""A plan in which nobody works on two lots in one week, nor comes back to a lot: pure.

The planner lets a person go from one lot to the next within a week, and back. Here that week goes to one of the two,
and of two stints on a lot one stays; what is lost by it is planned again in the weeks that are left. A lot may ask in
parts, each with weeks of its own: what somebody does of one part after another is one stint on the lot.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby

from alpes_matching.placement import Asked, Plan, Stint, Watch, plan

LotOf = Mapping[str, str]
"""The lot of each part, where a lot asks in parts; what is not there is a lot of itself."""
_ALONE: LotOf = {}


def plan_in_whole_weeks(
    asked: Asked, *, lot_of: LotOf = _ALONE, watch: Watch | None = None
) -> tuple[Plan, tuple[Stint, ...]]:
    """The plan that is credited most, and its stints by lot in whole weeks. Stopped early, it is the best so far."""
    weekly = {person.key: person.weekly for person in asked.people}
    best = plan(asked, watch=watch)
    stints = once(apart(joined(best.stints, lot_of), weekly))
    if best.bound is None or _minutes(stints) == _minutes(best.stints):
        return best, stints
    stayed = {(one.person, one.lot): one for one in stints}
    pins = [one for one in apart(best.stints, weekly) if _lies_in(one, stayed.get((one.person, _lot(one, lot_of))))]
    held = [(person, lot.key) for person, name in stayed for lot in asked.lots if lot_of.get(lot.key, lot.key) == name]
    again = plan(replace(asked, pinned=pins, excluded=[*asked.excluded, *held]))
    planned = once(apart(joined(again.stints, lot_of), weekly))
    return best, max(planned, stints, key=_minutes)


def joined(stints: Iterable[Stint], lot_of: LotOf = _ALONE) -> tuple[Stint, ...]:
    """The stints by lot: those of a person that follow each other on parts of one lot are one."""
    found: list[Stint] = []
    for one in sorted(stints):
        stint = replace(one, lot=_lot(one, lot_of), pinned=False)
        before = found[-1] if found else None
        if (
            before is not None
            and (before.person, before.lot) == (stint.person, stint.lot)
            and before.end >= stint.start
        ):
            end, minutes = max(before.end, stint.end), before.minutes + stint.minutes
            found[-1] = replace(before, end=end, minutes=minutes)
        else:
            found.append(stint)
    return tuple(found)


def once(stints: Iterable[Stint]) -> tuple[Stint, ...]:
    """Of the stints of a person on one lot, the one of most minutes: nobody comes back to a lot after another."""
    by_pair = sorted(stints, key=lambda one: (one.person, one.lot, one.start))
    groups = groupby(by_pair, key=lambda one: (one.person, one.lot))
    return tuple(sorted(max(own, key=lambda one: one.minutes) for _pair, own in groups))


def apart(stints: Iterable[Stint], weekly: Mapping[str, int]) -> tuple[Stint, ...]:
    """The stints without a week that two of a person share: it goes to the one that would lose more without it."""
    kept: list[Stint] = []
    for stint in sorted(stints):
        before = kept[-1] if kept and kept[-1].person == stint.person else None
        if before is None or before.end <= stint.start:
            kept.append(stint)
            continue
        kept.pop()
        kept += _parted(before, stint, weekly[stint.person])
    return tuple(kept)


def _lot(stint: Stint, lot_of: LotOf) -> str:
    return lot_of.get(stint.lot, stint.lot)


def _lies_in(stint: Stint, whole: Stint | None) -> bool:
    return whole is not None and whole.start <= stint.start and stint.end <= whole.end


def _minutes(stints: Iterable[Stint]) -> int:
    return sum(one.minutes for one in stints)


def _parted(before: Stint, after: Stint, weekly: int) -> list[Stint]:
    sooner = _within(before, before.start, after.start, weekly)
    later = _within(after, before.end, after.end, weekly)
    lost_sooner, lost_later = before.minutes - sooner.minutes, after.minutes - later.minutes
    pair = (sooner, after) if lost_sooner <= lost_later else (before, later)
    return [one for one in pair if one.minutes > 0]


def _within(stint: Stint, start: int, end: int, weekly: int) -> Stint:
    """What of a stint fits in these weeks."""
    count = max(0, end - start)
    return Stint(stint.person, start, max(start, end), stint.lot, min(stint.minutes, count * weekly))
