"""What a table shows, taken away as a file: the address of the page with `as=csv` or `as=xlsx` gives the same rows.

Filters, search and order stand in the address, so that the file has exactly what the page shows, on all its pages. A
file that holds people is written to the access audit, with how many.
"""

from enum import StrEnum

from flask import Response, request

from alpes_events.language.cells import Sheet, csv_document, workbook
from alpes_events.people.audit import AuditAction, note_access
from alpes_web.site import site
from alpes_web.staff.scope import me


class FileForm(StrEnum):
    """The forms that a table can be taken away in."""

    XLSX = "xlsx"
    CSV = "csv"


_TYPES = {
    FileForm.CSV: "text/csv",
    FileForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def asked_file() -> FileForm | None:
    """The form of file that the address asks for; None for the page."""
    given = request.args.get("as", "")
    return FileForm(given) if given in set(FileForm) else None


def table_file(form: FileForm, sheet: Sheet, *, name: str) -> Response:
    """The table as a file called `name`, which holds nobody."""
    content = csv_document(sheet.heading, sheet.rows) if form is FileForm.CSV else workbook([sheet])
    answer = Response(content, mimetype=_TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def people_file(
    form: FileForm, sheet: Sheet, *, name: str, subject: tuple[str, int] | None = None, count: int | None = None
) -> Response:
    """The same for a table that holds people: written to the access audit with how many (a row each, unless said)."""
    note_export(subject, count=len(sheet.rows) if count is None else count)
    return table_file(form, sheet, name=name)


def note_export(subject: tuple[str, int] | None, *, count: int | None) -> None:
    """Write to the access audit that the visitor takes away a file with so many people; None: nobody knows how many."""
    note_access(
        site().database,
        AuditAction.EXPORTED,
        now=site().now(),
        account_id=me().account_id,
        subject=subject,
        count=count,
    )
