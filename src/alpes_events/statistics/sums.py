"""Adding up what events know, for one event or over a month or year: whole, by kind, and in each cut.

A sum adds the events that know the figure and says how many they are. A cut about which nothing was noted at an event
(nobody's sex, say) is unknown there: its people stand in the unknown part, and the event is not among those that know.
"""

from collections import Counter as Bag
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from alpes_events.statistics.coverage import Coverage, coverage
from alpes_events.statistics.cuts import YES, Cut
from alpes_events.statistics.facts import PEOPLE, THINGS, EventFacts
from alpes_events.statistics.indicators import BY_ID


@dataclass
class Sums:
    """What was added up over one period. Keys are indicators, indicators with a cut, or kinds of event."""

    event_count: int = 0
    whole: Bag[str] = field(default_factory=Bag)
    known: Bag[str] = field(default_factory=Bag)
    of_territory: Bag[str] = field(default_factory=Bag)
    """How many events know only the territory's part."""
    silent: Bag[tuple[str, Cut]] = field(default_factory=Bag)
    """How many events know the whole and noted nothing of the cut."""
    parts: dict[tuple[str, Cut], Bag[str]] = field(default_factory=lambda: defaultdict(Bag))
    kinds: dict[str, "Sums"] = field(default_factory=dict)


def add_up(events: Iterable[EventFacts], *, parts_of: Iterable[str] = (*PEOPLE, *THINGS)) -> Sums:
    """The sums over events; the parts of cuts for the indicators of `parts_of` only."""
    sums, with_parts = Sums(), tuple(parts_of)
    for event in events:
        of_kind = sums.kinds.setdefault(event.kind.value, Sums())
        for target in (sums, of_kind):
            target.event_count += 1
            target.whole["events"] += 1
        for indicator in (*PEOPLE, *THINGS):
            known = coverage(event, indicator)
            _add_whole((sums, of_kind), event, indicator, known)
            if indicator in with_parts:
                _add_parts(sums, event, indicator, known)
    return sums


def _add_whole(targets: Iterable[Sums], event: EventFacts, indicator: str, known: Coverage) -> None:
    for target in targets:
        if known is Coverage.WHOLE:
            target.whole[indicator] += event.whole[indicator]
            target.known[indicator] += 1
            for cut in BY_ID[indicator].cuts:
                target.silent[indicator, cut] += event.silent_about(indicator, cut)
        elif known is Coverage.TERRITORY:
            target.of_territory[indicator] += 1


def _add_parts(sums: Sums, event: EventFacts, indicator: str, known: Coverage) -> None:
    if known is Coverage.TERRITORY:
        sums.parts[indicator, Cut.TERRITORY][YES] += event.parts[indicator, Cut.TERRITORY].get(YES, 0)
    elif known is Coverage.WHOLE:
        for cut in BY_ID[indicator].cuts:
            sums.parts[indicator, cut].update(event.parts[indicator, cut])
