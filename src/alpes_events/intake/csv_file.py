"""Reading CSV files as people have them: UTF-8 or an older Western encoding, commas, semicolons or tabs."""

import csv
from collections.abc import Iterator
from io import StringIO

from alpes_events.intake.issues import BadFile
from alpes_events.intake.table import HOUSE, MOST_COLUMNS, Limits, Line, Table, is_empty
from alpes_events.language.sentence import N_

_SEPARATORS = (";", ",", "\t")
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_EURO_OF_LATIN_9 = 0xA4
_WINDOWS_ONLY = range(0x80, 0xA0)


def read_csv(content: bytes, limits: Limits = HOUSE) -> Table:
    """The table of a CSV file. Raises `BadFile`."""
    text = decode(content)
    if "\0" in text:
        raise BadFile(N_("Ce fichier n’est pas un CSV : enregistrez-le de nouveau au format CSV (UTF-8)."))
    lines = _lines(text, separator_of(text))
    headings = next(lines, None)
    if headings is None:
        raise BadFile(N_("Ce fichier est vide : il faut au moins une ligne de titres."))
    rows: list[Line] = []
    for line in lines:
        if len(rows) == limits.rows:
            raise BadFile(N_("Ce fichier a plus de %(most)d lignes : coupez-le en plusieurs."), most=limits.rows)
        rows.append(line)
    return Table(tuple(str(cell) for cell in headings.cells), tuple(rows))


def decode(content: bytes) -> str:
    """The text of a file. What is not Unicode is Windows-1252, or ISO 8859-15 where its euro sign gives it away."""
    if content.startswith(_UTF_16_MARKS):
        return _decoded(content, "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        signs = set(content)
        latin_9 = _EURO_OF_LATIN_9 in signs and not signs.intersection(_WINDOWS_ONLY)
        return _decoded(content, "iso8859-15" if latin_9 else "cp1252")


def separator_of(text: str) -> str:
    """The separator of columns: the one that the first line has most of, outside quotes; a semicolon if none."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(part for position, part in enumerate(first.split('"')) if position % 2 == 0)
    return max(_SEPARATORS, key=bare.count)


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadFile(
            N_("Ce fichier a un codage que nous ne lisons pas : enregistrez-le de nouveau au format CSV (UTF-8).")
        ) from error


def _lines(text: str, separator: str) -> Iterator[Line]:
    """The lines that are not empty. A cell may hold line breaks: the number is that of the line where it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            number, begins = begins, reader.line_num + 1
            if len(cells) > MOST_COLUMNS:
                raise BadFile(N_("La ligne %(line)d a plus de %(most)d colonnes."), line=number, most=MOST_COLUMNS)
            if not is_empty(cells):
                yield Line(number, tuple(unguarded(cell) for cell in cells))
    except csv.Error as error:
        raise BadFile(
            N_("La ligne %(line)d se lit mal : un guillemet y est ouvert sans être fermé."), line=begins
        ) from error


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that our own exports put before what a spreadsheet would compute."""
    guarded = len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@\t\r\n"
    return cell[1:] if guarded else cell
