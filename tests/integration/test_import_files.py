"""Files as people have them are read; files that are not what they say, or too much, are refused before they open."""

import struct
from datetime import datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from alpes_events.intake.files import read_table
from alpes_events.intake.issues import BadFile
from alpes_events.intake.table import LARGEST_FILE, MOST_ROWS, Line
from tests.support.workbooks import entry_of, with_entry, workbook

ROWS = "nom;prénom;note\r\nCœuret;Éloïse;a,b\r\n"
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "iso8859-15", "utf-16"])
def test_encodings_of_spreadsheets_are_read(encoding: str) -> None:
    table = read_table(
        "gens.csv", ROWS.encode(encoding) if encoding != "iso8859-15" else ROWS.replace("œ", "oe").encode(encoding)
    )
    assert table.headings == ("nom", "prénom", "note")
    assert table.lines[0].cells[1] == "Éloïse"


def test_euro_sign_tells_latin_9_from_windows() -> None:
    assert read_table("a.csv", "a;b\n5 €;é\n".encode("iso8859-15")).lines[0].cells[0] == "5 €"
    assert read_table("a.csv", "a;b\n5 €;é\n".encode("cp1252")).lines[0].cells[0] == "5 €"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_separator_is_the_one_of_the_headings(separator: str) -> None:
    text = separator.join(('"nom, prénom; et\ttout"', "b", "c")) + "\n" + separator.join(("1", "2", "3"))
    assert read_table("a.csv", text.encode()).lines == (Line(2, ("1", "2", "3")),)


def test_lines_are_numbered_as_a_spreadsheet_does() -> None:
    table = read_table("a.csv", b'a;b\n1;2\n;\n\n"3\n4";5\n6;7\n')
    assert [(line.number, line.cells[0]) for line in table.lines] == [(2, "1"), (5, "3\n4"), (7, "6")]


def test_apostrophe_that_our_exports_put_is_taken_off() -> None:
    assert read_table("a.csv", b"a;b\n'=1+1;'hier\n").lines[0].cells == ("=1+1", "'hier")


def test_workbook_gives_its_cells_with_their_types() -> None:
    content = workbook(["nom", "le", "à", "n"], [None], ["Ba", datetime(2026, 3, 12), time(14, 30), 12])
    table = read_table("gens.XLSX", content)
    assert table.headings == ("nom", "le", "à", "n")
    line = table.lines[0]
    assert (line.number, line.cells[0], line.cells[3]) == (3, "Ba", 12.0)
    assert str(line.cells[1]).startswith("2026-03-12")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"", "vide"),
        ("a.csv", b"  \n ", "vide"),
        ("a.csv", b"a;b\n\x00;1\n", "n’est pas un CSV"),
        ("a.csv", b"\x81\x8d\xff", "codage"),
        ("a.csv", b'a;b\n"1;2\n', "ligne 2"),
        ("a.csv", b"a\n" + b"1\n" * (MOST_ROWS + 1), "plus de 20000 lignes"),
        ("a.csv", b"x" * (LARGEST_FILE + 1), "10 Mo"),
        ("a.csv", b";".join([b"a"] * 300), "200 colonnes"),
        ("a.xls", b"x", ".xls"),
        ("a.xlsm", b"x", ".xlsm"),
        ("a.pdf", b"x", "CSV et XLSX"),
        ("sans-suite", b"x", "CSV et XLSX"),
        ("a.xlsx", b"nom;prenom\n", "n’est pas un classeur"),
        ("a.xlsx", b"PK\x03\x04 et rien", "abîmé"),
    ],
)
def test_file_that_cannot_be_is_refused_with_what_to_do(name: str, content: bytes, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        read_table(name, content)


def refused(content: bytes) -> str:
    with pytest.raises(BadFile) as problem:
        read_table("a.xlsx", content)
    return str(problem.value)


def test_workbook_that_declares_too_much_is_refused_unopened() -> None:
    content = with_entry(workbook(["a"]), "xl/media/filler.bin", b"\0" * 61_000_000)
    assert len(content) < 200_000
    assert "trop grand une fois ouvert" in refused(content)


def test_workbook_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(with_entry(workbook(["a"]), "xl/media/filler.bin", b"\0" * 70_000_000))
    where = content.rindex(b"PK\x01\x02")
    content[where + 24 : where + 28] = struct.pack("<I", 10)
    assert "abîmé" in refused(bytes(content))


def test_workbook_with_too_many_entries_is_refused() -> None:
    packed = BytesIO(workbook(["a"]))
    with ZipFile(packed, "a", ZIP_DEFLATED) as archive:
        for number in range(600):
            archive.writestr(f"xl/media/{number}.bin", b"")
    assert "trop grand une fois ouvert" in refused(packed.getvalue())


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/activeX/activeX1.xml"])
def test_workbook_with_macros_is_refused(name: str) -> None:
    assert "macros" in refused(with_entry(workbook(["a"]), name, b"x"))


def test_workbook_that_calls_itself_macro_enabled_is_refused() -> None:
    content = workbook(["a"])
    types = entry_of(content, "[Content_Types].xml").replace(b"sheet.main", b"sheet.macroEnabled.main")
    assert "macros" in refused(with_entry(content, "[Content_Types].xml", types, replacing=True))


@pytest.mark.parametrize(
    "cell", [b'<row r="9000000"><c r="A9000000"><v>1</v></c></row>', b"<row><c r = 'XFD2'><v>1</v></c></row>"]
)
def test_workbook_with_a_cell_far_away_is_refused(cell: bytes) -> None:
    content = workbook(["a"])
    sheet = entry_of(content, SHEET).replace(b"</sheetData>", cell + b"</sheetData>")
    assert "loin des autres" in refused(with_entry(content, SHEET, sheet, replacing=True))


def test_cell_far_away_is_found_across_the_pieces_it_is_read_in() -> None:
    content = workbook(["a"])
    far = b'<row r="9000000"><c r="A9000000"><v>1</v></c></row></sheetData>'
    for padding in range(65_400, 65_560, 20):
        sheet = entry_of(content, SHEET).replace(b"</sheetData>", b" " * padding + far)
        assert "loin des autres" in refused(with_entry(content, SHEET, sheet, replacing=True))


def test_workbook_with_entities_is_refused() -> None:
    content = workbook(["a"])
    bomb = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><worksheet/>'
    assert "trop grand" in refused(with_entry(content, SHEET, bomb, replacing=True))


def test_archive_that_is_no_workbook_is_refused() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("lisez-moi.txt", "bonjour")
    assert "n’est pas un classeur" in refused(packed.getvalue())
