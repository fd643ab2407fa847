"""The chapters of a report: who fills each, by when, how far it is; one added, taken out, put back."""

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.reporting.chapters import (
    add_chapter,
    move_chapter,
    put_back_chapter,
    remove_chapter,
    revise_chapter,
    the_chapter,
)
from alpes_events.reporting.making import the_report
from alpes_events.reporting.models import Report, ReportChapter
from alpes_web.languages import translated
from alpes_web.site import site
from alpes_web.staff.acting import change, done, pressed
from alpes_web.staff.clause_form_page import blame, form_page
from alpes_web.staff.report_block_forms import FORMS
from alpes_web.staff.report_forms import ChapterForm, NewChapterForm, chosen_state, stored_chapter
from alpes_web.staff.report_words import BLOCK_HINTS, BLOCK_KINDS, titled
from alpes_web.staff.scope import me

report_chapters = Blueprint("report_chapters", __name__, url_prefix="/staff/reports")


@report_chapters.route("/chapters/<int:chapter_id>", methods=["GET", "POST"])
def edit(chapter_id: int) -> Response | tuple[str, int]:
    """One chapter set right."""
    with site().database.reading() as db:
        chapter = the_chapter(db, chapter_id)
        report = the_report(db, chapter.report_id)
        stored = stored_chapter(chapter)
        form = ChapterForm(data=stored)
        form.prepare(db)
    form.amends(("report", report.id or 0), stored, lambda db: stored_chapter(the_chapter(db, chapter_id)))
    if form.validate_on_submit():
        try:
            with change(form) as (db, now):
                revise_chapter(
                    db,
                    chapter_id,
                    title=form.title.data or "",
                    title_en=form.title_en.data or "",
                    state=chosen_state(form),
                    responsible_id=int(form.responsible_id.data) if form.responsible_id.data else None,
                    due_on=form.due_on.data,
                    now=now,
                    account_id=me().account_id,
                )
        except Refusal as refusal:
            blame(form, refusal, first="title")
        else:
            return done(N_("Les changements sont enregistrés."), _place(report, chapter))
    return form_page(
        form,
        (("title",), ("title_en",), ("state", "responsible_id"), ("due_on",)),
        title=titled(chapter),
        steps=_steps(report),
        back=_place(report, chapter),
        section="report",
        part="reports",
    )


@report_chapters.route("/<int:report_id>/chapters/new", methods=["GET", "POST"])
def new(report_id: int) -> Response | tuple[str, int]:
    """A chapter at the end."""
    with site().database.reading() as db:
        report = the_report(db, report_id)
    form = NewChapterForm()
    if form.validate_on_submit():
        try:
            with change() as (db, now):
                chapter_id = add_chapter(db, report_id, form.title.data or "", now=now, account_id=me().account_id)
        except Refusal as refusal:
            blame(form, refusal, first="title")
        else:
            address = url_for("report_chapters.add_block", chapter_id=chapter_id)
            return done(N_("Le chapitre est à la fin : mettez-y un bloc."), address)
    return form_page(
        form,
        (("title",),),
        title=translated(N_("Nouveau chapitre")),
        steps=_steps(report),
        back=url_for("reports.page", report_id=report_id),
        section="report",
        part="reports",
    )


@report_chapters.get("/chapters/<int:chapter_id>/add")
def add_block(chapter_id: int) -> str:
    """Which kind of block to add to a chapter."""
    with site().database.reading() as db:
        chapter = the_chapter(db, chapter_id)
        report = the_report(db, chapter.report_id)
    return render_template(
        "staff/report/add_block.html",
        section="report",
        report=report,
        chapter=chapter,
        page_steps=[*_steps(report), (titled(chapter), _place(report, chapter))],
        kinds=[(kind, BLOCK_KINDS[kind]) for kind in FORMS],
        hints=BLOCK_HINTS,
    )


@report_chapters.post("/chapters/<int:chapter_id>/move/<any(up, down):way>")
def move(chapter_id: int, way: str) -> Response:
    """One place up or down in its report."""
    pressed()
    with change() as (db, now):
        move_chapter(db, chapter_id, up=way == "up", now=now, account_id=me().account_id)
        chapter = the_chapter(db, chapter_id)
        address = _place(the_report(db, chapter.report_id), chapter)
    return done(N_("Le chapitre est déplacé."), address)


@report_chapters.post("/chapters/<int:chapter_id>/remove")
def remove(chapter_id: int) -> Response:
    """The chapter is taken out of the report; it can be put back."""
    pressed()
    with change() as (db, now):
        report_id = the_chapter(db, chapter_id).report_id
        remove_chapter(db, chapter_id, now=now, account_id=me().account_id)
    undo = url_for("report_chapters.put_back", chapter_id=chapter_id)
    return done(N_("Le chapitre est retiré du rapport."), url_for("reports.page", report_id=report_id), undo=undo)


@report_chapters.post("/chapters/<int:chapter_id>/put-back")
def put_back(chapter_id: int) -> Response:
    """A chapter that was taken out stands again."""
    pressed()
    with change() as (db, now):
        put_back_chapter(db, chapter_id, now=now, account_id=me().account_id)
        chapter = the_chapter(db, chapter_id)
        address = _place(the_report(db, chapter.report_id), chapter)
    return done(N_("Le chapitre est de nouveau dans le rapport."), address)


def _place(report: Report, chapter: ReportChapter) -> str:
    return f"{url_for('reports.page', report_id=report.id)}#chapter-{chapter.id}"


def _steps(report: Report) -> list[tuple[str, str]]:
    return [
        (translated(N_("Rapports")), url_for("reports.table")),
        (titled(report), url_for("reports.page", report_id=report.id)),
    ]
