"""The figures of a year as a list: chapter by chapter, each beside the year before, without what is hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from sqlmodel import Session, col, select

from alpes_events.attested.models import AttestedCount
from alpes_events.reporting.custom import catalogue_of
from alpes_events.reporting.definition import Op
from alpes_events.reporting.evaluating import Evaluation, ReportFigure, rounded
from alpes_events.reporting.hiding import hidden_in
from alpes_events.reporting.models import Report, ReportCompilation
from alpes_events.reporting.naming import CHAPTERS, called, chapter_of, list_called, searched, whole_labels
from alpes_events.reporting.operations import worked_out
from alpes_events.reporting.targets import targets_of
from alpes_events.statistics.queries import compiled_years


@dataclass(frozen=True)
class ListedFigure:
    """A figure in the list. `change` is in percent, to one decimal; None where a year is not known or was 0."""

    figure: ReportFigure
    before: ReportFigure | None
    label: str
    list_label: str
    hidden: bool
    before_hidden: bool
    target: Decimal | None = None

    @property
    def change(self) -> Decimal | None:
        """How much it grew on the year before."""
        if self.hidden or self.before_hidden or self.before is None or self.figure.definition.unit == "percent":
            return None
        if self.figure.value is None or self.before.value is None:
            return None
        found = worked_out(Op.CHANGE, [self.figure.value, self.before.value])
        return None if found is None else rounded(found, 1)


@dataclass(frozen=True)
class FigureChapter:
    """The figures of a chapter."""

    code: str
    words: str
    figures: Sequence[ListedFigure]

    @property
    def single(self) -> list[ListedFigure]:
        """Those that are of no list."""
        return [one for one in self.figures if not one.figure.member]

    @property
    def lists(self) -> list[tuple[str, list[ListedFigure]]]:
        """The lists, each with what it is called."""
        of_lists = [one for one in self.figures if one.figure.member]
        return [
            (figures[0].list_label, figures)
            for _name, members in groupby(of_lists, key=lambda one: one.figure.definition.id)
            if (figures := list(members))
        ]


def figures_of_year(db: Session, year: int, *, language: str, threshold: int, text: str = "") -> list[FigureChapter]:
    """The figures of a year whose label or name holds every word of `text`, chapter by chapter.

    `threshold` is the smallest number of people that may be shown (1 or less: all).
    """
    evaluation = Evaluation(db, catalogue_of(db))
    figures, before = evaluation.of_year(year), evaluation.of_year(year - 1)
    hidden = hidden_in(evaluation, year, threshold=threshold)
    labels, targets = whole_labels(evaluation.catalogue, language), targets_of(evaluation.attested(year))
    names = {name: called(one, labels, language) for name, one in figures.items()}
    chapters: dict[str, list[ListedFigure]] = {code: [] for code in CHAPTERS}
    for name in searched(names.items(), text):
        of_list = list_called(labels[figures[name].definition.id])
        secret = name in hidden.now, name in hidden.before
        one = ListedFigure(figures[name], before.get(name), names[name], of_list, *secret, targets.get(name))
        chapters[chapter_of(name)].append(one)
    return [FigureChapter(code, CHAPTERS[code], lines) for code, lines in chapters.items() if lines]


def report_years(db: Session) -> list[int]:
    """The years that have figures, a report or an attested count, the last first."""
    asked = (
        select(Report.year).where(col(Report.discarded_at).is_(None)),
        select(ReportCompilation.year),
    )
    found = set(compiled_years(db))
    for one in asked:
        found |= set(db.exec(one.distinct()))
    found |= {int(period[:4]) for period in db.exec(select(AttestedCount.period).distinct())}
    return sorted(found, reverse=True)
