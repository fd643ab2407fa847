"""The sheet to sign on paper: forty lines a page with heads, every name once, and what was typed stays text."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from alpes_events.documents.sign_in_sheet import FREE_LINES, LINES, Expected, SheetPart, sign_in_sheet_pdf
from tests.support.pdf import elements_of, pages_of, reader_of

PARIS = ZoneInfo("Europe/Paris")
STARTS, ENDS = datetime(2026, 3, 19, 13, tzinfo=UTC), datetime(2026, 3, 19, 16, tzinfo=UTC)


def a_part(count: int, *, session: str = "", name: str = "Personne") -> SheetPart:
    people = [Expected(f"{name} n°{number:04d}", "Lambersart", f"AAA-BBB-{number:04d}") for number in range(count)]
    return SheetPart(session, STARTS, ENDS, all_day=False, place="Salle des fêtes, Lambersart", people=people)


def a_sheet(*parts: SheetPart, event: str = "Job dating d’essai", language: str = "fr") -> bytes:
    return sign_in_sheet_pdf(parts, event=event, organisation="Maison de l’Emploi", zone=PARIS, language=language)


@pytest.mark.parametrize("count", [0, 1, LINES - FREE_LINES, LINES - FREE_LINES + 1, LINES, 3 * LINES + 7])
def test_pages_are_full_of_forty_lines_and_end_with_free_ones(count: int) -> None:
    pages = pages_of(a_sheet(a_part(count)))
    assert len(pages) == -(-(count + FREE_LINES) // LINES)
    for at, page in enumerate(pages):
        numbers = [str(number) for number in range(at * LINES + 1, (at + 1) * LINES + 1)]
        assert [number for number in numbers if f" {number} " in f" {page} "] == numbers
        assert page.count("Signature") == 1
        assert f"Page {at + 1} sur {len(pages)}" in page


def test_everybody_stands_on_it_once() -> None:
    count = 97
    whole = " ".join(pages_of(a_sheet(a_part(count))))
    assert [whole.count(f"Personne n°{number:04d}") for number in range(count)] == [1] * count


def test_each_page_says_which_event_and_when() -> None:
    for page in pages_of(a_sheet(a_part(50), a_part(50, session="Atelier CV"))):
        assert "Feuille d’émargement Job dating d’essai" in page
        assert "Jeudi 19 mars 2026, 14 h – 17 h Salle des fêtes, Lambersart" in page
        assert "50 personnes attendues" in page


def test_session_begins_a_page_of_its_own() -> None:
    pages = pages_of(a_sheet(a_part(3), a_part(2, session="Atelier CV", name="Autre")))
    assert ["Atelier CV" in page for page in pages] == [False, True]
    assert ["Autre n°0001" in page for page in pages] == [False, True]


def test_it_speaks_english() -> None:
    (page,) = pages_of(a_sheet(a_part(2), language="en"))
    assert "Sign-in sheet" in page
    assert "Page 1 of 1" in page


def test_it_is_read_aloud_as_one_heading_and_a_table() -> None:
    document = a_sheet(a_part(90))
    roles = [role for role, _ in elements_of(document)]
    root = reader_of(document).trailer["/Root"]
    assert (roles.count("H1"), roles.count("Table")) == (1, 1)
    assert roles.count("TH") == 5
    assert roles.count("TR") == 1 + 3 * LINES
    assert root["/Lang"] == "fr"  # type: ignore[index]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()  # type: ignore[index]


def test_what_was_typed_is_text_and_a_long_name_stays_on_its_line() -> None:
    wild = '#eval("1+1") $x$ *b* <script> \\ @a'
    long = "Marie-Antoinette-Joséphine de la Rochefoucauld-Montmorency-Beaumont " * 2
    people = [Expected(wild, wild, "AAA"), Expected(long, long, "MWM-WMW-MWM")]
    part = SheetPart("", STARTS, ENDS, all_day=True, place="", people=people)
    (page,) = pages_of(a_sheet(part, event=wild))
    assert '#eval("1+1") $x$ *b* <script>' in page
    assert "MWM-WMW-MWM" in page
    assert " 40 " in f" {page} "
