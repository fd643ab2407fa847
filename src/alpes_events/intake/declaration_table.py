"""A company's file of hours as texts: read with everything that files are held to, and carried from page to page.

Its columns are mapped on a page before anything is read into the platform, so what was read travels with the page and
is kept nowhere: no personal data stays of a file that nobody sends.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from alpes_events.intake.files import read_table
from alpes_events.intake.issues import BadFile
from alpes_events.intake.table import Cell, shown
from alpes_events.language.sentence import N_

MOST_LINES = 300
_MOST_COLUMNS = 60
_LONGEST_CELL = 200
_LONGEST = 400_000
_MINUTE = timedelta(minutes=1)
_EPOCH = datetime(1899, 12, 31)  # noqa: DTZ001 (the day zero of a spreadsheet, which knows no zone)
_FIRST_YEAR = 1905


@dataclass(frozen=True)
class TextTable:
    """Headings, and lines with the number that a spreadsheet shows for each."""

    headings: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]


def read_texts(name: str, content: bytes) -> TextTable:
    """The texts of a CSV or XLSX file. Raises `BadFile` with what to do."""
    table = read_table(name, content)
    if not table.lines:
        raise BadFile(N_("Ce fichier n’a que des titres : il faut une ligne par personne."))
    if len(table.lines) > MOST_LINES or len(table.headings) > _MOST_COLUMNS:
        raise BadFile(
            N_("Ce fichier est trop grand pour un mois : %(lines)d lignes et %(columns)d colonnes au plus."),
            lines=MOST_LINES,
            columns=_MOST_COLUMNS,
        )
    headings = tuple(heading.strip()[:_LONGEST_CELL] for heading in table.headings)
    lines = tuple((line.number, tuple(_text(cell) for cell in line.cells)) for line in table.lines)
    return TextTable(headings, lines)


def packed(table: TextTable) -> str:
    """The table as a page carries it. Raises `BadFile` for one that is too large to be carried."""
    text = json.dumps([table.headings, table.lines], ensure_ascii=False, separators=(",", ":"))
    if len(text) > _LONGEST:
        raise BadFile(N_("Ce fichier a trop de texte pour un mois d’heures : gardez les colonnes utiles."))
    return text


def unpacked(text: str) -> TextTable:
    """The table that a page carried. Raises `BadFile` for anything else."""
    try:
        headings, lines = json.loads(text)
        table = TextTable(
            tuple(_said(one) for one in headings),
            tuple((_number(number), tuple(_said(cell) for cell in cells)) for number, cells in lines),
        )
    except (ValueError, TypeError, RecursionError) as error:
        raise BadFile(N_("Ce fichier n’est plus entier : choisissez-le de nouveau.")) from error
    if len(table.lines) > MOST_LINES or len(table.headings) > _MOST_COLUMNS:
        raise BadFile(N_("Ce fichier n’est plus entier : choisissez-le de nouveau."))
    return table


def _text(cell: Cell) -> str:
    """A cell as one would type it: hours that a spreadsheet keeps as a time are written as a time."""
    if isinstance(cell, datetime) and cell.year < _FIRST_YEAR:
        cell = cell - _EPOCH  # a duration that the sheet shows as a date
    if isinstance(cell, timedelta):
        hours, minutes = divmod(round(cell / _MINUTE), 60)
        return f"{hours}:{minutes:02d}"
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, (date, time)):
        return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else f"{cell:%H:%M}"
    return " ".join(shown(cell).split())[:_LONGEST_CELL]


def _said(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value[:_LONGEST_CELL]


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value
