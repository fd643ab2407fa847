"""Figures: what sums make of each indicator, in every cut it allows, with unknown kept apart from 0."""

from collections.abc import Iterator
from dataclasses import dataclass

from alpes_events.statistics.cuts import PARTS, UNKNOWN, YES, Cut
from alpes_events.statistics.indicators import INDICATORS, Indicator
from alpes_events.statistics.periods import Grain
from alpes_events.statistics.sums import Sums


@dataclass(frozen=True)
class Figure:
    """The value of one indicator in one part of one cut. `value` None: not collected, or `hidden` because it is small.
    `known_count` of the `event_count` events of the period gave it.
    """

    indicator: str
    version: int
    cut: Cut
    part: str
    value: int | None
    known_count: int
    event_count: int
    hidden: bool = False


def figures_of(sums: Sums, *, grain: Grain) -> Iterator[Figure]:
    """Every figure of one period. A part that is not among them is 0 when the whole is known, else unknown."""
    for indicator in INDICATORS:
        if grain in indicator.grains:
            yield _whole(indicator, sums)
            for cut in indicator.cuts_at(grain):
                yield from _by_kind(indicator, sums) if cut is Cut.KIND else _by_part(indicator, cut, sums)


def _whole(indicator: Indicator, sums: Sums) -> Figure:
    known = _known(indicator, sums)
    return _figure(indicator, sums, value=sums.whole[indicator.id], known_count=known)


def _by_kind(indicator: Indicator, sums: Sums) -> Iterator[Figure]:
    for kind in PARTS[Cut.KIND]:
        if kind in sums.kinds:
            of_kind = sums.kinds[kind]
            value, known = of_kind.whole[indicator.id], _known(indicator, of_kind)
            yield _figure(indicator, of_kind, value=value, known_count=known, cut=Cut.KIND, part=kind)


def _by_part(indicator: Indicator, cut: Cut, sums: Sums) -> Iterator[Figure]:
    """The parts of a cut, when there is anything to cut."""
    found = {part: count for part, count in sums.parts[indicator.id, cut].items() if count}
    in_territory = sums.of_territory[_source(indicator)] if cut is Cut.TERRITORY else 0
    if not found and not in_territory:
        return
    known = _known(indicator, sums)
    noted = known - sums.silent[_source(indicator), cut]
    for part in PARTS.get(cut, tuple(sorted(found))):
        count = known if part == UNKNOWN else noted + (in_territory if part == YES else 0)
        yield _figure(indicator, sums, value=found.get(part, 0), known_count=count, cut=cut, part=part)


def _source(indicator: Indicator) -> str:
    """Different persons are known where participants are."""
    return "participants" if indicator.id == "persons" else indicator.id


def _known(indicator: Indicator, sums: Sums) -> int:
    return sums.event_count if indicator.id == "events" else sums.known[_source(indicator)]


def _figure(
    indicator: Indicator, sums: Sums, *, value: int, known_count: int, cut: Cut = Cut.ALL, part: str = ""
) -> Figure:
    """With no event at all, nothing happened: 0. With events of which none knows, unknown."""
    unknown = known_count == 0 and sums.event_count > 0
    return Figure(
        indicator=indicator.id,
        version=indicator.version,
        cut=cut,
        part=part,
        value=None if unknown else value,
        known_count=known_count,
        event_count=sums.event_count,
    )
