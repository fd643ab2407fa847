"""A year's report as it may be shown outside: small cells of what is counted of people are hidden, with those from
which they could be worked out. Stands, trades and counts at the door are not about persons and stay.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from alpes_events.statistics.cuts import Cut
from alpes_events.statistics.facts import PEOPLE
from alpes_events.statistics.figures import Figure
from alpes_events.statistics.queries import Figures
from alpes_events.statistics.small_cells import Addition, hidden_cells
from alpes_events.statistics.year_report import EventRow, YearReport

Key = tuple[str, str, Cut, str]
"""Period, indicator, cut and part of one cell."""

OF_PEOPLE = (*PEOPLE, "persons", "session_candidates", "hires", "trained_hires", "hired_persons")
_ACTS_OF_PEOPLE = frozenset({"hires", "trained_hires", "hired_persons"})
"""Of these the acts that know a figure are the contracts themselves: to say how many would say what is hidden."""
_OF_EVENTS = (Cut.ALL, Cut.TERRITORY)
"""What is shown of each event; its other cuts are left out."""
_OVERLAPPING = (("persons", Cut.KIND), ("persons", Cut.CHANNEL), ("hired_persons", Cut.CONTRACT))
"""Cuts whose parts may hold the same person: they add up to nothing."""


def protected(report: YearReport, *, threshold: int) -> YearReport:
    """The report without what could point to a person: `threshold` is the smallest number that may be shown."""
    events = [_fewer_cuts(row) for row in report.events]
    cells = {
        (of.period.key, row.indicator, row.cut, row.part): row.value
        for of in (report.figures, *(row.figures for row in events))
        for row in of.rows
        if row.indicator in OF_PEOPLE and row.value is not None
    }
    sums = [line for line in _additions(report, events, cells) if _holds(line, cells)]
    hidden = hidden_cells(cells, sums, threshold=threshold)
    return replace(
        report,
        figures=_without(report.figures, hidden),
        events=tuple(replace(row, figures=_without(row.figures, hidden)) for row in events),
    )


def _fewer_cuts(row: EventRow) -> EventRow:
    kept = tuple(figure for figure in row.figures.rows if figure.cut in _OF_EVENTS)
    return replace(row, figures=replace(row.figures, rows=kept))


def _additions(report: YearReport, events: list[EventRow], cells: Mapping[Key, int]) -> Iterator[Addition[Key]]:
    """Every sum that a reader of the report can do."""
    year = report.figures.period.key
    for of in (report.figures, *(row.figures for row in events)):
        yield from _by_cut(of, cells)
    for indicator in PEOPLE:
        for cut, part in ((Cut.ALL, ""), *((Cut.TERRITORY, part) for part in ("yes", "no", "unknown"))):
            yield _over(events, cells, (year, indicator, cut, part))
        for kind in {row.kind.value for row in events}:
            of_kind = [row for row in events if row.kind.value == kind]
            yield _over(of_kind, cells, (year, indicator, Cut.KIND, kind))


def _by_cut(of: Figures, cells: Mapping[Key, int]) -> Iterator[Addition[Key]]:
    """The parts of each cut make the whole."""
    lines: dict[tuple[str, Cut], list[Key]] = {}
    for row in of.rows:
        key = (of.period.key, row.indicator, row.cut, row.part)
        if row.cut is not Cut.ALL and key in cells and (row.indicator, row.cut) not in _OVERLAPPING:
            lines.setdefault((row.indicator, row.cut), []).append(key)
    for (indicator, _), parts in lines.items():
        yield Addition((of.period.key, indicator, Cut.ALL, ""), tuple(parts))


def _over(events: list[EventRow], cells: Mapping[Key, int], total: Key) -> Addition[Key]:
    """What the events have makes what the year has."""
    _, indicator, cut, part = total
    cut, part = (Cut.ALL, "") if cut is Cut.KIND else (cut, part)
    keys = ((row.figures.period.key, indicator, cut, part) for row in events)
    return Addition(total, tuple(key for key in keys if key in cells))


def _holds(line: Addition[Key], cells: Mapping[Key, int]) -> bool:
    """Whether it is a sum of what is known: where some are unknown, nothing can be worked out by it."""
    return line.total in cells and cells[line.total] == sum(cells[key] for key in line.parts)


def _without(figures: Figures, hidden: frozenset[Key]) -> Figures:
    return replace(figures, rows=tuple(_shown(figures.period.key, row, hidden) for row in figures.rows))


def _shown(period: str, row: Figure, hidden: frozenset[Key]) -> Figure:
    secret = (period, row.indicator, row.cut, row.part) in hidden
    if row.indicator in _ACTS_OF_PEOPLE:
        row = replace(row, known_count=0, event_count=0)
    return replace(row, value=None, hidden=True) if secret else row
