"""One figure over the years, and month by month where its records have one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from alpes_events.reporting.behind import opens
from alpes_events.reporting.definition import Definition
from alpes_events.reporting.evaluating import Evaluation, ReportFigure

YEARS_BEFORE = 5
_BY_MONTH = frozenset({"acts", "exits", "hires"})
_MONTHS = tuple(f"{number:02d}" for number in range(1, 13))


@dataclass(frozen=True)
class FigureOverTime:
    """A figure of a year; the same in each year up to it; and in each of its months, none where it has none."""

    figure: ReportFigure
    years: Sequence[tuple[int, ReportFigure]]
    months: Sequence[tuple[str, ReportFigure]]


def figure_over_time(evaluation: Evaluation, definition: Definition, member: str, year: int) -> FigureOverTime:
    """The figure in the year and the five before, each counted as the records say now."""
    years = [(one, evaluation.figure(definition, member, one)) for one in range(year - YEARS_BEFORE, year + 1)]
    figure = years[-1][1]
    shown = _MONTHS if has_months(definition, member) and figure.value is not None else ()
    return FigureOverTime(figure, years, [(one, _in_month(evaluation, definition, member, year, one)) for one in shown])


def has_months(definition: Definition, member: str) -> bool:
    """Whether each of its records stands in a month of the year that may be told apart: where the records may not be
    opened, a month of one exit would tell of whom.
    """
    return opens(definition, member) and definition.source in _BY_MONTH and "month" not in definition.where


def _in_month(evaluation: Evaluation, definition: Definition, member: str, year: int, month: str) -> ReportFigure:
    part = replace(definition, id=f"{definition.id}/{month}", where={**definition.where, "month": (month,)})
    return evaluation.figure(part, member, year)
