"""The figures: a year with its chart and tables, what stands behind each figure, and files of it all."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response as AnyResponse

from alpes_events.database.page import Page, Part
from alpes_events.errands.models import ErrandKind
from alpes_events.hiring.words import CONTRACTS
from alpes_events.language.sentence import N_
from alpes_events.people.audit import AuditAction, note_access
from alpes_events.statistics.cuts import Cut
from alpes_events.statistics.drill_down import Behind, rows_behind
from alpes_events.statistics.export import MEDIA_TYPES, Format, commune_names, exported
from alpes_events.statistics.hiring_behind import HiringBehind, hiring_rows_behind
from alpes_events.statistics.hiring_indicators import HIRING_INDICATORS
from alpes_events.statistics.indicator import Indicator
from alpes_events.statistics.indicators import INDICATORS, any_indicator_named
from alpes_events.statistics.periods import Grain, Period
from alpes_events.statistics.periods import period as period_named
from alpes_events.statistics.published import protected
from alpes_events.statistics.queries import compiled, compiled_years
from alpes_events.statistics.year_report import YearReport, year_report
from alpes_web.clocks import today
from alpes_web.languages import language, translated
from alpes_web.site import site
from alpes_web.staff import figure_tables as tables
from alpes_web.staff import figures as words
from alpes_web.staff.acting import pressed
from alpes_web.staff.asked_work import ask
from alpes_web.staff.figure_chart import by_month, chart
from alpes_web.staff.figure_rows import chosen_part, heading_of, period_title
from alpes_web.staff.hiring_tables import contracts_table, hiring_table
from alpes_web.staff.scope import coordinates, me, smallest_told
from alpes_web.staff.table import asked_part

staff_figures = Blueprint("staff_figures", __name__, url_prefix="/staff/figures")

_WHO = ("participants", "persons", "registered")
_WHO_CUTS = (Cut.TERRITORY, Cut.PRIORITY_DISTRICT, Cut.SEX, Cut.AGE_BAND, Cut.CHANNEL, Cut.KIND)
_ROWS = 50


@staff_figures.get("")
def latest() -> AnyResponse | str:
    """The last year that has figures and has begun."""
    with site().database.reading() as db:
        years = compiled_years(db)
    begun = [year for year in years if year <= today().year] or years
    if begun:
        return redirect(url_for("staff_figures.year", year=begun[-1]), 303)
    return render_template("staff/figures/none.html", section="figures", may_compile=coordinates(), year=today().year)


@staff_figures.get("/<int(fixed_digits=4):year>")
def year(year: int) -> str:
    """One year: in a sentence, drawn, event by event, and by who came."""
    with site().database.reading() as db:
        report = _report(db, year)
        years = compiled_years(db)
        communes = commune_names(db)
    opens = coordinates()
    months = by_month(report.events)
    cuts = [tables.cut_table(report.figures, cut, _WHO, opens=opens) for cut in _WHO_CUTS]
    return render_template(
        "staff/figures/year.html",
        section="figures",
        report=report,
        years=years,
        this_year=today().year,
        sentence=words.enumerated(words.sentence_figures(report, opens=opens)),
        share=words.territory_share(report.events),
        drawing=chart(report.events, months, title=translated(N_("Participants de %(year)s")) % {"year": year}),
        months=tables.month_table(months, opens=opens) if months else None,
        events=tables.event_table(report, opens=opens, today=today()),
        followed=tables.followed_table(report.figures, opens=opens),
        hiring=hiring_table(report.figures, opens=opens),
        contracts=contracts_table(report.figures, opens=opens),
        cuts=[table for table in cuts if table is not None],
        communes=tables.cut_table(report.figures, Cut.COMMUNE, _WHO, opens=opens, communes=communes),
        indicators=(*INDICATORS, *HIRING_INDICATORS),
        may_compile=opens,
    )


@staff_figures.post("/<int(fixed_digits=4):year>")
def compile_now(year: int) -> AnyResponse:
    """Count a year anew from its records: long work, with its page."""
    pressed()
    if not 1990 <= year <= today().year + 10:  # noqa: PLR2004
        abort(404)
    return ask(ErrandKind.FIGURES, wishes={"year": year})


@staff_figures.get("/<int(fixed_digits=4):year>.<any(csv, xlsx, json):form>")
def file(year: int, form: str) -> Response:
    """The figures of a year as a file, noted in the access audit."""
    with site().database.reading() as db:
        report = _report(db, year)
        content = exported(report, Format(form), communes=commune_names(db), language=language())
    note_access(
        site().database, AuditAction.EXPORTED, now=site().now(), account_id=me().account_id, count=len(report.events)
    )
    answer = Response(content, mimetype=MEDIA_TYPES[Format(form)])
    answer.headers["Content-Disposition"] = f'attachment; filename="{translated(N_("chiffres"))}-{year}.{form}"'
    return answer


@staff_figures.get("/<period>/<indicator>")
def rows(period: str, indicator: str) -> str:
    """What one figure counts; and its rows, for those who see everyone."""
    wanted, asked = period_named(period), any_indicator_named(indicator)
    if wanted.grain not in asked.grains:
        abort(404)
    cut, part = chosen_part(asked, wanted, request.args)
    asked_page, opened = asked_part(_ROWS), None
    with site().database.reading() as db:
        title = period_title(db, wanted)
        if coordinates():
            opened = _opened(db, asked, wanted, cut, part, asked_page)
        figures = compiled(db, wanted)
        heading = heading_of(db, asked, cut, part)
    beyond = opened is not None and asked_page.number > 1 and not opened.rows
    uncounted = opened is None and figures is None  # a draft's name is not for those who see figures only
    if beyond or uncounted:
        abort(404)
    return render_template(
        "staff/figures/hiring_rows.html" if asked in HIRING_INDICATORS else "staff/figures/rows.html",
        section="events" if wanted.grain is Grain.EVENT else "figures",
        indicator=asked,
        period=wanted,
        is_event=wanted.grain is Grain.EVENT,
        title=title,
        heading=heading,
        contract_names={kind.value: words for kind, words in CONTRACTS.items()},
        known=None if figures is None else figures.figure(asked.id),
        opened=opened,
        page=None if opened is None else Page(opened.rows, opened.row_count, asked_page),
    )


def _opened(db: Session, asked: Indicator, wanted: Period, cut: Cut, part: str, page: Part) -> Behind | HiringBehind:
    """Today's rows behind a figure, of events or of hiring."""
    if asked in HIRING_INDICATORS:
        return hiring_rows_behind(db, asked, wanted, cut=cut, part=part, first=page.offset, limit=page.size)
    now = site().now()
    return rows_behind(db, asked, wanted, now=now, cut=cut, part=part, first=page.offset, limit=page.size)


def _report(db: Session, year: int) -> YearReport:
    """The report as this visitor may see it: readers without small cells, staff by the internal threshold."""
    threshold, report = smallest_told(db), year_report(db, year)
    return protected(report, threshold=threshold) if threshold > 1 else report
