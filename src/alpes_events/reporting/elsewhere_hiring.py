"""What the statistics of hiring say beside the report: contracts signed and candidates of sessions, with the sums and
parts that readers of both can work out. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from alpes_events.hiring.codes import TrainingKind
from alpes_events.reporting.definition import Measure
from alpes_events.reporting.evaluating import ReportFigure
from alpes_events.reporting.published import Elsewhere
from alpes_events.reporting.sums_read import Figures
from alpes_events.statistics.cuts import YES, Cut
from alpes_events.statistics.small_cells import Addition
from alpes_events.statistics.year_report import YearReport

HIRES, TRAINED, CANDIDATES = "hires", "trained_hires", "session_candidates"
_CUTS = (Cut.ALL, Cut.CONTRACT, Cut.TERRITORY)
_EVERY_TRAINING = frozenset(one.value for one in TrainingKind)
Place = tuple[str, Cut, str]
"""Where a number stands in the statistics: its indicator, cut and part."""


@dataclass(frozen=True)
class _Cell:
    """A number of the statistics, and whether they hide it."""

    place: Place
    value: int
    is_hidden: bool

    @property
    def name(self) -> str:
        """Its name among the figures of the report."""
        return " ".join(map(str, self.place)).strip()


def beside_hiring(report: YearReport, told: YearReport, figures: Figures) -> Elsewhere:
    """What the statistics of hiring of a year say of its figures; `told` is the report as readers see it."""
    cells = _cells(report, told)
    same = list(_same_counts(cells, figures))
    sums, values = [*_own_sums(cells), *same], {one.name: one.value for one in cells}
    for whole, listed, rest in _lists_within(cells, figures):
        values[f"{whole.name}, in no list"] = rest
        sums.append(Addition(whole.name, (*listed, f"{whole.name}, in no list")))
    shown = {one.name for one in cells if not one.is_hidden}
    return Elsewhere(
        hidden=frozenset(one.name for one in cells if one.is_hidden),
        shown=frozenset(shown | {one.total for one in same if shown.issuperset(one.parts)}),
        cells=values,
        sums=tuple(sums),
        within=tuple(_parts_within(cells, figures)),
    )


def _cells(report: YearReport, shown: YearReport) -> list[_Cell]:
    """The numbers of people that the statistics of a year have of hiring."""
    return [
        _Cell((one.indicator, one.cut, one.part), one.value, told.hidden)
        for one, told in zip(report.figures.rows, shown.figures.rows, strict=True)
        if one.indicator in (HIRES, TRAINED, CANDIDATES) and one.cut in _CUTS and one.value is not None
    ]


def _own_sums(cells: Sequence[_Cell]) -> Iterator[Addition[str]]:
    """The sums of the statistics: all of an indicator is its parts, by contract and by territory."""
    by_place = {one.place: one for one in cells}
    for one in cells:
        indicator, cut, _part = one.place
        for other in _CUTS[1:] if cut is Cut.ALL else ():
            parts = [part for place, part in by_place.items() if place[:2] == (indicator, other)]
            if parts and sum(part.value for part in parts) == one.value:
                yield Addition(one.name, tuple(part.name for part in parts))


def _same_counts(cells: Sequence[_Cell], figures: Figures) -> Iterator[Addition[str]]:
    """Each figure of no list with the numbers of the statistics that make it."""
    names = {one.place: one.name for one in cells}
    for one in figures.values():
        if one.member or one.value is None:
            continue
        places, less = _made_of(one)
        if places and all(place in names for place in (*places, *less)):
            if less:
                yield Addition(names[places[0]], (one.id, *(names[place] for place in less)))
            else:
                yield Addition(one.id, tuple(names[place] for place in places))


def _lists_within(cells: Sequence[_Cell], figures: Figures) -> Iterator[tuple[_Cell, tuple[str, ...], int]]:
    """The numbers of the statistics of which lists of the report are a part: their figures, and the rest."""
    for whole in cells:
        listed = [one for one in figures.values() if one.member and _is_within(one, whole.place)]
        rest = whole.value - sum(int(one.value or 0) for one in listed)
        if listed and rest >= 0:
            yield whole, tuple(one.id for one in listed), rest


def _parts_within(cells: Sequence[_Cell], figures: Figures) -> Iterator[tuple[str, str]]:
    """Each number of the statistics with a figure that counts some of it."""
    for whole in cells:
        for one in figures.values():
            if _is_within(one, whole.place) and one.value is not None and one.value <= whole.value:
                yield whole.name, one.id


def _made_of(one: ReportFigure) -> tuple[list[Place], list[Place]]:
    """The places that make a figure added up, and those to take off; none where the statistics have no such place."""
    where = _where(one)
    if where is None:
        return [], []
    if one.definition.source != HIRES:
        return ([_heads(where)] if where.keys() == {"heads"} else []), []
    training = where.pop("training", None)
    cuts = [(Cut(name), word) for name, words in where.items() for word in sorted(words)] or [(Cut.ALL, "")]
    if len(where) > 1:
        return [], []
    if training == {""} and len(cuts) == 1:
        return [(HIRES, *cuts[0])], [(TRAINED, *cuts[0])]
    if training is not None and training != _EVERY_TRAINING:
        return [], []
    return [(TRAINED if training else HIRES, *cut) for cut in cuts], []


def _is_within(one: ReportFigure, place: Place) -> bool:
    """Whether what a figure counts is some of what stands at a place, by its contract, training or territory."""
    indicator, cut, part = place
    where = _where(one)
    if where is None or (one.definition.source == HIRES) == (indicator == CANDIDATES):
        return False
    if indicator == CANDIDATES:
        return place == _heads(where)
    if indicator == TRAINED and ("training" not in where or "" in where["training"]):
        return False
    if one.member and ("territory" in where) != (cut is Cut.TERRITORY):
        return False
    return cut is Cut.ALL or where.get(cut.value) == {part}


def _heads(where: Mapping[str, set[str]]) -> Place:
    """Where the statistics have the heads of sessions that a figure counts."""
    return (CANDIDATES, Cut.TERRITORY, YES) if where.get("heads") == {"territory"} else (CANDIDATES, Cut.ALL, "")


def _where(one: ReportFigure) -> dict[str, set[str]] | None:
    """The conditions of a figure that counts contracts or heads of sessions; None for others."""
    rule = one.definition
    counts = {HIRES: Measure.ROWS, "recruitment_sessions": Measure.SUM}
    if rule.source not in counts or rule.measure is not counts[rule.source] or one.value is None:
        return None
    known: Mapping[str, Sequence[str]] = rule.where
    if not known.keys() <= {"contract", "training", "territory", "heads", "operation"}:
        return None
    return {name: set(words) for name, words in known.items()}
