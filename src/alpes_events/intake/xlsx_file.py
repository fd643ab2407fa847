"""Reading the first sheet of an XLSX file, once `xlsx_guard` has looked at it."""

from collections.abc import Sequence
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from alpes_events.intake.issues import BadFile
from alpes_events.intake.table import HOUSE, Cell, Limits, Line, Table, is_empty
from alpes_events.intake.xlsx_guard import check_xlsx
from alpes_events.language.sentence import N_


def read_xlsx(content: bytes, limits: Limits = HOUSE) -> Table:
    """The table of the first visible sheet. Raises `BadFile`."""
    check_xlsx(content, limits)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            rows = book.get_sheet_by_name(_first_visible(book)).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise BadFile(N_("Ce classeur est abîmé : enregistrez-le de nouveau, puis recommencez.")) from error
    lines = [Line(number, tuple(row)) for number, row in enumerate(rows, start=1) if not is_empty(row)]
    if not lines:
        raise BadFile(N_("Ce fichier est vide : il faut au moins une ligne de titres."))
    if len(lines) - 1 > limits.rows:
        raise BadFile(N_("Ce fichier a plus de %(most)d lignes : coupez-le en plusieurs."), most=limits.rows)
    return Table(_headings(lines[0].cells), tuple(lines[1:]))


def _first_visible(book: CalamineWorkbook) -> str:
    for sheet in book.sheets_metadata:
        if sheet.visible is SheetVisibleEnum.Visible:
            return sheet.name
    raise BadFile(N_("Ce classeur n’a pas de feuille visible."))


def _headings(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple("" if cell is None else str(cell) for cell in cells)
