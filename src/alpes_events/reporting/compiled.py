"""The figures of a year as they were compiled: read again, without counting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlmodel import Session

from alpes_events.language.refusal import NotFound
from alpes_events.language.sentence import N_
from alpes_events.reporting.compiling import last_compilations
from alpes_events.reporting.custom import catalogue_of
from alpes_events.reporting.definition import Definition, named
from alpes_events.reporting.evaluating import ReportFigure
from alpes_events.reporting.hiding import hidden_in_compiled
from alpes_events.reporting.models import ReportCompilation
from alpes_events.reporting.naming import called, whole_labels


class ReportNotCompiled(NotFound):
    """The report's figures of a year that is not over, or was never compiled."""

    def __init__(self, *, year: int) -> None:
        super().__init__(
            N_("Les chiffres du rapport de %(year)s ne sont pas arrêtés : lancez alpes report compile."), year=year
        )


@dataclass(frozen=True)
class CompiledFigure:
    """A figure as it may be shown outside. `hidden`: it is of few people, and has no value here."""

    figure: ReportFigure
    label: str
    hidden: bool


@dataclass(frozen=True)
class CompiledYear:
    """The figures of a year as last compiled."""

    compiled_at: datetime
    figures: dict[str, CompiledFigure]


def compiled_year(db: Session, year: int, *, threshold: int, language: str) -> CompiledYear:
    """The figures of a year, small numbers of people hidden. Raises `ReportNotCompiled`."""
    catalogue, rows = catalogue_of(db), last_compilations(db, (year - 2, year - 1, year))
    row = rows.get(year)
    if row is None:
        raise ReportNotCompiled(year=year)
    years = {one: _figures(kept, catalogue) for one, kept in rows.items()}
    hidden = hidden_in_compiled(db, years, catalogue, year, threshold=threshold).now
    labels = whole_labels(catalogue, language)
    return CompiledYear(
        row.compiled_at,
        {name: CompiledFigure(one, called(one, labels, language), name in hidden) for name, one in years[year].items()},
    )


def _figures(row: ReportCompilation, catalogue: Mapping[str, Definition]) -> dict[str, ReportFigure]:
    """The figures of a year that are still defined."""
    found = {}
    for name, (value, rows, *people) in row.figures.items():
        meant = named(catalogue, name)
        if meant is not None:
            exact = None if value is None else Fraction(value)
            found[name] = ReportFigure(name, meant[0], meant[1], exact, rows, *people)
    return found
