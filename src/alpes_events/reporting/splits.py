"""Sums that readers can do without a check or formula that says so: parts of one whole, and figures that count the
same. Pure.
"""

from collections.abc import Iterator, Mapping

from alpes_events.reporting.evaluating import ReportFigure
from alpes_events.statistics.small_cells import Addition

Asked = frozenset[tuple[str, tuple[str, ...]]]
_Counting = tuple[str, str, Asked]


def splits(figures: Mapping[str, ReportFigure], cells: Mapping[str, int]) -> Iterator[Addition[str]]:
    """The sums among the figures of `cells`: a whole and its parts by the words of one column, where they make it;
    a figure and another of the same conditions.
    """
    alike: dict[_Counting, list[str]] = {}
    for name, one in figures.items():
        if name in cells and one.definition.source and not one.definition.given:
            alike.setdefault(_counting(one), []).append(name)
    for first, *others in alike.values():
        for other in (one for one in others if cells[one] == cells[first]):
            yield Addition(first, (other,))
    for whole, parts in _parts(alike):
        if whole in alike and len(parts) > 1 and sum(cells[one] for one in parts) == cells[alike[whole][0]]:
            yield Addition(alike[whole][0], tuple(parts))


def _counting(one: ReportFigure) -> _Counting:
    """What it counts, and under which conditions: of a list, that of its member too."""
    rule = one.definition
    asked = {**rule.where, **({rule.each: (one.member,)} if rule.each and one.member else {})}
    return (
        rule.source,
        f"{rule.measure.value} {rule.unit}",
        frozenset((name, tuple(sorted(words))) for name, words in asked.items()),
    )


def _parts(alike: Mapping[_Counting, list[str]]) -> Iterator[tuple[_Counting, list[str]]]:
    """Each whole with its parts by a column: one figure for each word."""
    found: dict[tuple[_Counting, str], list[str]] = {}
    for (source, measure, asked), names in alike.items():
        for condition in asked:
            if len(condition[1]) == 1:
                whole = (source, measure, asked - {condition})
                found.setdefault((whole, condition[0]), []).append(names[0])
    yield from ((whole, parts) for (whole, _column), parts in found.items())
