"""Which figures of a year are not for everybody: few people, and what would tell of them. Pure."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from alpes_events.reporting.checks import Verdict, check_figures, declared_checks
from alpes_events.reporting.definition import MEMBER, Definition, Formula, Op
from alpes_events.reporting.evaluating import ReportFigure
from alpes_events.reporting.splits import splits
from alpes_events.statistics.small_cells import Addition, hidden_cells

OF_PEOPLE = frozenset({"person", "exit", "contract"})
"""Units whose small numbers point to somebody."""
Figures = Mapping[str, ReportFigure]
_ADDING = frozenset({Op.SUM, Op.DIFFERENCE, Op.SUM_EACH})


@dataclass(frozen=True)
class Elsewhere:
    """What other pages say of a year, read beside the report: the figures that they hide, those that they show, and
    numbers of people that the report has not, by a name of their own, with the sums that figures make with them.
    """

    hidden: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    cells: Mapping[str, int] = field(default_factory=dict)
    sums: Sequence[Addition[str]] = ()


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

    A small number is hidden, with one more wherever sums of the report would give it away, and all that is worked out
    from what is hidden: the sum of a list too, where one of its members is.
    """
    if threshold <= 1:
        return frozenset()
    people = _of_people(figures)
    cells = {one.id: int(one.value) for one in people.values() if one.value is not None}
    sums = [*_declared(figures, cells), *_worked_out(figures, cells), *splits(figures, cells)]
    for whole, part in (*_parts_within(figures), *_no_more_than(figures)):
        if whole in cells and part in cells and cells[whole] >= cells[part]:
            rest = f"{whole} - {part}"
            cells[rest] = cells[whole] - cells[part]
            sums.append(Addition(whole, (part, rest)))
    cells |= elsewhere.cells
    sums += [one for one in elsewhere.sums if cells.keys() >= {one.total, *one.parts}]
    found = hidden_cells(cells, sums, threshold=threshold, secret=elsewhere.hidden, public=elsewhere.shown)
    hidden = {*found, *elsewhere.hidden} & figures.keys()
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


def _of_people(figures: Figures) -> dict[str, ReportFigure]:
    """The figures that are whole numbers of people: by their unit, or as the sum or the rest of such figures."""
    found = {one.id: one for one in figures.values() if one.definition.unit in OF_PEOPLE and _is_whole(one)}
    while True:
        more = {
            one.id: one
            for one in figures.values()
            if one.id not in found
            and _is_whole(one)
            and (parts := _operands(one, figures))
            and found.keys() >= {*parts}
        }
        if not more:
            return found
        found |= more


def _is_whole(one: ReportFigure) -> bool:
    return one.value is not None and one.value.denominator == 1


def _operands(one: ReportFigure, figures: Figures) -> list[str]:
    """The figures that are added or taken off to make it; none where it is made in another way."""
    formula = one.definition.formula
    if formula is None or formula.op not in _ADDING or not all(isinstance(name, str) for name in formula.of):
        return []
    names = [str(name) for name in formula.of]
    if formula.op is Op.SUM_EACH:
        return [other.id for other in figures.values() if other.definition.id == names[0]]
    return [name.replace(MEMBER, one.member) for name in names]


def _worked_out(figures: Figures, cells: Mapping[str, int]) -> Iterator[Addition[str]]:
    """What formulas add up and take off: whoever reads their figures can do it again."""
    for one in figures.values():
        names = _operands(one, figures)
        if not names or one.id not in cells or not all(name in cells for name in names):
            continue
        formula = one.definition.formula
        if formula is not None and formula.op is Op.DIFFERENCE:
            yield Addition(names[0], (one.id, *names[1:]))
        else:
            yield Addition(one.id, tuple(names))


def _declared(figures: Figures, cells: Mapping[str, int]) -> Iterator[Addition[str]]:
    for one in check_figures(declared_checks(), figures):
        names = [one.whole.id, *(part.id for part in one.parts)]
        if one.check.is_total and one.verdict is Verdict.AGREES and all(name in cells for name in names):
            yield Addition(names[0], tuple(names[1:]))


def _no_more_than(figures: Figures) -> Iterator[tuple[str, str]]:
    """Each figure with one that a check says is a part of it."""
    for one in check_figures(declared_checks(), figures):
        if not one.check.is_total and one.verdict is Verdict.AGREES:
            yield one.parts[0].id, one.whole.id


def _parts_within(figures: Figures) -> Iterator[tuple[str, str]]:
    """Each figure with one that counts the same under one condition more: the rest is a number of people too."""
    alike: dict[tuple[object, ...], list[ReportFigure]] = {}
    for one in figures.values():
        rule = one.definition
        if rule.source and rule.unit in OF_PEOPLE and not rule.given:
            alike.setdefault((rule.source, rule.measure, rule.each, rule.members, one.member), []).append(one)
    for group in alike.values():
        for part in group:
            within = [one for one in group if _holds(one.definition, part.definition)]
            if within:
                yield max(within, key=lambda one: len(one.definition.where)).id, part.id


def _holds(whole: Definition, part: Definition) -> bool:
    mine, theirs = set(whole.where.items()), set(part.where.items())
    return mine < theirs


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
