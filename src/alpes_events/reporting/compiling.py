"""Compiling the figures of a year: written once as they stand, and again only when they differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from alpes_events.reporting.catalogue import digest
from alpes_events.reporting.custom import catalogue_of
from alpes_events.reporting.evaluating import Evaluation, ReportFigure
from alpes_events.reporting.models import ReportCompilation


@dataclass(frozen=True)
class CountedYear:
    """The figures of a year as the records said them at one moment, and the digest of the rules that counted them."""

    year: int
    figures: Mapping[str, ReportFigure]
    by_rule: str


def count_year(db: Session, year: int) -> CountedYear:
    """Every figure of the year as the records say it now, written nowhere."""
    return count_years(db, (year,))[0]


def count_years(db: Session, years: Iterable[int]) -> list[CountedYear]:
    """Every figure of these years, of one moment."""
    evaluation = Evaluation(db, catalogue_of(db))
    by_rule = digest(evaluation.catalogue.values())
    return [CountedYear(one, evaluation.of_year(one), by_rule) for one in years]


def keep_compilation(db: Session, counted: CountedYear, *, now: datetime) -> ReportCompilation:
    """Keep what was counted: a row is written when a figure or a definition differs from the last one.

    Counting is long, and is done before, outside of the transaction that writes.
    """
    figures = {
        one.id: [None if one.value is None else str(one.value), one.rows, one.people]
        for one in counted.figures.values()
    }
    last = last_compilations(db, (counted.year,)).get(counted.year)
    if last is not None and last.figures == figures and last.definitions == counted.by_rule:
        return last
    row = ReportCompilation(year=counted.year, compiled_at=now, definitions=counted.by_rule, figures=figures)
    db.add(row)
    db.flush()
    return row


def keep_compilations(db: Session, counted: Iterable[CountedYear], *, now: datetime) -> int:
    """Keep these years. Gives how many have new figures."""
    return sum(1 for one in counted if keep_compilation(db, one, now=now).compiled_at == now)


def last_compilations(db: Session, years: Iterable[int]) -> dict[int, ReportCompilation]:
    """The figures of each year as last compiled, where they were."""
    last = select(func.max(ReportCompilation.id)).where(col(ReportCompilation.year).in_([*years]))
    asked = select(ReportCompilation).where(col(ReportCompilation.id).in_(last.group_by(col(ReportCompilation.year))))
    return {one.year: one for one in db.exec(asked)}
