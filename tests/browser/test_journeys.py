"""Whole ways through the site, as somebody walks them: on a phone, at a desk, with JavaScript and without."""

import re
from itertools import count

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Registration
from alpes_events.people.models import Role
from alpes_web.links import Purpose, signed
from tests.browser.conftest import Seats, Served
from tests.support.web import PASSWORD, SETTINGS, with_password

NUMBERS = count()
NAMES = ("Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel")


def slug_of(served: Served, event_id: int) -> str:
    with served.database.reading() as db:
        return db.get_one(Event, event_id).slug


def fill_in(page: Page, *, email: str) -> None:
    page.locator("#given_name").fill("Jeanne")
    page.locator("#family_name").fill(f"Dubois {NAMES[next(NUMBERS)]}")
    page.locator("#email").fill(email)
    page.locator("#commune_name").fill("Lambersart")


@pytest.mark.parametrize(("width", "javascript"), [(375, False), (375, True), (1280, False), (1280, True)])
def test_candidate_finds_an_event_and_signs_up(seats: Seats, width: int, *, javascript: bool) -> None:
    with seats(width=width, javascript=javascript) as seat:
        page = seat.open("/")
        page.get_by_role("link", name=re.compile("^Job datings")).click()
        page.get_by_role("link", name=re.compile("^Décroche ton Job.*commerce et logistique")).click()
        page.locator("a.btn-main:visible").first.click()
        fill_in(page, email=f"jeanne{width}{javascript}@example.org")
        page.get_by_role("group", name="Avez-vous un CV à jour").get_by_text("Oui").click()
        page.get_by_role("button", name="M’inscrire au job dating").click()
        expect(page.locator("h1")).to_contain_text("C’est noté, Jeanne")
        expect(page.locator(".ref")).to_have_text(re.compile(r"^\w{3}-\w{3}-\w{3}$"))
        expect(page.get_by_role("img", name="Code à présenter à l’accueil")).to_be_visible()
        expect(page.get_by_role("link", name="Ma convocation (PDF)")).to_be_visible()


@pytest.mark.parametrize("javascript", [False, True])
def test_mistakes_get_the_focus_and_links_to_their_fields(seats: Seats, served: Served, *, javascript: bool) -> None:
    with seats(javascript=javascript) as seat:
        page = seat.open(f"/events/{slug_of(served, served.town.workshop)}/sign-up")
        page.locator("#given_name").fill("Jeanne")
        page.get_by_role("button", name="M’inscrire à l’atelier").click()
        expect(page).to_have_title(re.compile("^Erreur"))
        expect(page.locator(".sum")).to_be_focused()
        page.get_by_role("link", name="Indiquez le nom.").click()
        expect(page.locator("#family_name")).to_be_focused()
        expect(page.locator("#given_name")).to_have_value("Jeanne")
        assert page.locator("#email").get_attribute("autocomplete") == "email"


def test_english_reader_joins_the_waiting_list(seats: Seats, served: Served) -> None:
    with seats(width=375, language="en") as seat:
        page = seat.open(f"/events/{slug_of(served, served.town.full)}")
        page.locator(".stickbar").get_by_role("link", name="Waiting list").click()
        fill_in(page, email="english@example.org")
        page.get_by_role("button", name="Join the waiting list").click()
        expect(page.locator("h1")).to_contain_text("you are on the waiting list")


@pytest.mark.parametrize("javascript", [False, True])
def test_choices_live_in_the_address_and_an_empty_page_says_what_to_widen(seats: Seats, *, javascript: bool) -> None:
    with seats(width=375, javascript=javascript) as seat:
        page = seat.open("/?kind=discovery")
        page.get_by_text("Près de chez vous").click()
        page.get_by_label("Votre commune").select_option("Lompret")
        page.get_by_label("Jusqu’à").select_option("2 km")
        page.get_by_role("button", name="Afficher autour d’ici").click()
        expect(page).to_have_url(re.compile(r"/\?kind=discovery&commune=59356&radius=2$"))
        expect(page.get_by_role("heading", name="Rien pour l’instant avec ces choix")).to_be_visible()
        page.get_by_role("link", name=re.compile("Dans toutes les communes")).click()
        expect(page.locator("#days article")).to_have_count(1)


def test_month_leads_to_the_cards_of_its_days_on_a_phone(seats: Seats) -> None:
    with seats(width=375) as seat:
        page = seat.open("/agenda/2026-03")
        page.get_by_role("link", name=re.compile("^jeudi 19 mars")).click()
        expect(page.locator("#day-2026-03-19")).to_be_in_viewport()
        page.get_by_role("link", name="Avril").click()
        expect(page.locator("h1")).to_have_text("Agenda d’avril 2026")


def reference(db: Session, number: int) -> str:
    return db.exec(select(Registration.reference).where(Registration.id == number)).one()


def test_person_cancels_by_the_link_of_their_message(seats: Seats, served: Served) -> None:
    with served.database.reading() as db:
        secret = signed(
            reference(db, served.town.waiting.registration_id), purpose=Purpose.MANAGE, key=SETTINGS.secret_key
        )
    with seats(width=375, javascript=False) as seat:
        page = seat.open(f"/my-sign-up/{secret}")
        expect(page.locator("h1")).to_contain_text("liste d’attente")
        page.get_by_role("button", name="Quitter la liste d’attente").click()
        expect(page.locator("h1")).to_have_text("Votre inscription est annulée")
        expect(page.get_by_role("status")).to_contain_text("Merci de nous avoir prévenus")


def test_ticket_prints_without_the_frame(seats: Seats, served: Served) -> None:
    with served.database.reading() as db:
        secret = signed(
            reference(db, served.town.placed.registration_id), purpose=Purpose.MANAGE, key=SETTINGS.secret_key
        )
    with seats() as seat:
        page = seat.open(f"/my-sign-up/{secret}")
        page.emulate_media(media="print")
        expect(page.locator(".ticket")).to_be_visible()
        for gone in (".site nav", ".foot", ".btns"):
            assert not page.locator(gone).first.is_visible(), gone


def test_staff_sign_in_and_out_with_the_keyboard(seats: Seats, served: Served) -> None:
    with_password(served.database, email="claire.martin@example.org")
    with seats() as seat:
        page = seat.open("/staff/")
        page.get_by_label("Adresse e-mail").focus()
        page.keyboard.type("claire.martin@example.org")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("Aujourd’hui")
        page.get_by_role("link", name="Claire Martin").click()
        page.get_by_role("button", name="Se déconnecter").click()
        expect(page.get_by_role("status")).to_contain_text("Vous êtes déconnecté.")


def test_candidate_makes_and_revokes_a_calendar_address(seats: Seats) -> None:
    with seats(role=Role.CANDIDATE) as seat:
        page = seat.open("/my-space/")
        page.get_by_role("button", name="Créer mon adresse").click()
        expect(page.get_by_label("L’adresse, pour un autre calendrier")).to_have_value(re.compile("/feeds/me/.+ics$"))
        page.get_by_role("link", name="Revenir à mon espace").click()
        page.get_by_role("button", name=re.compile("^Retirer")).click()
        expect(page.get_by_role("status")).to_contain_text("cette adresse ne montre plus rien")


@pytest.mark.parametrize("chip", [".near:not(.finer)", ".finer"])
def test_finer_choices_open_inside_the_screen_of_a_phone(seats: Seats, chip: str) -> None:
    with seats(width=375) as seat:
        page = seat.open("/")
        page.locator(f"{chip} summary").click()
        box = page.locator(f"{chip} form").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 375


def test_on_a_phone_the_open_section_is_in_sight(seats: Seats, served: Served) -> None:
    with seats(width=375, role=Role.COORDINATOR) as seat:
        for path in ("/staff/jobs", f"/staff/events/{served.town.salon}/history"):
            page = seat.open(path)
            for here in page.locator(".tabs [aria-current], .staff nav [aria-current]").all():
                box = here.bounding_box()
                assert box is not None
                assert box["x"] >= 0
                assert box["x"] + box["width"] < 376


def test_coordinator_opens_figures_their_rows_and_a_file(seats: Seats) -> None:
    with seats(role=Role.COORDINATOR) as seat:
        page = seat.open("/staff/")
        page.get_by_role("link", name="Chiffres", exact=True).click()
        expect(page.locator("h1")).to_have_text("Chiffres de 2026")
        expect(page.get_by_role("img", name="Participants de 2026")).to_be_visible()
        page.locator(".sentence").get_by_role("link", name="8 participants").click()
        expect(page.locator("h1")).to_contain_text("Participants")
        expect(page.locator("tbody tr")).to_have_count(8)
        page.get_by_role("link", name="année 2026").click()
        with page.expect_download() as started:
            page.get_by_role("link", name="Classeur Excel").click()
        assert started.value.suggested_filename == "chiffres-2026.xlsx"


def test_reader_sees_figures_and_no_row(seats: Seats) -> None:
    with seats(width=375, role=Role.READER) as seat:
        page = seat.open("/staff/")
        expect(page.locator(".sentence")).to_contain_text("8 participants")
        assert page.locator(".sentence a, .fig a").count() == 0
        page.get_by_text("Ce que compte chaque chiffre").click()
        expect(page.get_by_text("Entrées comptées à la porte, sans nom.")).to_be_visible()
        seat.open("/staff/figures/2026/participants")
        expect(page.get_by_text("seule l’équipe qui organise les ouvre")).to_be_visible()
        assert page.locator("table").count() == 0
