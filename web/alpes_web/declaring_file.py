"""A month's hours from a file: chosen, its columns mapped once, and its lines shown in the form. Nothing is kept here.

What was read travels with the page; the lines are declared when the form is sent, like those that are typed.
"""

from collections.abc import Mapping

from flask import render_template, request
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import HiddenField

from alpes_events.intake.declaration_columns import COLUMNS, ColumnsMissing, proposed, remember, remembered
from alpes_events.intake.declaration_file import FileLine, FileReading, read_declaration
from alpes_events.intake.declaration_table import MOST_LINES, TextTable, packed, read_texts, unpacked
from alpes_events.intake.issues import BadFile
from alpes_events.language.sentence import N_, say
from alpes_web.declaring_form import FROM_FILE, days_of
from alpes_web.declaring_page import Asked, Desk, shown
from alpes_web.declaring_start import Start, form_of, starts_of
from alpes_web.languages import language
from alpes_web.picture_answer import sent_picture
from alpes_web.site import site
from alpes_web.staff.choice_fields import ChoiceField
from alpes_web.staff.fields import PlainForm
from alpes_web.typed import whole_number

_SHOWN_LINES = 3


class HoursFileForm(PlainForm):
    """A file of one month's hours."""

    file = FileField(N_("Fichier"), description=N_("CSV ou XLSX, une ligne par personne, 300 lignes au plus."))


class ColumnsForm(PlainForm):
    """Which column says what; `table` is the file as it was read."""

    table = HiddenField()


def file_page(asked: Asked, desk: Desk) -> Response | tuple[str, int]:
    """Choose a file; one whose columns are known is read at once, another asks which column says what."""
    form = HoursFileForm()
    if form.validate_on_submit():
        try:
            content, name = sent_picture(form.file.data)
            table = read_texts(name, content)
            carried = packed(table)
        except BadFile as refusal:
            form.file.errors = [refusal.sentence]
        else:
            with site().database.reading() as db:
                known = remembered(db, asked.view.company_id, table.headings)
            if known is not None:
                return _read(asked, desk, table, known)
            return _columns(asked, desk, table, _columns_form(table, proposed(table.headings), carried))
    page = render_template(desk.file_template, section=desk.section, own=asked.view, form=form, desk=desk, **desk.facts)
    return page, 422 if form.mistakes else 200


def columns_page(asked: Asked, desk: Desk) -> Response | tuple[str, int]:
    """The columns chosen are remembered for the company, and the file is read by them."""
    _columns_form(TextTable((), ())).refuse_unknown_fields()
    try:
        table = unpacked(request.form.get("table", ""))
    except BadFile as refusal:
        form = HoursFileForm(formdata=None)
        form.file.errors = [refusal.sentence]
        page = render_template(
            desk.file_template, section=desk.section, own=asked.view, form=form, desk=desk, **desk.facts
        )
        return page, 422
    chosen_by = _columns_form(table)
    if not chosen_by.validate_on_submit():
        return _columns(asked, desk, table, chosen_by)
    columns = {one.field: at for one in COLUMNS if (at := _position(chosen_by, one.field)) is not None}
    try:
        with site().database.writing() as db:
            remember(db, asked.view.company_id, table.headings, columns, now=site().now())
            db.commit()
    except ColumnsMissing as refusal:
        chosen_by.blame(refusal)
        return _columns(asked, desk, table, chosen_by)
    return _read(asked, desk, table, columns)


def _read(asked: Asked, desk: Desk, table: TextTable, columns: Mapping[str, int]) -> tuple[str, int]:
    """The form with the lines of the file, and what was not taken up."""
    reading = read_declaration(table, columns, asked.people.values(), month=asked.view.month)
    starts, raw = _with_file(asked, reading)
    form = form_of(asked.view, asked.people, starts, raw=raw)
    form.source.data = FROM_FILE
    return shown(asked, form, desk, status=200, facts={"from_file": reading})


def _with_file(asked: Asked, reading: FileReading) -> tuple[list[Start], dict[str, str]]:
    """The lines of the form with those of the file in their place, and the texts that the file writes in them."""
    starts = starts_of(asked.view, asked.people.values())
    places: list[tuple[int, FileLine]] = []
    taken: set[int] = set()
    for line in reading.lines:
        wanted = None if line.person is None else line.person.employment_id
        at = next(
            (at for at, one in enumerate(starts) if at not in taken and wanted and one.employment_id == wanted), None
        )
        if at is None:
            at = len(starts)
            starts.append(Start(wanted, *days_of(line.person, asked.view.month)))
        taken.add(at)
        places.append((at, line))
    raw: dict[str, str] = {}
    for at, line in places[:MOST_LINES]:
        raw |= _texts_at(at, line)
    return starts, raw


def _texts_at(at: int, line: FileLine) -> dict[str, str]:
    note = say(N_("Ligne %(number)s du fichier."), number=line.number).in_language(language())
    if line.note is not None:
        note = f"{note} {line.note.in_language(language())}"
    texts = {f"hours_{at}": line.hours, f"note_{at}": note}
    if line.person is None:
        texts[f"person_words_{at}"] = line.words
    if line.from_on:
        texts[f"from_on_{at}"] = line.from_on
    if line.until_on:
        texts[f"until_on_{at}"] = line.until_on
    if line.overtime:
        texts[f"overtime_{at}"] = "y"
    return texts


def _columns_form(table: TextTable, chosen: Mapping[str, int] | None = None, carried: str = "") -> ColumnsForm:
    """The form; `chosen` when it is shown for the first time."""
    choices = [("", N_("Aucune")), *((str(at), heading) for at, heading in enumerate(table.headings) if heading)]
    fields = {one.field: ChoiceField(one.heading, choices) for one in COLUMNS}
    built = type("ColumnsForm", (ColumnsForm,), fields)
    if chosen is None:
        form = built()
    else:
        form = built(formdata=None, data={"table": carried} | {field: str(at) for field, at in chosen.items()})
    assert isinstance(form, ColumnsForm)
    return form


def _position(form: ColumnsForm, field: str) -> int | None:
    return whole_number(str(form[field].data or ""))


def _columns(asked: Asked, desk: Desk, table: TextTable, form: ColumnsForm) -> tuple[str, int]:
    page = render_template(
        desk.file_template,
        section=desk.section,
        own=asked.view,
        form=form,
        desk=desk,
        columns=[one.field for one in COLUMNS],
        headings=table.headings,
        first=table.lines[:_SHOWN_LINES],
        **desk.facts,
    )
    return page, 422 if form.mistakes else 200
