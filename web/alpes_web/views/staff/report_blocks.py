"""The blocks of a report: written with what they print beside, moved, taken out and put back, commented on."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_
from alpes_events.pictures.models import Upload
from alpes_events.reporting.chapters import the_chapter
from alpes_events.reporting.making import the_report
from alpes_events.reporting.models import BlockKind, Report, ReportChapter
from alpes_events.reporting.pictures import report_pictures
from alpes_events.reporting.remarks import comments_of
from alpes_events.reporting.setting import setting_of
from alpes_events.reporting.writing import (
    add_block,
    comment,
    move_block,
    put_back_block,
    remove_block,
    settle_comment,
    the_block,
    version_subject,
    write_block,
)
from alpes_events.versions.queries import UnknownVersion, the_former
from alpes_web.languages import language, translated
from alpes_web.picture_answer import picture_answer
from alpes_web.site import site
from alpes_web.staff.acting import answered_at, change, done, pressed
from alpes_web.staff.report_block_forms import FORMS, BlockForm, CommentForm, stored_content
from alpes_web.staff.report_page import block_history, choosable, drawn_in_both
from alpes_web.staff.report_words import BLOCK_KINDS, FIGURE_PARTS
from alpes_web.staff.scope import me

report_blocks = Blueprint("report_blocks", __name__, url_prefix="/staff/reports/blocks")


def _page_of(block_id: int) -> str:
    return url_for("report_blocks.edit", block_id=block_id)


@report_blocks.route("/<int:block_id>", methods=["GET", "POST"])
def edit(block_id: int) -> Response | tuple[str, int]:
    """What a block says, with what that prints; comments on it, and what it said before."""
    with site().database.one_state() as db:
        block = the_block(db, block_id)
        chapter, report = _place(db, block.chapter_id)
        setting = setting_of(db, report.year, language=language())
        comments, former = comments_of(db, block_id), block_history(db, report, block, setting)
    form_class = _form_of(block.kind)
    stored = stored_content(form_class, block.content)
    form = form_class(data=stored)
    form.amends(
        ("report", report.id or 0), stored, lambda db: stored_content(form_class, the_block(db, block_id).content)
    )
    if form.validate_on_submit() and form.act.data != "see":
        try:
            with change(form) as (db, now):
                content = form.kept_content(db, block.content, now=now)
                write_block(db, block_id, content, known=setting.known, now=now, account_id=me().account_id)
        except Refusal as refusal:
            form.blame_figures(refusal)
        else:
            return done(N_("Le bloc est enregistré."), _page_of_report(report, chapter))
    return _page(
        form,
        report,
        chapter,
        block.kind,
        title=block.content.get("heading") or translated(BLOCK_KINDS[block.kind]),
        block=block,
        comments=comments,
        former=former,
        figures=choosable(setting, takes=form.takes),
        seen=drawn_in_both(report, block.kind, _with_picture(form.content, block.content), setting),
    )


@report_blocks.route("/new/<int:chapter_id>/<kind>", methods=["GET", "POST"])
def new(chapter_id: int, kind: str) -> Response | tuple[str, int]:
    """A new block at the end of a chapter."""
    wanted = _kind(kind)
    with site().database.one_state() as db:
        chapter, report = _place(db, chapter_id)
        setting = setting_of(db, report.year, language=language())
    form = _form_of(wanted)()
    if form.validate_on_submit() and form.act.data != "see":
        try:
            with change() as (db, now):
                content = form.kept_content(db, {}, now=now)
                add_block(db, chapter_id, wanted, content, known=setting.known, now=now, account_id=me().account_id)
        except Refusal as refusal:
            form.blame_figures(refusal)
        else:
            return done(N_("Le bloc est à la fin du chapitre."), _page_of_report(report, chapter))
    return _page(
        form,
        report,
        chapter,
        wanted,
        title=translated(N_("Nouveau bloc : %(kind)s")) % {"kind": translated(BLOCK_KINDS[wanted])},
        block=None,
        comments=(),
        former=(),
        figures=choosable(setting, takes=form.takes),
        seen=drawn_in_both(report, wanted, form.content, setting),
    )


@report_blocks.post("/<int:block_id>/move/<any(up, down):way>")
def move(block_id: int, way: str) -> Response:
    """One place up or down in its chapter."""
    pressed()
    with change() as (db, now):
        move_block(db, block_id, up=way == "up", now=now, account_id=me().account_id)
        chapter, report = _place(db, the_block(db, block_id).chapter_id)
        address = _page_of_report(report, chapter, block_id)
    return done(N_("Le bloc est déplacé."), address)


@report_blocks.post("/<int:block_id>/remove")
def remove(block_id: int) -> Response:
    """The block is taken out of the report; it can be put back."""
    pressed()
    with change() as (db, now):
        chapter, report = _place(db, the_block(db, block_id).chapter_id)
        address = _page_of_report(report, chapter)
        remove_block(db, block_id, now=now, account_id=me().account_id)
    undo = url_for("report_blocks.put_back", block_id=block_id)
    return done(N_("Le bloc est retiré du rapport."), address, undo=undo)


@report_blocks.post("/<int:block_id>/put-back")
def put_back(block_id: int) -> Response:
    """A block that was taken out stands again."""
    pressed()
    with change() as (db, now):
        put_back_block(db, block_id, now=now, account_id=me().account_id)
        chapter, report = _place(db, the_block(db, block_id).chapter_id)
        address = _page_of_report(report, chapter, block_id)
    return done(N_("Le bloc est de nouveau dans le rapport."), address)


@report_blocks.post("/<int:block_id>/former/<int:former_id>")
def bring_back(block_id: int, former_id: int) -> Response:
    """The block says again what it said before."""
    pressed()
    with site().database.one_state() as db:
        former, (_chapter, report) = the_former(db, former_id), _place(db, the_block(db, block_id).chapter_id)
        if (former.kind, former.key) != version_subject(block_id):
            raise UnknownVersion
        setting = setting_of(db, report.year)
    with change() as (db, now):
        write_block(db, block_id, former.content, known=setting.known, now=now, account_id=me().account_id)
    return done(N_("Le bloc dit de nouveau ce qu’il disait."), _page_of(block_id))


@report_blocks.post("/<int:block_id>/comments")
@answered_at(_page_of)
def remark(block_id: int) -> Response:
    """A word to whoever fills the block."""
    form = CommentForm()
    form.validate_on_submit()
    with change() as (db, now):
        comment(db, block_id, form.remark.data or "", now=now, account_id=me().account_id)
    return done(N_("La remarque est notée."), f"{_page_of(block_id)}#comments")


@report_blocks.get("/pictures/<int:picture_id>")
def picture(picture_id: int) -> Response:
    """A picture of a report."""
    with site().database.reading() as db:
        upload = db.get(Upload, picture_id) if picture_id in report_pictures(db) else None
    if upload is None:
        raise NotFound(N_("Cette image n’est d’aucun rapport."))
    return picture_answer(upload)


@report_blocks.post("/comments/<int:comment_id>/settle")
def settle(comment_id: int) -> Response:
    """What a comment asks for is done."""
    pressed()
    with change() as (db, now):
        block_id = settle_comment(db, comment_id, now=now)
    return done(N_("C’est noté comme fait."), f"{_page_of(block_id)}#comments")


def _page(
    form: BlockForm, report: Report, chapter: ReportChapter, kind: BlockKind, *, title: str, **shown: object
) -> tuple[str, int]:
    page = render_template(
        "staff/report/block.html",
        section="report",
        part_name="reports",
        form=form,
        rows=[[form[name] for name in row] for row in form.rows],
        report=report,
        chapter=chapter,
        parts=FIGURE_PARTS,
        kind_words=translated(BLOCK_KINDS[kind]),
        heading=title,
        back=_page_of_report(report, chapter),
        **shown,
    )
    return page, 422 if form.mistakes and form.act.data != "see" else 200


def _with_picture(content: Mapping[str, Any], stored: Mapping[str, Any]) -> Mapping[str, Any]:
    """Until another is saved, the picture that is there is shown."""
    return {**content, "picture_id": stored["picture_id"]} if "picture_id" in stored else content


def _place(db: Session, chapter_id: int) -> tuple[ReportChapter, Report]:
    chapter = the_chapter(db, chapter_id)
    return chapter, the_report(db, chapter.report_id)


def _page_of_report(report: Report, chapter: ReportChapter, block_id: int = 0) -> str:
    place = f"block-{block_id}-{chapter.id}" if block_id else f"chapter-{chapter.id}"
    return f"{url_for('reports.page', report_id=report.id)}#{place}"


def _kind(name: str) -> BlockKind:
    kind = next((one for one in FORMS if one.value == name), None)
    if kind is None:
        raise NotFound(N_("Un bloc de cette sorte n’existe pas."))
    return kind


def _form_of(kind: BlockKind) -> type[BlockForm]:
    return FORMS[kind]
