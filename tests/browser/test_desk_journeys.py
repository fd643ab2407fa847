"""A coordinator’s ways at the desk: somebody without e-mail, the words of a message, a series, one search for all."""

import re

import pytest
from playwright.sync_api import Route, expect
from sqlmodel import select

from alpes_events.agenda.models import Event
from alpes_events.people.models import Role
from tests.browser.conftest import Seats, Served


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (375, False)])
def test_somebody_without_email_is_written_down_signed_up_and_given_paper(
    seats: Seats, served: Served, width: int, *, javascript: bool
) -> None:
    with served.database.reading() as db:
        title = db.get_one(Event, served.town.workshop).title
    with seats(role=Role.COORDINATOR, width=width, javascript=javascript) as seat:
        page = seat.open("/staff/people")
        page.get_by_role("link", name="Nouvelle personne").first.click()
        page.get_by_label("Prénom").fill("Marcelline")
        page.get_by_label("Nom", exact=True).fill(f"Sansmail {'Un' if javascript else 'Deux'}")
        with page.expect_navigation():
            page.get_by_role("button", name="Ouvrir le dossier").click()
        if page.get_by_role("heading", name=re.compile("lui ressemble")).count():
            page.get_by_role("button", name="C’est quelqu’un d’autre : ouvrir un dossier").click()
        expect(page.locator("h1")).to_contain_text("Marcelline Sansmail")
        page.get_by_role("link", name="Inscrire à un événement").first.click()
        page.get_by_role("link", name=f"Inscrire à {title}").click()
        page.get_by_role("button", name="Inscrire", exact=True).click()
        expect(page.get_by_text("Sans e-mail, imprimez la convocation.")).to_be_visible()
        paper = page.get_by_role("link", name="Convocation (PDF)")
        answer = page.request.get(f"{served.address}{paper.get_attribute('href')}")
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.body().startswith(b"%PDF-")


def test_words_of_a_message_are_seen_while_they_are_written(seats: Seats) -> None:
    with seats(role=Role.COORDINATOR) as seat:
        page = seat.open("/staff/messages/texts/reminder")
        subject = page.locator("#fr_subject")
        subject.fill("À demain ")
        page.get_by_role("button", name="{prénom}").click()
        expect(subject).to_have_value("À demain {prénom}")
        expect(page.locator("[data-seen=fr] .mail-subject")).to_contain_text("À demain Samira")
        page.get_by_role("button", name="Enregistrer les deux langues").click()
        expect(page.get_by_text("Le texte est enregistré.")).to_be_visible()
        page.get_by_role("button", name="Annuler ce changement").click()
        expect(page.locator("#fr_subject")).to_have_value("")


def test_words_of_a_message_are_seen_without_javascript(seats: Seats) -> None:
    with seats(role=Role.COORDINATOR, width=375, javascript=False) as seat:
        page = seat.open("/staff/messages/texts/thanks")
        page.locator("#en_subject").fill("Thank you, {prénom}")
        page.get_by_role("button", name="Voir sans enregistrer").click()
        expect(page.locator("[data-seen=en] .mail-subject")).to_contain_text("Thank you, Samira")


@pytest.mark.parametrize("javascript", [True, False])
def test_series_is_renamed_and_the_old_name_brought_back(seats: Seats, *, javascript: bool) -> None:
    with seats(role=Role.COORDINATOR, javascript=javascript) as seat:
        page = seat.open("/staff/settings/series")
        page.get_by_role("link", name="Les Clés de l’Emploi", exact=True).click()
        page.locator("#name").fill("Les Clés du Travail")
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_role("link", name="Les Clés du Travail", exact=True)).to_be_visible()
        page.get_by_role("button", name="Annuler ce changement").click()
        expect(page.locator("#name")).to_have_value("Les Clés de l’Emploi")


def test_everything_is_searched_from_the_keyboard(seats: Seats, served: Served) -> None:
    with served.database.reading() as db:
        title = db.exec(select(Event.title).where(Event.id == served.town.workshop)).one()
    with seats(role=Role.COORDINATOR) as seat:
        page = seat.open("/staff/")
        page.keyboard.press("/")
        page.keyboard.type(title.split()[1])
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Chercher partout")
        expect(page.get_by_role("link", name=title)).to_be_visible()


def test_convocations_of_those_chosen_are_printed_then_printed_again(seats: Seats, served: Served) -> None:
    """A file comes down and the page stays: its form is not spent."""
    with seats(role=Role.COORDINATOR) as seat:
        page = seat.open(f"/staff/events/{served.town.job_dating}/people")
        page.locator("input[name=chosen]").first.check()
        printing = page.get_by_role("button", name="Imprimer leurs convocations")
        for _time in range(2):
            with page.expect_download() as started:
                printing.click()
            assert started.value.suggested_filename.endswith(".pdf")
            expect(page.locator("form[data-bulk]")).not_to_have_attribute("data-sent", "yes")


def test_slow_answer_does_not_take_the_place_of_a_newer_one(seats: Seats) -> None:
    with seats(role=Role.COORDINATOR) as seat:
        page, held = seat.open("/staff/messages/texts/reminder"), list[Route]()

        def hold_the_first(route: Route) -> None:
            if route.request.method != "POST" or held:
                route.continue_()
            else:
                held.append(route)

        page.route("**/staff/messages/texts/reminder", hold_the_first)
        subject, seen = page.locator("#fr_subject"), page.locator("[data-seen=fr] .mail-subject")
        with page.expect_request(lambda request: request.method == "POST"):
            subject.fill("Ancien")
        subject.fill("Nouveau")
        expect(seen).to_contain_text("Nouveau")
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            held[0].continue_()
        page.wait_for_timeout(300)
        expect(seen).to_contain_text("Nouveau")


@pytest.mark.parametrize("secure", [True, False])
def test_link_is_shared_where_the_browser_can(seats: Seats, served: Served, *, secure: bool) -> None:
    """On a page that is not secure, browsers neither share nor copy: no button promises it."""
    with served.database.reading() as db:
        slug = db.get_one(Event, served.town.workshop).slug
    with seats() as seat:
        if not secure:
            for name in ("share", "clipboard"):
                seat.page.add_init_script(f"Object.defineProperty(Navigator.prototype, '{name}', {{value: undefined}})")
        page = seat.open(f"/events/{slug}")
        expect(page.locator("[data-share]")).to_be_visible(visible=secure)
