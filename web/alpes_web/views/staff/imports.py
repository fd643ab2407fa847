"""Files brought in: choose what, send it, and it is checked before anything changes."""

from flask import Blueprint, Response, render_template, request
from flask_wtf.file import FileField
from werkzeug.wrappers import Response as AnyResponse

from alpes_events.agenda.models import Event
from alpes_events.errands.file import CSV, File
from alpes_events.errands.models import ErrandKind, FileRole
from alpes_events.intake.columns import match_headings
from alpes_events.intake.files import read_table
from alpes_events.intake.issues import BadFile
from alpes_events.intake.kinds import KINDS, ImportKind
from alpes_events.language.sentence import N_
from alpes_web.site import site
from alpes_web.staff.asked_work import ask
from alpes_web.staff.fields import PlainForm
from alpes_web.staff.work_words import SHEETS
from alpes_web.typed import whole_number

staff_imports = Blueprint("staff_imports", __name__, url_prefix="/staff/imports")

_SHEET = f"<any({', '.join(KINDS)}):sheet>"
_FIRST = (
    "events",
    "people",
    "companies",
    "awareness",
    "registrations",
    "attendance",
    "offers",
    "hours",
    "pathways",
    "attested",
    "services",
)
_OF_AN_EVENT = frozenset(KINDS) - {
    "events",
    "people",
    "companies",
    "awareness",
    "offers",
    "hours",
    "pathways",
    "attested",
    "services",
}
_SECTIONS = {
    "people": "people",
    "companies": "companies",
    "awareness": "companies",
    "offers": "offers",
    "hours": "clause",
    "pathways": "report",
    "attested": "report",
    "services": "report",
}


class FileForm(PlainForm):
    """A file to check."""

    file = FileField(N_("Fichier"), description=N_("CSV ou XLSX, 8 Mo et 20 000 lignes au plus."))


@staff_imports.get("")
def choose() -> str:
    """What a file can hold."""
    event = _named_event()
    return render_template(
        "staff/imports/choose.html",
        section="events",
        first=[(name, SHEETS[name]) for name in _FIRST],
        others=[(name, SHEETS[name]) for name in SHEETS if name not in _FIRST],
        event=event,
        of_an_event=_OF_AN_EVENT,
    )


@staff_imports.route(f"/{_SHEET}", methods=["GET", "POST"])
def upload(sheet: str) -> AnyResponse | tuple[str, int]:
    """Send a file: one that can be read is checked, row by row, on the page of its progress."""
    form, kind = FileForm(), KINDS[sheet]
    if form.validate_on_submit():
        try:
            sent = _readable(form, kind)
        except BadFile as refusal:
            form.file.errors = [refusal.sentence]
        else:
            return ask(ErrandKind.CHECK, wishes={"file": sheet}, sent=sent)
    page = render_template(
        "staff/imports/upload.html",
        section=_SECTIONS.get(sheet, "events"),
        form=form,
        sheet=sheet,
        words=SHEETS[sheet],
        columns=kind.columns,
        event=_named_event() if sheet in _OF_AN_EVENT else None,
    )
    return page, 422 if form.mistakes else 200


@staff_imports.get(f"/{_SHEET}/model.csv")
def model(sheet: str) -> Response:
    """A file to fill in, with the event's own address when it is asked for one."""
    event = _named_event() if sheet in _OF_AN_EVENT else None
    content = KINDS[sheet].template({} if event is None else {"event": event.slug})
    answer = Response(content, content_type=CSV)
    answer.headers["Content-Disposition"] = f'attachment; filename="{sheet}.csv"'
    return answer


def _readable(form: FileForm, kind: ImportKind) -> File:
    """The file that was sent, if it can be read and has the columns. Raises `BadFile`."""
    sent = form.file.data
    if sent is None or not sent.filename:
        raise BadFile(N_("Choisissez d’abord un fichier."))
    with sent.stream:
        content = sent.read()
    table = read_table(sent.filename, content)
    match_headings(kind.columns, table.headings)
    if not table.lines:
        raise BadFile(N_("Ce fichier n’a que ses titres : ajoutez au moins une ligne."))
    return File(FileRole.SENT, sent.filename, sent.mimetype[:100] or "application/octet-stream", content)


def _named_event() -> Event | None:
    """The event that the address names, if there is such a one."""
    number = whole_number(request.args.get("event", ""))
    if number is None:
        return None
    with site().database.reading() as db:
        return db.get(Event, number)
