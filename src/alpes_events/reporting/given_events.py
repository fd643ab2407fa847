"""Figures of each event of a year, as the statistics compiled them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain, count

from alpes_events.database.parts import parts
from alpes_events.reporting.answers import Answers, Given, figure_given
from alpes_events.reporting.event_questions import ASKED, ROWS, Asked, Ids
from alpes_events.reporting.shared_rows import SharedRows
from alpes_events.statistics.cuts import YES, Cut
from alpes_events.statistics.queries import Wanted
from alpes_events.statistics.year_report import COLUMNS, EventRow, YearReport

OF_AN_EVENT: Mapping[str, tuple[str, Cut, str]] = {
    **COLUMNS,
    "exhibitors_territory": ("exhibitors", Cut.TERRITORY, YES),
}
"""The indicator, cut and part of each figure that the statistics have."""
_WANTED = Wanted.of(OF_AN_EVENT.values())


def of_events(rows: SharedRows, year: int) -> Answers:
    """The figures of each event of a year, by its name."""
    events = list(events_named(rows.report(year, _WANTED)))
    found: dict[tuple[str, str], Given] = {}
    known, behind = (_by_event(rows, asked, [event.event_id for _name, event in events]) for asked in (ASKED, ROWS))
    for name, event in events:
        for measure, wanted in OF_AN_EVENT.items():
            given = figure_given(event.figures.figure(*wanted))
            if measure in behind and given.value is not None:
                given = replace(given, rows=behind[measure].get(event.event_id, 0))
            found[measure, name] = given
        for measure, values in known.items():
            if event.event_id in values:
                value = values[event.event_id]
                found[measure, name] = Given(Fraction(value), 1 if measure == "edition" else value)
    return found


def _by_event(
    rows: SharedRows, asked: Mapping[str, Callable[[Ids], Asked]], ids: Sequence[int]
) -> dict[str, dict[int, int]]:
    """What each question says of each event that it knows of."""
    found: dict[str, dict[int, int]] = {name: {} for name in asked}
    for some in parts(ids):
        for name, ask in asked.items():
            found[name] |= dict(rows.ask(ask(some)).all())
    return found


def event_named(rows: SharedRows, year: int, name: str) -> EventRow | None:
    """The event of a year that figures call by that name."""
    return dict(events_named(rows.report(year, _WANTED))).get(name)


def events_told(shown: YearReport | None) -> Iterator[tuple[str, str, bool]]:
    """The figures of events that the statistics of a year know, by name and member, each with whether they hide it."""
    for name, event in events_named(shown):
        for measure, wanted in OF_AN_EVENT.items():
            figure = event.figures.figure(*wanted)
            if figure is not None and (figure.hidden or figure.value is not None):
                yield measure, name, figure.hidden


def events_named(report: YearReport | None) -> Iterator[tuple[str, EventRow]]:
    """Each event by its title; of two with one title, the later has its day beside it, and its number where both are
    of one day.
    """
    names: set[str] = set()
    for event in report.events if report else ():
        dated = f"{event.name} ({event.starts_on:%d/%m/%Y}"
        names_of_it = chain((event.name, f"{dated})"), (f"{dated}, {number})" for number in count(2)))
        name = next(one for one in names_of_it if one not in names)
        names.add(name)
        yield name, event
