"""Adding up what events know, for one event or over a month or year: whole, by kind, and in each cut.

A sum adds the events that know the figure and says how many they are. A cut about which nothing was noted at an event
(nobody's sex, say) is unknown there: its people stand in the unknown part, and the event is not among those that know.
"""

from collections import Counter as Bag
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from alpes_events.statistics.coverage import Coverage, KnownEvent
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

    def of_kind(self, kind: str) -> "Sums":
        """The sums over the events of one kind."""
        return self.kinds.setdefault(kind, Sums())

    def include(self, other: "Sums") -> None:
        """Add the sums of another period that has no event in common with this one."""
        self.event_count += other.event_count
        for mine, theirs in ((self.whole, other.whole), (self.known, other.known)):
            mine.update(theirs)
        self.of_territory.update(other.of_territory)
        self.silent.update(other.silent)
        for key, counts in other.parts.items():
            self.parts[key].update(counts)
        for kind, sums in other.kinds.items():
            self.of_kind(kind).include(sums)


def add_up(events: Iterable[KnownEvent], *, parts_of: Iterable[str] = (*PEOPLE, *THINGS)) -> Sums:
    """The sums over events; the parts of cuts for the indicators of `parts_of` only."""
    sums, with_parts = Sums(), frozenset(parts_of)
    for event in events:
        of_kind = sums.of_kind(event.facts.kind.value)
        for target in (sums, of_kind):
            target.event_count += 1
            target.whole["events"] += 1
        for indicator, known in event.coverage.items():
            if known is not Coverage.NOTHING:
                _add_whole((sums, of_kind), event.facts, indicator, known)
                _add_cuts(sums, event.facts, indicator, known, with_parts=indicator in with_parts)
    return sums


def _add_whole(targets: Iterable[Sums], event: EventFacts, indicator: str, known: Coverage) -> None:
    for target in targets:
        if known is Coverage.WHOLE:
            target.whole[indicator] += event.whole[indicator]
            target.known[indicator] += 1
        else:
            target.of_territory[indicator] += 1


def _add_cuts(sums: Sums, event: EventFacts, indicator: str, known: Coverage, *, with_parts: bool) -> None:
    """What the event noted of each cut, and the cuts of which it noted nothing."""
    if known is Coverage.TERRITORY:
        if with_parts:
            sums.parts[indicator, Cut.TERRITORY][YES] += event.parts[indicator, Cut.TERRITORY].get(YES, 0)
        return
    if not event.whole[indicator]:
        return
    for cut in BY_ID[indicator].cuts:
        if event.silent_about(indicator, cut):
            sums.silent[indicator, cut] += 1
        if with_parts:
            sums.parts[indicator, cut].update(event.parts[indicator, cut])
