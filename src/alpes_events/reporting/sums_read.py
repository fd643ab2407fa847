"""The sums that readers can do with the figures of a year: those that checks declare, that formulas do, and the rest
between a figure and a part of it. Pure.
"""

from collections.abc import Iterator, Mapping

from alpes_events.reporting.checks import Verdict, check_figures, declared_checks
from alpes_events.reporting.definition import MEMBER, Definition, Measure, Op
from alpes_events.reporting.evaluating import ReportFigure
from alpes_events.statistics.small_cells import Addition

OF_PEOPLE = frozenset({"person", "exit", "contract"})
"""Units whose small numbers point to somebody."""
Figures = Mapping[str, ReportFigure]
_ADDING = frozenset({Op.SUM, Op.DIFFERENCE, Op.SUM_EACH})
_OF_THINGS = frozenset({Measure.GROUPS, Measure.ORGANISATIONS})


def tells_of_people(one: ReportFigure) -> bool:
    """Whether a figure counts people, or records that name some, whatever it is printed in."""
    return one.definition.unit in OF_PEOPLE or bool(one.people and one.definition.measure not in _OF_THINGS)


def of_few(one: ReportFigure, threshold: int) -> bool:
    """Whether fewer people than may be shown are named by the records of a figure."""
    return tells_of_people(one) and one.people is not None and 0 < one.people < threshold


def of_people(figures: Figures) -> dict[str, ReportFigure]:
    """The figures that are whole numbers of people: by their unit, or as the sum or the rest of such figures."""
    found = {one.id: one for one in figures.values() if tells_of_people(one) and _is_whole(one)}
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


def worked_out(figures: Figures, cells: Mapping[str, int]) -> Iterator[Addition[str]]:
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


def declared(figures: Figures, cells: Mapping[str, int]) -> Iterator[Addition[str]]:
    """The totals that checks declare, where they agree."""
    for one in check_figures(declared_checks(), figures):
        names = [one.whole.id, *(part.id for part in one.parts)]
        if one.check.is_total and one.verdict is Verdict.AGREES and all(name in cells for name in names):
            yield Addition(names[0], tuple(names[1:]))


def no_more_than(figures: Figures) -> Iterator[tuple[str, str]]:
    """Each figure with one that a check says is a part of it."""
    for one in check_figures(declared_checks(), figures):
        if not one.check.is_total and one.verdict is Verdict.AGREES:
            yield one.parts[0].id, one.whole.id


def parts_within(figures: Figures) -> Iterator[tuple[str, str]]:
    """Each figure with one that counts the same under one condition more: the rest is a number of people too."""
    alike: dict[tuple[object, ...], list[ReportFigure]] = {}
    for one in figures.values():
        rule = one.definition
        if rule.source and tells_of_people(one) and not rule.given:
            alike.setdefault((rule.source, rule.measure, rule.each, rule.members, one.member), []).append(one)
    for group in alike.values():
        for part in group:
            within = [one for one in group if _holds(one.definition, part.definition)]
            if within:
                yield max(within, key=lambda one: len(one.definition.where)).id, part.id


def _holds(whole: Definition, part: Definition) -> bool:
    mine, theirs = set(whole.where.items()), set(part.where.items())
    return mine < theirs
