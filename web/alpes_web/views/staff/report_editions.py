"""Publishing a report: what disagrees is shown first; then its editions, each as it was printed, and as files."""

from flask import Blueprint, render_template, url_for
from flask import Response as Document
from sqlmodel import Session
from werkzeug.wrappers import Response

from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.account_names import account_names
from alpes_events.pictures.models import Upload
from alpes_events.reporting.as_html import Around, fragment
from alpes_events.reporting.checks import Verdict
from alpes_events.reporting.languages import blocks_behind
from alpes_events.reporting.making import kept_report, the_report
from alpes_events.reporting.models import ReportEdition
from alpes_events.reporting.pictures import pictures_of
from alpes_events.reporting.printing import definition_rows, title_of_file
from alpes_events.reporting.publishing import editions, last_edition, proof_of, the_edition
from alpes_events.reporting.publishing import publish as publish_report
from alpes_events.reporting.reading import correction_of, edition_mark, edition_pages, veiled_pages
from alpes_events.reporting.set_report import SetReport
from alpes_web.identity import identity
from alpes_web.languages import language, translated
from alpes_web.picture_answer import picture_answer
from alpes_web.site import site
from alpes_web.staff.acting import change, done
from alpes_web.staff.clause_form_page import blame
from alpes_web.staff.report_files import ReportFileForm, report_file
from alpes_web.staff.report_forms import PublishForm
from alpes_web.staff.report_words import BLOCK_KINDS, CHAPTER_STATES
from alpes_web.staff.scope import coordinates, me, smallest_told

report_editions = Blueprint("report_editions", __name__, url_prefix="/staff/reports/<int:report_id>")


@report_editions.route("/publish", methods=["GET", "POST"])
def publish(report_id: int) -> Response | tuple[str, int]:
    """The report is frozen as it stands: first what contradicts itself, what is not recorded, and why one publishes."""
    form = PublishForm()
    with site().database.one_state() as db:
        report, last, proof = the_report(db, report_id), last_edition(db, report_id), proof_of(db, report_id)
        late = blocks_behind(db, report_id)
    if form.validate_on_submit():
        try:
            proof.check_shown(form.shown.data)
            with change() as (db, now):
                number = publish_report(db, proof, why=form.why.data or "", now=now, account_id=me().account_id)
        except NotFound:
            raise
        except Refusal as refusal:
            blame(form, refusal, first="why")
        else:
            address = url_for("report_editions.page", report_id=report_id, number=number)
            return done(N_("L’édition %(number)s est publiée : elle ne changera plus."), address, number=number)
    shown, form.shown.data = proof.pages[language()], proof.mark
    page = render_template(
        "staff/report/publish.html",
        section="report",
        form=form,
        report=report,
        shown=shown,
        disagreeing=shown.disagreeing(),
        agreeing=sum(1 for one in shown.checks if one.verdict is Verdict.AGREES),
        waiting=[one for one in shown.checks if one.verdict is Verdict.OPEN],
        chapters=[
            (row, chapter, shown.lacking(chapter)) for row, chapter in zip(proof.chapters, shown.chapters, strict=True)
        ],
        states=CHAPTER_STATES,
        kinds=BLOCK_KINDS,
        late=late,
        last=last,
    )
    return page, 422 if form.mistakes else 200


@report_editions.get("/editions")
def table(report_id: int) -> str:
    """Every edition, the last first: when, by whom, why, its hash."""
    with site().database.reading() as db:
        report = kept_report(db, report_id)
        found = editions(db, report_id)
        names = account_names(db, (one.published_by for one in found))
    return render_template(
        "staff/report/editions.html", section="report", report=report, editions=found, names=names, writes=coordinates()
    )


@report_editions.get("/editions/<int:number>")
def page(report_id: int, number: int) -> str:
    """One edition as it was printed, with each figure's definition, what it corrected and why."""
    with site().database.reading() as db:
        report, edition = kept_report(db, report_id), the_edition(db, report_id, number)
        pages = _pages(db, edition)
        corrects = correction_of(edition, pages, _before(db, edition))

    def picture(picture_id: int) -> str:
        return url_for("report_editions.picture", report_id=report_id, number=number, picture_id=picture_id)

    return render_template(
        "staff/report/edition.html",
        section="report",
        report=report,
        edition=edition,
        mark=edition_mark(edition, zone=identity().zone).lines(language()),
        pages=pages,
        document=fragment(pages, around=Around(picture=picture)),
        corrects=corrects,
        language=language(),
        heading=[translated(one) for one in (N_("Chiffre"), N_("Valeur"), N_("Origine"), N_("Règle"))],
        definitions=[*definition_rows(pages)],
    )


@report_editions.get("/editions/<int:number>.<any(pdf, xlsx, json, html):form>")
def file(report_id: int, number: int, form: str) -> Document:
    """One edition as a file."""
    with site().database.reading() as db:
        kept_report(db, report_id)
        edition = the_edition(db, report_id, number)
        pages = _pages(db, edition)
        pictures = pictures_of(db, pages)
        corrects = correction_of(edition, pages, _before(db, edition))
    mark = edition_mark(edition, zone=identity().zone, corrects=corrects)
    name = f"{title_of_file(pages)}-{number}"
    return report_file(pages, ReportFileForm(form), name=name, mark=mark, pictures=pictures)


@report_editions.get("/editions/<int:number>/pictures/<int:picture_id>")
def picture(report_id: int, number: int, picture_id: int) -> Response:
    """A picture that stands in an edition."""
    with site().database.reading() as db:
        pages = edition_pages(the_edition(db, report_id, number), language())
        upload = db.get(Upload, picture_id) if picture_id in pages.pictures() else None
    if upload is None:
        raise NotFound(N_("Cette image n’est pas dans cette édition."))
    return picture_answer(upload)


def _before(db: Session, edition: ReportEdition) -> SetReport | None:
    """What the edition before prints for the same visitor; None before the first."""
    return None if edition.number == 1 else _pages(db, the_edition(db, edition.report_id, edition.number - 1))


def _pages(db: Session, edition: ReportEdition) -> SetReport:
    """What an edition prints for the visitor: small numbers of people are hidden from those who may not see them."""
    if coordinates() or smallest_told(db) <= 1:
        return edition_pages(edition, language())
    return veiled_pages(edition, language())
