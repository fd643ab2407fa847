"""Long work as somebody walks through it: a file checked, its bad rows read, a reload in the middle, the rest fetched.

The scheduler is a real one: its desk runs beside the browser, on the same database.
"""

import csv
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alpes_events.people.models import Role
from alpes_scheduler.errands import run_errands
from alpes_scheduler.keeper import Keeper
from tests.browser.conftest import Seats, Served
from tests.integration.test_scheduler import a_desk

ROWS = 1500
HEAD = "nom;prénom;e-mail;commune;code postal\n"
BAD = "Sarr;;fatou@example.org;Lambersart;59130\nDiallo;Hugo;pas une adresse;Lambersart;59130\n"


def people_file(count: int, first: int) -> str:
    """So many people whom the town does not know."""
    letters = ("".join(chr(ord("a") + int(digit)) for digit in str(number)) for number in range(first, first + count))
    return HEAD + "".join(f"Import{word};Jeanne;{word}@import.example.org;Lambersart;59130\n" for word in letters)


@contextmanager
def scheduler(served: Served, folder: Path) -> Iterator[None]:
    """A scheduler at work in another thread until everything that was asked is done."""
    desk = a_desk(served.database, folder)
    Keeper(desk).beat()
    over = threading.Event()

    def work() -> None:
        while not over.wait(0.05):
            run_errands(desk)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=60)


def sends(page: Page, content: str) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "personnes.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    page.get_by_role("button", name="Vérifier ce fichier").click()


def percent(page: Page) -> int:
    value = page.get_by_role("progressbar").get_attribute("aria-valuenow")
    return int(value or 0)


@pytest.mark.parametrize("width", [1280, 375])
def test_file_is_checked_imported_through_a_reload_and_its_bad_rows_fetched(
    seats: Seats, served: Served, tmp_path: Path, width: int
) -> None:
    with seats(width=width, role=Role.COORDINATOR) as seat:
        page = seat.open("/staff/events")
        page.get_by_role("link", name="Importer").click()
        page.get_by_role("link", name="Personnes", exact=True).last.click()
        sends(page, people_file(ROWS, width * ROWS) + BAD)
        expect(
            page.get_by_text("La machine ne travaille pas").or_(page.get_by_text("Va commencer")).first
        ).to_be_visible()
        checked = page.url
        with scheduler(served, tmp_path):
            expect(page.locator(".kv")).to_be_visible(timeout=60_000)
            assert page.title().startswith("Fait")
            expect(
                page.get_by_role("row", name=re.compile("Ligne 1502 .*prénom.*Il manque cette valeur"))
            ).to_be_visible()
            page.get_by_role("button", name=f"Importer les {ROWS} bonnes lignes").click()
            expect(page.get_by_role("progressbar")).to_have_attribute(
                "aria-valuenow", re.compile(r"^[1-9]"), timeout=60_000
            )
            before = percent(page)
            page.reload()
            assert 0 < before <= percent(page) < 100
            expect(page.get_by_text(f"{ROWS} lignes ajoutées.")).to_be_visible(timeout=60_000)
        page.goto(checked)
        with page.expect_download() as fetched:
            page.get_by_role("link", name="Les lignes à corriger (CSV)").click()
        rows = list(csv.reader(StringIO(Path(fetched.value.path()).read_text(encoding="utf-8-sig")), delimiter=";"))
        assert [(row[0], row[2]) for row in rows[1:]] == [("1502", "Sarr"), ("1503", "Diallo")]


def test_without_javascript_the_page_is_looked_at_again(seats: Seats, served: Served, tmp_path: Path) -> None:
    with seats(role=Role.COORDINATOR, javascript=False) as seat:
        page = seat.open("/staff/imports/people")
        sends(page, HEAD + BAD)
        expect(page.get_by_text("Ce travail commence dans quelques secondes.")).to_be_visible()
        run_errands(a_desk(served.database, tmp_path))
        page.get_by_role("link", name="Voir où il en est").click()
        expect(page.get_by_text("Aucune ligne ne peut être importée")).to_be_visible()


def test_work_is_stopped_from_the_keyboard(seats: Seats) -> None:
    with seats(role=Role.COORDINATOR) as seat:
        page = seat.open("/staff/exports")
        page.get_by_role("button", name="Préparer le fichier").press("Enter")
        page.get_by_role("button", name="Arrêter").press("Enter")
        expect(page.get_by_text("Ce travail s’arrête.")).to_be_visible()
        expect(page.get_by_role("button", name="Recommencer")).to_be_visible()
