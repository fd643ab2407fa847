"""Three ways through the site with the keyboard alone: nothing is clicked, and the page itself is never touched."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from alpes_events.people.models import Role
from tests.browser.conftest import Seats, Served, serving
from tests.support.databases import Templates
from tests.support.lived_in import settle_lived_in_town, today

MOST = 150
NAME = """
() => { const one = document.activeElement;
  const label = one.labels && one.labels.length ? one.labels[0].innerText : "";
  return (one.getAttribute("aria-label") || label || one.innerText || "").replace(/\\s+/g, " ").trim() }
"""


@pytest.fixture(scope="module")
def served(templates: Templates) -> Iterator[Served]:
    with templates.fresh("sqlite", settle_lived_in_town) as database, serving(database, door=today(database)) as site:
        yield site


@dataclass
class Keys:
    """Somebody who has a keyboard and nothing else."""

    page: Page

    def to(self, name: str) -> None:
        """Go on with the tabulator until what has the focus is called so (an expression)."""
        for _ in range(MOST):
            self.page.keyboard.press("Tab")
            if re.search(name, self.page.evaluate(NAME)):
                return
        raise AssertionError(f"the tabulator never comes to {name}")

    def press(self, name: str, key: str = "Enter") -> None:
        """Go there and press it: another page comes."""
        self.to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def write(self, name: str, text: str) -> None:
        """Go to a field and write."""
        self.to(name)
        self.page.keyboard.type(text)


def test_candidate_signs_up_with_the_keyboard(seats: Seats) -> None:
    with seats() as seat:
        keys = Keys(seat.open("/"))
        keys.press("^Préparer un entretien de dix minutes")
        expect(seat.page.locator("h1")).to_contain_text("Préparer un entretien")
        keys.press("^M’inscrire")
        expect(seat.page.locator("h1")).to_be_visible()
        keys.write("^Prénom", "Jeanne")
        keys.write("^Nom", "Clavier")
        keys.write("mail", "jeanne.clavier@example.org")
        keys.write("^(Votre )?[Cc]ommune", "Lambersart")
        keys.press("^M’inscrire à l’atelier")
        expect(seat.page.locator("h1")).to_contain_text("C’est noté, Jeanne")


def test_door_marks_presence_with_the_keyboard(seats: Seats) -> None:
    with seats(role=Role.DOOR) as seat:
        keys = Keys(seat.open("/staff/"))
        expect(seat.page.locator("h1")).to_contain_text("Petit-déjeuner")
        keys.press(" est là$")
        expect(seat.page.get_by_role("listitem").filter(has_text="Nomgcac")).to_contain_text("Est là")


def test_coordinator_writes_and_publishes_an_event_and_signs_somebody_up_with_the_keyboard(seats: Seats) -> None:
    with seats(role=Role.COORDINATOR) as seat:
        keys, page = Keys(seat.open("/staff/events/new")), seat.page
        keys.write("^Titre", "Atelier au clavier")
        keys.write("^Genre", "Atelier")
        keys.write("^Jour", "03202026")  # Chromium asks for days and hours as its own language does: American here
        keys.write("^Début", "0200PM")
        keys.write("^Fin", "0400PM")
        keys.press("^Enregistrer le brouillon")
        expect(page.locator("h1")).to_contain_text("Atelier au clavier")
        keys.press("^Publier$")
        keys.press("^Inscrire (une personne|quelqu’un)")
        keys.write("^Prénom", "Ida")
        keys.write("^Nom$", "Clavier")
        keys.press("^Inscrire$")
        expect(page.locator("h1")).to_contain_text("Ida Clavier")
