"""The yearly reports: their list, a new one from a template, and one as it stands, to read, to write, to take along."""

from flask import Blueprint, render_template, url_for
from flask import Response as Document
from werkzeug.wrappers import Response

from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.account_names import account_names
from alpes_events.reporting.as_html import fragment
from alpes_events.reporting.as_html import style as report_style
from alpes_events.reporting.counted import counted_for
from alpes_events.reporting.edition_mark import DraftMark
from alpes_events.reporting.listing import report_lines
from alpes_events.reporting.making import discard_report, make_report, revise_report, take_back_report, the_report
from alpes_events.reporting.pictures import pictures_of
from alpes_events.reporting.printing import title_of_file
from alpes_events.reporting.publishing import last_edition
from alpes_events.reporting.refusals import ReportAlready
from alpes_events.reporting.remarks import taken_out, waiting_comments
from alpes_events.reporting.setting import set_report, written_report
from alpes_events.territory.organisation import local_today
from alpes_web.clocks import today
from alpes_web.languages import language, translated
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.clause_form_page import blame, form_page
from alpes_web.staff.report_files import ReportFileForm, report_file
from alpes_web.staff.report_forms import NewReportForm, ReportForm, stored_report, template_words
from alpes_web.staff.report_page import around_blocks
from alpes_web.staff.report_words import BLOCK_KINDS, CHAPTER_STATES, state_bar, titled
from alpes_web.staff.scope import coordinates, me

reports_pages = Blueprint("reports", __name__, url_prefix="/staff/reports")


@reports_pages.get("")
def table() -> str:
    """Every report, the last year first; who does not write them sees those that were published."""
    with site().database.reading() as db:
        lines = report_lines(db)
    if not coordinates():
        lines = [one for one in lines if one.edition_count]
    return render_template(
        "staff/report/reports.html",
        section="report",
        lines=lines,
        template_words=template_words,
        states=CHAPTER_STATES,
        state_bar=state_bar,
        writes=coordinates(),
    )


@reports_pages.route("/new", methods=["GET", "POST"])
def new() -> Response | tuple[str, int]:
    """A report on a year, from a template."""
    form, other = NewReportForm(), None
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                account_id = me().account_id
                report_id = make_report(db, form.year.data or 0, form.template.data, now=now, account_id=account_id)
        except Refusal as refusal:
            blame(form, refusal, first="template")
            if isinstance(refusal, ReportAlready):
                other = (translated(N_("Ouvrir ce rapport")), _page_of(refusal.report_id))
        else:
            return done(N_("Le rapport est fait : chaque chiffre y est déjà."), _page_of(report_id))
    back = url_for("reports.table")
    return form_page(
        form,
        (("year", "template"),),
        title=translated(N_("Nouveau rapport")),
        steps=[(translated(N_("Rapports")), back)],
        back=back,
        section="report",
        part="reports",
        lead=translated(
            N_("Les chapitres et leurs blocs viennent du modèle ; les chiffres, de ce qui est enregistré.")
        ),
        save=translated(N_("Faire le rapport")),
        other=other,
    )


@reports_pages.get("/<int:report_id>")
def page(report_id: int) -> str:
    """The report as it will be printed, with what acts on each block, and its chapters beside."""
    with site().database.one_state() as db:
        report = the_report(db, report_id)
        written = written_report(db, report)
        shown = written.set(counted_for(db, report.year), language=language())
        chapters = written.chapters
        blocks = {one.id or 0: one for found in written.blocks.values() for one in found}
        names = account_names(db, (one.responsible_id for one in chapters))
        around = around_blocks(blocks, waiting_comments(db, report_id), year=report.year)
        out = taken_out(db, report_id)
        last = last_edition(db, report_id)
    return render_template(
        "staff/report/page.html",
        section="report",
        report=report,
        shown=shown,
        document=fragment(shown, around=around),
        chapters=[
            (row, chapter, shown.lacking(chapter)) for row, chapter in zip(chapters, shown.chapters, strict=True)
        ],
        names=names,
        states=CHAPTER_STATES,
        kinds=BLOCK_KINDS,
        out=out,
        last=last,
        today=today(),
        template=template_words(report.template),
    )


@reports_pages.route("/<int:report_id>/settings", methods=["GET", "POST"])
def settings(report_id: int) -> Response | tuple[str, int]:
    """What the report is called, for whom it is, by when it must be done."""
    with site().database.reading() as db:
        report = the_report(db, report_id)
    stored = stored_report(report)
    form = ReportForm(data=stored)
    form.amends(("report", report_id), stored, lambda db: stored_report(the_report(db, report_id)))
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                revise_report(
                    db,
                    report_id,
                    title=form.title.data or "",
                    title_en=form.title_en.data or "",
                    audience=form.audience.data or "",
                    audience_en=form.audience_en.data or "",
                    due_on=form.due_on.data,
                    now=now,
                    account_id=me().account_id,
                )
        except Refusal as refusal:
            blame(form, refusal, first="title")
        else:
            return done(N_("Les changements sont enregistrés."), _page_of(report_id))
    return form_page(
        form,
        (("title",), ("title_en",), ("audience", "audience_en"), ("due_on",)),
        title=translated(N_("Titre et échéance")),
        steps=[(translated(N_("Rapports")), url_for("reports.table")), (titled(report), _page_of(report_id))],
        back=_page_of(report_id),
        section="report",
        part="reports",
    )


@reports_pages.post("/<int:report_id>/put-aside")
def put_aside(report_id: int) -> Response:
    """The report leaves the list; its editions stay."""
    pressed()
    with change() as (db, now):
        discard_report(db, report_id, now=now, account_id=me().account_id)
    undo = url_for("reports.take_back", report_id=report_id)
    return done(N_("Le rapport est écarté de la liste."), url_for("reports.table"), undo=undo)


@reports_pages.post("/<int:report_id>/take-back")
def take_back(report_id: int) -> Response:
    """A report that was put aside is in the list again."""
    pressed()
    with change() as (db, now):
        take_back_report(db, report_id, now=now, account_id=me().account_id)
    return done(N_("Le rapport est de nouveau dans la liste."), _page_of(report_id))


@reports_pages.get("/<int:report_id>/draft.<any(pdf, xlsx, json, html):form>")
def file(report_id: int, form: str) -> Document:
    """The report as it stands now, as a file."""
    with site().database.one_state() as db:
        report = the_report(db, report_id)
        shown = set_report(db, report, language=language())
        pictures = pictures_of(db, shown)
        mark = DraftMark(local_today(db, site().now()))
    return report_file(shown, ReportFileForm(form), name=title_of_file(shown), mark=mark, pictures=pictures)


@reports_pages.get("/style.css")
def style() -> Document:
    """How blocks of a report look, wherever they stand."""
    return Document(report_style("report"), mimetype="text/css")


def _page_of(report_id: int) -> str:
    return url_for("reports.page", report_id=report_id)
