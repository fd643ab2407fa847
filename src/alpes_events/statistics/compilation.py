"""Compiling figures: the values of a period are written as they stand, once, and again only when they differ.

The records are first counted into the working tables (`recount`); compiling adds those up and writes immutable rows, so
that what was published can be printed again as it was.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, insert, select
from sqlmodel import Session, col

from alpes_events.agenda.commands import the_event
from alpes_events.database.parts import parts
from alpes_events.statistics.coverage import known_event
from alpes_events.statistics.facts import read_facts, read_people
from alpes_events.statistics.figures import Figure, figures_of
from alpes_events.statistics.hiring_figures import hiring_figures, hiring_periods
from alpes_events.statistics.indicators import definitions_digest
from alpes_events.statistics.models import COMPILED_VALUES, EVENT_TALLIES, Compilation, CountedEvent
from alpes_events.statistics.periods import Grain, Period, months, of_event
from alpes_events.statistics.queries import compiled_rows, latest_compilations
from alpes_events.statistics.recount import Recounted, recount, recount_all
from alpes_events.statistics.span_sums import span_sums
from alpes_events.statistics.sums import Sums, add_up
from alpes_events.territory.organisation import current_organisation

_AT_ONCE = 100
_HIRING_NOTED_WITHIN = timedelta(days=35)
"""What is noted of hiring is counted in the nights after: a night or two that were missed lose nothing."""


@dataclass(frozen=True)
class Compiled:
    """What one run did: the periods looked at, and those of which new values were written."""

    periods: int = 0
    written: int = 0

    def __add__(self, other: "Compiled") -> "Compiled":
        return Compiled(self.periods + other.periods, self.written + other.written)


def compile_touched(db: Session, *, now: datetime) -> Compiled:
    """Count what was touched since the last time, and compile its events, months and years (the nightly job)."""
    zone = ZoneInfo(current_organisation(db).time_zone)
    hiring = hiring_periods(db, since=now - _HIRING_NOTED_WITHIN)
    return _compile_recounted(db, recount(db, zone=zone), wanted=hiring, now=now)


def compile_all(db: Session, *, now: datetime) -> Compiled:
    """Count everything from nothing, and compile every event, month and year."""
    zone = ZoneInfo(current_organisation(db).time_zone)
    return _compile_recounted(db, recount_all(db, zone=zone), wanted=hiring_periods(db), now=now)


def compile_year(db: Session, year: int, *, now: datetime) -> Compiled:
    """Count the events of a year anew from their records, and compile them, its months and the year."""
    wanted = [Period(f"{year:04d}"), *months(year)]
    return _compile_asked(db, wanted, condition=col(CountedEvent.year) == f"{year:04d}", now=now)


def compile_month(db: Session, month: Period, *, now: datetime) -> Compiled:
    """Count the events of a month anew from their records, and compile them, the month and its year."""
    return _compile_asked(db, [month, Period(month.key[:4])], condition=col(CountedEvent.month) == month.key, now=now)


def compile_event(db: Session, event_id: int, *, now: datetime) -> Compiled:
    """Count one event anew from its records, and compile it with its month and year. Raises `UnknownEvent`."""
    the_event(db, event_id)
    return _compile_asked(db, [], condition=col(CountedEvent.event_id) == event_id, now=now)


def compile_periods(db: Session, periods: Sequence[Period], *, now: datetime) -> Compiled:
    """Compile periods from the working tables as they are."""
    events = [period for period in periods if period.grain is Grain.EVENT]
    done = Compiled()
    for some in parts(events, _AT_ONCE):
        done += _compile(db, some, _event_sums(db, some, now=now), now=now)
    spans = [period for period in periods if period.grain is not Grain.EVENT]
    return done + _compile(db, spans, span_sums(db, spans, now=now), now=now)


def _compile_asked(db: Session, wanted: Sequence[Period], *, condition: ColumnElement[bool], now: datetime) -> Compiled:
    """Count the events that meet `condition` whole. What notes touched elsewhere is counted with them, so it is
    compiled with them too.
    """
    counted = db.scalars(select(col(CountedEvent.event_id)).where(condition)).all()
    zone = ZoneInfo(current_organisation(db).time_zone)
    return _compile_recounted(db, recount(db, zone=zone, event_ids=counted), wanted=wanted, now=now)


def _compile_recounted(db: Session, recounted: Recounted, *, now: datetime, wanted: Sequence[Period] = ()) -> Compiled:
    """Compile what was recounted: the events that still count, their months and years."""
    still = set(db.scalars(select(col(CountedEvent.event_id)))) & recounted.event_ids
    spans = {period.key for period in wanted} | recounted.months | recounted.years
    periods = [*map(of_event, sorted(still)), *map(Period, sorted(spans))]
    return compile_periods(db, periods, now=now)


def _compile(db: Session, periods: Sequence[Period], sums: Mapping[str, Sums], *, now: datetime) -> Compiled:
    figures = {
        period.key: [*figures_of(sums[period.key], grain=period.grain), *hiring_figures(db, period)]
        for period in periods
    }
    changed = _changed(db, figures)
    _write(db, {key: figures[key] for key in changed}, now=now)
    return Compiled(len(periods), len(changed))


def _event_sums(db: Session, periods: Sequence[Period], *, now: datetime) -> dict[str, Sums]:
    facts = read_facts(db, [period.event_id for period in periods if period.event_id is not None], now=now)
    read_people(db, facts, EVENT_TALLIES)
    return {of_event(event_id).key: add_up([known_event(event)]) for event_id, event in facts.items()}


def _changed(db: Session, figures: Mapping[str, list[Figure]]) -> list[str]:
    """The periods whose figures or definitions differ from those last written."""
    digest = definitions_digest()
    last = latest_compilations(db, list(figures))
    written: dict[int, set[Figure]] = {one.id: set() for one in last.values() if one.id is not None}
    for compilation_id, figure in compiled_rows(db, written):
        written[compilation_id].add(figure)
    return [
        key
        for key, now_found in figures.items()
        if key not in last or last[key].definitions != digest or written[last[key].id or 0] != set(now_found)
    ]


def _write(db: Session, figures: Mapping[str, list[Figure]], *, now: datetime) -> None:
    if not figures:
        return
    rows = [{"period": key, "compiled_at": now, "definitions": definitions_digest()} for key in figures]
    made = db.execute(insert(Compilation).returning(col(Compilation.id), col(Compilation.period)), rows)
    ids = {period: compilation_id for compilation_id, period in made}
    db.execute(insert(COMPILED_VALUES), list(_values(ids, figures)))


def _values(ids: Mapping[str, int], figures: Mapping[str, list[Figure]]) -> Iterator[dict[str, object]]:
    for key, of_period in figures.items():
        for figure in of_period:
            yield {
                "compilation_id": ids[key],
                "indicator": figure.indicator,
                "version": figure.version,
                "cut": figure.cut.value,
                "cut_value": figure.part,
                "value": figure.value,
                "known_count": figure.known_count,
                "event_count": figure.event_count,
            }
