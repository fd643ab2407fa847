"""Which figures of a year are not for everybody: few people, and what would tell of them. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from alpes_events.reporting.definition import MEMBER, Formula, Op
from alpes_events.reporting.evaluating import ReportFigure
from alpes_events.reporting.splits import splits
from alpes_events.reporting.sums_read import (
    Figures,
    declared,
    no_more_than,
    of_few,
    of_people,
    parts_within,
    worked_out,
)
from alpes_events.statistics.small_cells import Addition, hidden_cells


@dataclass(frozen=True)
class Elsewhere:
    """What other pages say of a year, read beside the report: the figures that they hide, those that they show, and
    numbers of people that the report has not, by a name of their own, with the sums that figures make with them, and
    which figures count some `within` which numbers.
    """

    hidden: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    cells: Mapping[str, int] = field(default_factory=dict)
    sums: Sequence[Addition[str]] = ()
    within: Sequence[tuple[str, str]] = ()


NOTHING_ELSE = Elsewhere()


def hidden_figures(
    figures: Figures,
    *,
    threshold: int,
    earlier: frozenset[str] | None = frozenset(),
    elsewhere: Elsewhere = NOTHING_ELSE,
) -> frozenset[str]:
    """The ids of the figures to hide. `threshold` is the smallest number of people that may be shown; `earlier` are
    those hidden of the year before (None: nobody knows which, and all that looks back is hidden).

    A small number is hidden, and what the records of few people give in whatever unit, with one more wherever sums of
    the report would give it away, and all that is worked out from what is hidden: the sum of a list too, where one of
    its members is.
    """
    if threshold <= 1:
        return frozenset()
    people = of_people(figures)
    cells = {one.id: int(one.value) for one in people.values() if one.value is not None} | dict(elsewhere.cells)
    sums = [*declared(figures, cells), *worked_out(figures, cells), *splits(figures, cells)]
    for whole, part in (*parts_within(figures), *no_more_than(figures), *elsewhere.within):
        if whole in cells and part in cells and cells[whole] >= cells[part]:
            rest = f"{whole} - {part}"
            cells[rest] = cells[whole] - cells[part]
            sums.append(Addition(whole, (part, rest)))
    sums += [one for one in elsewhere.sums if cells.keys() >= {one.total, *one.parts}]
    secret = elsewhere.hidden | {one.id for one in figures.values() if of_few(one, threshold)}
    found = hidden_cells(cells, sums, threshold=threshold, secret=secret, public=elsewhere.shown)
    hidden = {*found, *secret} & figures.keys()
    return frozenset(_with_what_rests_on(figures, hidden, earlier))


@dataclass(frozen=True)
class Hidden:
    """The ids hidden of a year, and of the year before it."""

    now: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()


def _nothing(_year: int, _figures: Figures) -> Elsewhere:
    return NOTHING_ELSE


def hidden_of_year(
    figures_of: Callable[[int], Figures | None],
    year: int,
    *,
    threshold: int,
    elsewhere: Callable[[int, Figures], Elsewhere] = _nothing,
) -> Hidden:
    """What is hidden of a year and of the one before. `figures_of` gives the figures of a year (None: not known),
    `elsewhere` what other pages say of them.
    """
    if threshold <= 1:
        return Hidden()
    found: list[frozenset[str] | None] = [None]
    for one in (year - 2, year - 1, year):
        figures = figures_of(one)
        found.append(
            None
            if figures is None
            else hidden_figures(figures, threshold=threshold, earlier=found[-1], elsewhere=elsewhere(one, figures))
        )
    *_, before, now = found
    return Hidden(now or frozenset(), before or frozenset())


def _with_what_rests_on(figures: Figures, hidden: set[str], earlier: frozenset[str] | None) -> set[str]:
    formulas = [one for one in figures.values() if one.definition.formula is not None]
    while True:
        more = {one.id for one in formulas if one.id not in hidden and _rests_on(one, hidden, earlier)}
        if not more:
            return hidden
        hidden |= more


def _rests_on(one: ReportFigure, hidden: set[str], earlier: frozenset[str] | None) -> bool:
    formula = one.definition.formula
    assert formula is not None
    looks_back = {name for name, before in formula.names() if before} | _changing(formula)
    if looks_back and earlier is None:
        return True
    now = {name for name, before in formula.names() if not before}
    return _any_named(now, one, hidden) or _any_named(looks_back, one, earlier or frozenset())


def _changing(formula: Formula) -> set[str]:
    """The figures that a formula compares with the year before."""
    own = {name for name, _before in formula.names()} if formula.op is Op.CHANGE else set()
    return own.union(*(_changing(one) for one in formula.of if isinstance(one, Formula)))


def _any_named(names: set[str], one: ReportFigure, hidden: Collection[str]) -> bool:
    """Whether one of these figures is hidden; of a list, that of its own member, or any where it has none."""
    for name in names:
        if MEMBER not in name or one.member:
            if name.replace(MEMBER, one.member) in hidden:
                return True
        elif any(_is_of(other, name) for other in hidden):
            return True
    return False


def _is_of(name: str, pattern: str) -> bool:
    """Whether a figure is of a list."""
    before, after = pattern.split(MEMBER)
    return len(name) > len(before) + len(after) and name.startswith(before) and name.endswith(after)
