"""The coordinator's year without a spreadsheet: templates, several events at once, who is told beforehand."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, col, select

from alpes_events.agenda.commands import create_event
from alpes_events.agenda.models import Event, EventState
from alpes_events.people.models import Role
from tests.browser.conftest import Seats, Served
from tests.browser.test_pages import violations
from tests.support.stories import DRAFT, NOW, STARTS_AT, an_event, signs_up


def titles(db: Session, state: EventState, begin: str) -> list[str]:
    found = select(Event.title).where(col(Event.state) == state, col(Event.title).startswith(begin))
    return list(db.exec(found.order_by(col(Event.title))))


@pytest.fixture
def drafts(served: Served) -> Iterator[str]:
    """The beginning of the titles of three drafts; what is left of them is thrown away at the end."""
    begin = "Brouillon du parcours"
    with served.database.writing() as db:
        for number in range(3):
            moved = {name: getattr(DRAFT, name) + timedelta(days=number) for name in ("starts_at", "ends_at")}
            create_event(db, replace(DRAFT, title=f"{begin} {number}", **moved), capacity=8, now=NOW, account_id=None)
        db.commit()
    yield begin
    put_away(served, begin)


def put_away(served: Served, begin: str) -> None:
    with served.database.writing() as db:
        for event in db.exec(select(Event).where(col(Event.title).startswith(begin))):
            event.state = EventState.DISCARDED
            db.add(event)
        db.commit()


@pytest.mark.parametrize(("width", "javascript"), [(375, False), (1280, True)])
def test_three_drafts_are_published_at_once_and_taken_back(
    seats: Seats, served: Served, drafts: str, width: int, *, javascript: bool
) -> None:
    with seats(width=width, javascript=javascript, role=Role.COORDINATOR) as seat:
        page = seat.open(f"/staff/events?show=draft&q={drafts}")
        for box in page.get_by_role("checkbox", name=re.compile(drafts)).all():
            box.check()
        page.get_by_role("button", name="Publier").click()
        expect(page.locator("h1")).to_have_text("3 événements publiés")
        assert not javascript or violations(page) == []
        with served.database.reading() as db:
            assert len(titles(db, EventState.PUBLISHED, drafts)) == 3
        page.get_by_role("button", name="Défaire").click()
        expect(page.locator("h1")).to_have_text("3 événements retirés de l’agenda")
        with served.database.reading() as db:
            assert len(titles(db, EventState.WITHDRAWN, drafts)) == 3


def test_rows_are_chosen_by_keyboard_and_in_a_range(seats: Seats, drafts: str) -> None:
    with seats(role=Role.COORDINATOR) as seat:
        page = seat.open(f"/staff/events?show=draft&q={drafts}")
        boxes = page.locator("input[name=chosen]")
        boxes.nth(0).focus()
        page.keyboard.press("Space")
        boxes.nth(2).focus()
        page.keyboard.press("Shift+Space")
        expect(page.locator("[data-bulk-count]")).to_have_text("3 événements choisis")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text(drafts)


@pytest.mark.parametrize("javascript", [False, True])
def test_event_is_kept_as_a_template_and_a_draft_is_made_of_it(
    seats: Seats, served: Served, *, javascript: bool
) -> None:
    name = f"Modèle du parcours {javascript}"
    with seats(javascript=javascript, role=Role.COORDINATOR) as seat:
        page = seat.open(f"/staff/events/{served.town.workshop}")
        page.get_by_role("link", name="Garder comme modèle").click()
        page.get_by_label("Nom du nouveau modèle").fill(name)
        page.get_by_role("button", name="Garder le modèle").click()
        page.get_by_role("link", name=f"Nouveau brouillon de {name}").click()
        page.get_by_label("Le jour", exact=True).fill("2026-06-18")
        page.get_by_role("button", name="Faire le brouillon").click()
        expect(page.get_by_text("C’est un brouillon : personne ne le voit encore.")).to_be_visible()
        expect(page.locator(".head")).to_contain_text("18 juin 2026")
        page.get_by_role("button", name="Jeter ce brouillon").click()
        expect(page.locator("h1")).to_have_text("1 brouillon jeté")


@pytest.mark.parametrize(("width", "javascript"), [(375, False), (1280, True)])
def test_event_is_moved_and_the_message_is_seen_before_it_is_sent(
    seats: Seats, served: Served, width: int, *, javascript: bool
) -> None:
    title = f"À déplacer {width}"
    with served.database.writing() as db:
        event_id = an_event(db, title=title, capacity=5)
        signs_up(db, event_id, 71)
        signs_up(db, event_id, 72, telephone_only=True)
        db.commit()
    with seats(width=width, javascript=javascript, role=Role.COORDINATOR) as seat:
        page = seat.open(f"/staff/events/{event_id}/edit")
        page.locator("#starts_time").fill("15:00")
        page.locator("#ends_time").fill("18:00")
        page.get_by_role("button", name="Enregistrer", exact=True).last.click()
        expect(page.get_by_role("heading", name="2 personnes à prévenir")).to_be_visible()
        assert not javascript or violations(page) == []
        expect(page.locator(".mail-text").first).to_contain_text("15 h – 18 h")
        page.get_by_text("1 personne à appeler").click()
        expect(page.get_by_text("06 39 98 00 72")).to_be_visible()
        with served.database.reading() as db:
            assert db.get_one(Event, event_id).starts_at == STARTS_AT
        page.get_by_role("button", name="Enregistrer et prévenir").click()
        expect(page.get_by_text("Les changements sont enregistrés.")).to_be_visible()
        with served.database.reading() as db:
            assert db.get_one(Event, event_id).starts_at == STARTS_AT + timedelta(hours=1)
    put_away(served, title)


def test_month_leads_to_its_events_and_begins_one_on_a_day(seats: Seats) -> None:
    with seats(role=Role.COORDINATOR) as seat:
        page = seat.open("/staff/events")
        page.get_by_role("link", name="Mois", exact=True).click()
        page.get_by_role("link", name="Nouvel événement le jeudi 26 mars").click()
        expect(page.locator("#starts_on")).to_have_value("2026-03-26")


def test_month_is_a_list_by_day_on_a_phone(seats: Seats) -> None:
    with seats(width=375, role=Role.COORDINATOR) as seat:
        page = seat.open("/staff/events/month")
        expect(page.locator(".cal-staff")).to_be_hidden()
        expect(page.locator(".cal-day").first).to_be_visible()


def test_several_dates_are_made_by_the_button_that_shows_them(seats: Seats, drafts: str) -> None:
    with seats(role=Role.COORDINATOR) as seat:
        page = seat.open(f"/staff/events?show=draft&q={drafts}")
        page.locator("tbody a").first.click()
        page.get_by_role("link", name="Répéter").click()
        page.locator("#every_weeks").fill("1")
        page.locator("#until_on").fill("2026-04-10")
        page.get_by_role("button", name="Voir les dates").click()
        page.get_by_role("button", name="Créer 4 brouillons").click()
        expect(page.get_by_text("Brouillons créés : 4.")).to_be_visible()


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("act", ["Déplacer", "Changer", "Mettre en série", "Liste", "Affiches"])
def test_pages_that_answer_a_choice_of_events_are_in_order(seats: Seats, drafts: str, act: str, width: int) -> None:
    with seats(width=width, role=Role.COORDINATOR) as seat:
        page = seat.open(f"/staff/events?show=draft&q={drafts}")
        page.get_by_role("checkbox", name=re.compile(drafts)).first.check()
        page.get_by_role("button", name=act, exact=True).click()
        expect(page.locator("h1")).to_have_count(1)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
