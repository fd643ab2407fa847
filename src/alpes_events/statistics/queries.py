"""Questions to statistics: what was compiled, now or as of a date, and what one event counts at this moment."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import func, select
from sqlmodel import Session, col

from alpes_events.agenda.models import Event
from alpes_events.statistics.coverage import known_event
from alpes_events.statistics.cuts import Cut
from alpes_events.statistics.facts import read_facts, read_people
from alpes_events.statistics.figures import Figure, figures_of
from alpes_events.statistics.models import Compilation, CompiledValue
from alpes_events.statistics.participations import folded, sign_ups_of_events
from alpes_events.statistics.periods import Grain, Period, of_event
from alpes_events.statistics.recount import COUNTED_STATES
from alpes_events.statistics.sums import add_up
from alpes_events.statistics.tallies import event_tallies


@dataclass(frozen=True)
class Figures:
    """The figures of one period. `compiled_at` None: counted at this moment, not compiled."""

    period: Period
    compiled_at: datetime | None
    rows: tuple[Figure, ...]

    def figure(self, indicator: str, cut: Cut = Cut.ALL, part: str = "") -> Figure | None:
        """The figure of one part; a part without a row is 0 when the whole is known, and unknown when it is not.
        None when the indicator has no figure for this period.
        """
        found = self._by_key.get((indicator, cut, part))
        whole = self._by_key.get((indicator, Cut.ALL, ""))
        if found is not None or whole is None:
            return found
        value = None if whole.value is None else 0
        return Figure(indicator, whole.version, cut, part, value, whole.known_count, whole.event_count)

    @cached_property
    def _by_key(self) -> dict[tuple[str, Cut, str], Figure]:
        return {(row.indicator, row.cut, row.part): row for row in self.rows}

    def value(self, indicator: str, cut: Cut = Cut.ALL, part: str = "") -> int | None:
        """The value of one part; None is unknown."""
        figure = self.figure(indicator, cut, part)
        return None if figure is None else figure.value

    def parts(self, indicator: str, cut: Cut) -> tuple[Figure, ...]:
        """The figures of a cut, in the order of its parts."""
        return tuple(row for row in self.rows if row.indicator == indicator and row.cut == cut)


def compiled(db: Session, period: Period, *, as_of: datetime | None = None) -> Figures | None:
    """The figures last compiled for `period` (by the instant `as_of`); None when there are none."""
    return compiled_all(db, [period], as_of=as_of).get(period.key)


@dataclass(frozen=True)
class Wanted:
    """Which figures are read, for who needs few of them: those of these indicators, in these cuts."""

    indicators: frozenset[str]
    cuts: frozenset[Cut]

    @classmethod
    def of(cls, figures: Iterable[tuple[str, Cut, str]]) -> "Wanted":
        """What these figures need, each by its indicator, cut and part; the whole of a cut stands beside it."""
        asked = list(figures)
        return cls(frozenset(one[0] for one in asked), frozenset({Cut.ALL, *(one[1] for one in asked)}))


def compiled_all(
    db: Session, periods: Sequence[Period], *, as_of: datetime | None = None, only: Wanted | None = None
) -> dict[str, Figures]:
    """The figures last compiled for each period that has some, by its key; `only` some of them."""
    last = latest_compilations(db, [period.key for period in periods], as_of=as_of)
    rows: dict[int, list[Figure]] = {one.id: [] for one in last.values() if one.id is not None}
    for compilation_id, figure in compiled_rows(db, rows, only=only):
        rows[compilation_id].append(figure)
    return {
        key: Figures(Period(key), compilation.compiled_at, tuple(rows[compilation.id or 0]))
        for key, compilation in last.items()
    }


_CUTS = {cut.value: cut for cut in Cut}


def compiled_rows(
    db: Session, compilation_ids: Collection[int], *, only: Wanted | None = None
) -> Iterator[tuple[int, Figure]]:
    """The figures of compilations in the order in which they were written, each with its compilation."""
    row = CompiledValue
    told = (row.indicator, row.version, row.cut, row.cut_value, row.value, row.known_count, row.event_count)
    asked = select(col(row.compilation_id), *map(col, told)).where(col(row.compilation_id).in_(compilation_ids))
    if only is not None:
        asked = asked.where(col(row.indicator).in_(sorted(only.indicators)), col(row.cut).in_(sorted(only.cuts)))
    for compilation_id, indicator, version, cut, *rest in db.execute(asked.order_by(col(row.id))):
        yield compilation_id, Figure(indicator, version, _CUTS[cut], *rest)


def compiled_years(db: Session) -> list[int]:
    """The years that were ever compiled, the first one first."""
    of_years = func.length(col(Compilation.period)) == len("2023")
    return sorted(map(int, db.scalars(select(col(Compilation.period)).where(of_years).distinct())))


def latest_compilations(db: Session, keys: Sequence[str], *, as_of: datetime | None = None) -> dict[str, Compilation]:
    """The last compilation of each period (by `as_of`), by its key."""
    last = select(func.max(Compilation.id)).where(col(Compilation.period).in_(keys)).group_by(col(Compilation.period))
    if as_of is not None:
        last = last.where(col(Compilation.compiled_at) <= as_of)
    rows = db.scalars(select(Compilation).where(col(Compilation.id).in_(last)))
    return {row.period: row for row in rows}


def event_now(db: Session, event_id: int, *, now: datetime) -> Figures | None:
    """What one event counts at this moment, from its records, written nowhere. None when the event does not count."""
    event = db.get(Event, event_id)
    if event is None or event.state not in COUNTED_STATES:
        return None
    facts = read_facts(db, [event_id], now=now)
    participations = folded(sign_ups_of_events([event_id])).cte("participation_now")
    read_people(db, facts, event_tallies(participations).subquery("tally_now"))
    return Figures(
        of_event(event_id), None, tuple(figures_of(add_up(map(known_event, facts.values())), grain=Grain.EVENT))
    )
