"""What other pages show and hide of a year to somebody who reads the report beside them: the statistics of events and
of hiring, and the tally of the clause.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from alpes_events.clause.tally.cuts import lines, tally
from alpes_events.clause.tally.wishes import NATIONAL
from alpes_events.reporting.definition import Definition, Measure
from alpes_events.reporting.evaluating import ReportFigure
from alpes_events.reporting.given_clause import hours_key
from alpes_events.reporting.given_events import events_told
from alpes_events.reporting.published import Elsewhere, Figures
from alpes_events.reporting.shared_rows import SharedRows
from alpes_events.statistics.cuts import Cut
from alpes_events.statistics.published import protected
from alpes_events.statistics.published_tally import hidden_parts
from alpes_events.statistics.small_cells import Addition
from alpes_events.statistics.year_report import YearReport

_HIRES = ("hires", "trained_hires")
_CUTS = (Cut.ALL, Cut.CONTRACT, Cut.TERRITORY)


@dataclass(frozen=True)
class _Hires:
    """A number of contracts signed that the statistics have, and whether they hide it."""

    name: str
    value: int
    is_hidden: bool
    trained: bool
    cut: Cut
    part: str


def elsewhere(
    rows: SharedRows, catalogue: Mapping[str, Definition], year: int, figures: Figures, *, threshold: int
) -> Elsewhere:
    """What is read beside the figures of a year."""
    report = rows.report(year)
    told = None if report is None else protected(report, threshold=threshold)
    hires = [] if report is None or told is None else _hires(report, told)
    hidden = {
        **_of_events(catalogue, told),
        **_of_clause(rows, catalogue, year, threshold),
        **{one.name: one.is_hidden for one in hires},
    }
    sums = tuple(_sums_of_hires(hires, figures))
    shown = {name for name, is_hidden in hidden.items() if not is_hidden}
    return Elsewhere(
        hidden=frozenset(hidden.keys() - shown),
        shown=frozenset(shown | {one.total for one in sums if shown.issuperset(one.parts)}),
        cells={one.name: one.value for one in hires},
        sums=sums,
    )


def _of_events(catalogue: Mapping[str, Definition], shown: YearReport | None) -> dict[str, bool]:
    """By the name of a figure of an event, whether the statistics hide it."""
    patterns = {one.given: one for one in catalogue.values() if one.source == "events"}
    told = ((measure, member, hidden) for measure, member, hidden in events_told(shown) if measure in patterns)
    return {patterns[measure].named(member): hidden for measure, member, hidden in told}


def _of_clause(rows: SharedRows, catalogue: Mapping[str, Definition], year: int, threshold: int) -> dict[str, bool]:
    """By the name of a figure of hours or of people at work, whether the tally hides it."""
    facts = rows.hours(year)
    hidden = hidden_parts(tally(facts), {cut: lines(facts, cut) for cut in NATIONAL}, threshold=threshold)
    rules = (one for one in catalogue.values() if one.source == "clause")
    return {one.id: key in hidden for one in rules if (key := hours_key(one.given)) is not None}


def _hires(report: YearReport, shown: YearReport) -> list[_Hires]:
    """The contracts that the statistics count: all, by kind and by territory, and those after a training."""
    return [
        _Hires(
            f"{one.indicator} {one.cut.value} {one.part}",
            one.value,
            told.hidden,
            one.indicator != _HIRES[0],
            one.cut,
            one.part,
        )
        for one, told in zip(report.figures.rows, shown.figures.rows, strict=True)
        if one.indicator in _HIRES and one.cut in _CUTS and one.value is not None
    ]


def _sums_of_hires(hires: Sequence[_Hires], figures: Figures) -> Iterator[Addition[str]]:
    """What readers add up of contracts with both pages before them: a figure and what counts the same there; the lists
    by employer that make a number of the statistics together.
    """
    counts = [one for one in figures.values() if _counts_hires(one)]
    by_part = {(one.cut, one.part): one.name for one in hires if not one.trained}
    for one in counts:
        names = [by_part.get(part) for part in _parts(one)]
        if names and all(names):
            yield Addition(one.id, tuple(name for name in names if name))
    for whole in hires:
        listed = [one for one in counts if one.member and _is_within(one, whole)]
        if listed and sum(int(one.value or 0) for one in listed) == whole.value:
            yield Addition(whole.name, tuple(one.id for one in listed))


def _counts_hires(one: ReportFigure) -> bool:
    rule = one.definition
    return rule.source == "hires" and rule.measure is Measure.ROWS and one.value is not None


def _parts(one: ReportFigure) -> list[tuple[Cut, str]]:
    """The parts of the statistics that make a figure of no list; none where they have them not apart."""
    match sorted((name, *words) for name, words in one.definition.where.items()):
        case _ if one.member:
            return []
        case []:
            return [(Cut.ALL, "")]
        case [(("contract" | "territory") as cut, *words)]:
            return [(Cut(cut), word) for word in words]
        case _:
            return []


def _is_within(one: ReportFigure, whole: _Hires) -> bool:
    """Whether the contracts that a figure of a list counts are some of those: by their kind, or where."""
    where = one.definition.where
    if whole.trained and where.get("training", ("",)) == ("",):
        return False
    if ("territory" in where) != (whole.cut is Cut.TERRITORY):
        return False
    return whole.cut is Cut.ALL or tuple(where.get(whole.cut.value, ())) == (whole.part,)
