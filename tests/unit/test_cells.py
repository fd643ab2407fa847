"""Exported cells: text that looks like a formula stays text, in CSV and in XLSX."""

import csv
import re
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from alpes_events.language.cells import FORMULA_STARTS, Cell, Sheet, csv_document, guarded, workbook
from tests.support.depth import in_part

texts = st.text(st.characters(codec="utf-8"), max_size=40)
STARTS = ["=", "+", "-", "@", "\t", "\r", "\0", "\n", " =", "\0=", "＝"]
dangerous = st.tuples(st.sampled_from(STARTS), texts).map("".join)


def _read_csv(document: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(document.decode("utf-8-sig"), newline=""), delimiter=";"))


@in_part(4)
@given(st.one_of(texts, dangerous))
@example("=1+1")
@example("\0=1")
def test_csv_cell_never_starts_like_a_formula(content: str) -> None:
    [_, [cell]] = _read_csv(csv_document(["Nom"], [[content or "x"]]))
    assert not cell.startswith((*FORMULA_STARTS, "\0"))
    assert not cell.lstrip().startswith(FORMULA_STARTS)


@in_part(4)
@given(st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=40))
def test_ordinary_text_is_exported_as_it_is(content: str) -> None:
    assert _read_csv(csv_document(["Nom"], [[content]]))[1] == [content]


def test_xlsx_cell_is_never_a_formula_nor_a_link() -> None:
    payloads = ["1+1", "A1", 'HYPERLINK("http://example.org")', "http://example.org", "cmd|' /C calc'!A0"]
    rows = [[f"{start}{payload}"] for start in ["", *STARTS] for payload in payloads]
    with zipfile.ZipFile(BytesIO(workbook([Sheet("Feuille", ["Nom"], rows)]))) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert "hyperlink" not in page
    assert re.findall(r'<c r="A\d+"[^>]*t="(\w+)"', page) == ["s"] * (len(rows) + 1)


def test_numbers_stay_numbers_and_the_file_is_french() -> None:
    document = csv_document(
        ["Libellé", "Nombre", "Part", "Jour"], [["Été", -3, 0.5, date(2023, 3, 2)], [None, 1, 2, None]]
    )
    assert document.startswith("\ufeff".encode())
    assert document.decode("utf-8-sig") == "Libellé;Nombre;Part;Jour\r\nÉté;-3;0,5;02/03/2023\r\n;1;2;\r\n"


def test_workbook_reads_back_with_its_types() -> None:
    rows: list[list[Cell]] = [["=A1", 3, date(2023, 3, 2), datetime(2023, 3, 2, 9, tzinfo=UTC), None]]
    document = workbook([Sheet("Chiffres", ["Texte", "Nombre", "Jour", "Heure", "Rien"], rows)])
    read = CalamineWorkbook.from_filelike(BytesIO(document)).get_sheet_by_name("Chiffres").to_python()
    assert read[1] == ["=A1", 3.0, date(2023, 3, 2), datetime(2023, 3, 2, 9), ""]


def test_guard_is_one_apostrophe() -> None:
    assert guarded("@a") == "'@a"
    assert guarded("a=b") == "a=b"
