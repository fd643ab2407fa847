"""Workbooks for tests: plain ones, and such as nobody should open."""

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

from alpes_events.intake.table import Cell


def workbook(*rows: Sequence[Cell]) -> bytes:
    """An XLSX file with these rows, dates and numbers as a spreadsheet has them."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        page = book.add_worksheet("Feuille")
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    page.write(line, column, cell)
    return content.getvalue()


def with_entry(content: bytes, name: str, data: bytes, *, replacing: bool = False) -> bytes:
    """The archive with one more entry, or with an entry replaced."""
    changed = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(changed, "w", ZIP_DEFLATED) as after:
        for entry in before.infolist():
            if not (replacing and entry.filename == name):
                after.writestr(entry.filename, before.read(entry))
        after.writestr(name, data)
    return changed.getvalue()


def entry_of(content: bytes, name: str) -> bytes:
    """One entry of the archive."""
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(name)
