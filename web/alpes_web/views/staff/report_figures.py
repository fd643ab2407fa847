"""The figures of the yearly report: a year of them, each with its definition and what is behind it, their checks."""

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.attested.commands import FIRST_YEAR, YEARS_AHEAD
from alpes_events.attested.queries import standing_count
from alpes_events.database.page import Page
from alpes_events.reporting.behind import opens, records_behind
from alpes_events.reporting.checks import Verdict, check_figures, declared_checks
from alpes_events.reporting.custom import catalogue_of
from alpes_events.reporting.definition import Basis, Definition, Measure, named
from alpes_events.reporting.evaluating import Evaluation, ReportFigure
from alpes_events.reporting.figure_list import figures_of_year, report_years
from alpes_events.reporting.hiding import asks_whole_years, hidden_in
from alpes_events.reporting.naming import CHAPTERS, called, chapter_of, whole_labels
from alpes_events.reporting.numbers import read_as
from alpes_events.reporting.record import Opened, RecordBehind
from alpes_events.reporting.refusals import UnknownFigure
from alpes_events.reporting.targets import target_of
from alpes_web.clocks import today
from alpes_web.languages import language
from alpes_web.site import site
from alpes_web.staff.report_figure_page import FigurePage, amount_read, figure_page, read_figure
from alpes_web.staff.report_record_links import address_of, origin
from alpes_web.staff.scope import coordinates, smallest_told
from alpes_web.staff.table import asked_part, asked_text

report_figures = Blueprint("report_figures", __name__, url_prefix="/staff/reports/figures")

_ROWS = 50
_AMOUNTS = frozenset({Measure.SUM, Measure.MEAN, Measure.GIVEN})
"""The measures of which each record has an amount of its own."""
_YEAR = "<int(fixed_digits=4):year>"


@report_figures.get("")
def latest() -> Response:
    """The last year that is over and of which something is known."""
    with site().database.reading() as db:
        over = [year for year in report_years(db) if FIRST_YEAR <= year < this_year()]
    return redirect(url_for("report_figures.year", year=over[0] if over else this_year()), 303)


@report_figures.get(f"/{_YEAR}")
def year(year: int) -> str:
    """Every figure of a year, chapter by chapter."""
    check_year(year)
    text = asked_text()
    with site().database.one_state() as db:
        chapters = figures_of_year(db, year, language=language(), threshold=smallest_told(db), text=text)
        years = years_shown(db, year)
    return render_template(
        "staff/report/figures.html",
        section="report",
        year=year,
        years=years,
        text=text,
        chapters=chapters,
        count=sum(len(one.figures) for one in chapters),
        read=read_figure,
        read_target=lambda one: read_as(one.figure.definition, one.target, language()),
        writes=coordinates(),
    )


@report_figures.get(f"/{_YEAR}/<path:name>")
def figure(year: int, name: str) -> str:
    """One figure: what it counts, what it was in the years before, and its records, for those who see everyone."""
    check_year(year)
    with site().database.one_state() as db:
        rules, threshold = catalogue_of(db), smallest_told(db)
        meant = named(rules, name)
        if meant is None:
            raise UnknownFigure
        evaluation = Evaluation(db, rules, sparing=not asks_whole_years(meant[0], rules, threshold=threshold))
        page = figure_page(evaluation, *meant, year=year, threshold=threshold)
        opened = _behind(db, evaluation, page, year) if coordinates() else None
        rows = None if opened is None else opened.page
        target = standing_count(db, target_of(page.figure.id), f"{year:04d}") if page.target else None
        counts_it = origin(evaluation, page.figure.definition, page.figure.member, year) if page.is_given else ""
        attested = _attested(db, page.figure, year)
    if rows is not None and not rows.rows and rows.part.number > 1:
        abort(404)
    return render_template(
        "staff/report/figure.html",
        section="report",
        year=year,
        page=page,
        rows=rows,
        address_of=address_of,
        says_amounts=rows is not None and _have_amounts(page.figure.definition, rows),
        amount=lambda row: amount_read(page.figure.definition, row.quantity),
        changed=opened is not None and opened.differs,
        origin=counts_it,
        attested_id=attested,
        target_id=None if target is None else target.id,
        chapter=CHAPTERS[chapter_of(name)],
        writes=coordinates(),
    )


@report_figures.get(f"/{_YEAR}/checks")
def checks(year: int) -> str:
    """What figures owe each other: what disagrees first."""
    check_year(year)
    with site().database.one_state() as db:
        evaluation = Evaluation(db, catalogue_of(db))
        found = evaluation.of_year(year)
        hidden = hidden_in(evaluation, year, threshold=smallest_told(db)).now
        years = years_shown(db, year)
    labels = whole_labels(evaluation.catalogue, language())
    lines = check_figures(declared_checks(), found)
    return render_template(
        "staff/report/checks.html",
        section="report",
        year=year,
        years=years,
        lines={verdict: [one for one in lines if one.verdict is verdict] for verdict in _ORDER},
        named=lambda one: called(one, labels, language()),
        read=read_figure,
        hidden=hidden,
    )


_ORDER = (Verdict.DISAGREES, Verdict.OPEN, Verdict.AGREES)


def check_year(year: int) -> None:
    """End with 404 for a year out of reason."""
    if not FIRST_YEAR <= year <= this_year() + YEARS_AHEAD:
        abort(404)


def years_shown(db: Session, year: int) -> list[int]:
    """The years to switch between, the last first: none is left out, and none is to come unless it is shown."""
    last = max(year, this_year())
    first = max(FIRST_YEAR, min(year, this_year() - 1, *report_years(db)))
    return list(range(last, first - 1, -1))


def this_year() -> int:
    """The year in which we are here."""
    return today().year


def _behind(db: Session, evaluation: Evaluation, page: FigurePage, year: int) -> Opened | None:
    definition, member = page.figure.definition, page.figure.member
    if not opens(definition, member) or page.figure.value is None:
        return None
    return records_behind(
        db, evaluation, definition, member, year, part=asked_part(_ROWS), now=site().now(), language=language()
    )


def _have_amounts(definition: Definition, rows: Page[RecordBehind]) -> bool:
    """Whether each record counts for so much, and not for one."""
    return definition.measure in _AMOUNTS and any(row.quantity != 1 for row in rows.rows)


def _attested(db: Session, figure: ReportFigure, year: int) -> int | None:
    """The count by which a figure of the whole year is attested."""
    if figure.definition.basis is not Basis.ATTESTED:
        return None
    count = standing_count(db, figure.id, f"{year:04d}")
    return None if count is None else count.id
