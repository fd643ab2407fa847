"""Cells of a spreadsheet: text stays text, whatever it starts with, and French spreadsheets open the file at once.

A cell that starts with `=`, `+`, `-` or `@` (or with a control character before them) is a formula to a spreadsheet;
an exported name could then run in the reader's hands. Every export of the platform goes through this module.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from unicodedata import normalize

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | date | None
"""Text, a number, a day or a local instant (an aware datetime is written as its wall clock), or nothing."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST_TEXT = 32_767
_WIDEST_COLUMN = 60


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: its name (at most 31 characters), one line of headings, then the rows."""

    name: str
    heading: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def guarded(content: str) -> str:
    """`content` so that a spreadsheet that opens a CSV file reads it as text: an apostrophe before what would be a
    formula. NUL, which has no meaning in text, is dropped.
    """
    kept = content.replace("\0", "")
    return f"'{kept}" if _is_formula(kept) else kept


def csv_document(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file as French spreadsheets expect it: UTF-8 with a mark, semicolons, decimal commas."""
    page = StringIO(newline="")
    writer = csv.writer(page, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(title) for title in heading])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return page.getvalue().encode("utf-8-sig")


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """An XLSX file whose text cells are written as text: no formula, no link."""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        instant = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for column, title in enumerate(sheet.heading):
                page.write_string(0, column, title, bold)
            for line, row in enumerate(sheet.rows, start=1):
                for column, cell in enumerate(row):
                    _write(page, line, column, cell, day=day, instant=instant)
            _lay_out(page, sheet)
    return content.getvalue()


def _is_formula(content: str) -> bool:
    """Whether a spreadsheet could compute `content`: also behind blanks, and in full-width forms."""
    if content.startswith(FORMULA_STARTS):
        return True
    return normalize("NFKC", content).lstrip().startswith(FORMULA_STARTS)


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)


def _write(page: Worksheet, line: int, column: int, cell: Cell, *, day: Format, instant: Format) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        page.write_string(line, column, cell.replace("\0", "")[:_LONGEST_TEXT])
    elif isinstance(cell, datetime):
        page.write_datetime(line, column, cell.replace(tzinfo=None), instant)
    elif isinstance(cell, date):
        page.write_datetime(line, column, cell, day)
    else:
        page.write_number(line, column, cell)


def _lay_out(page: Worksheet, sheet: Sheet) -> None:
    """Headings that stay in sight, and columns as wide as what they hold."""
    page.freeze_panes(1, 0)
    for column, title in enumerate(sheet.heading):
        longest = max([len(title), *(len(_csv_cell(row[column])) for row in sheet.rows if column < len(row))])
        page.set_column(column, column, min(_WIDEST_COLUMN, longest + 2))
