"""What people do with what is theirs: their place, their convocation, their data."""

import re
from itertools import count

import pytest
from playwright.sync_api import expect

from alpes_events.agenda.commands import the_event
from alpes_events.attendance.form import SignUpAnswer
from alpes_events.attendance.models import Registration
from alpes_events.people.models import Candidate, Role
from alpes_web.links import Purpose, signed
from tests.browser.conftest import Seat, Seats, Served
from tests.support.pdf import pages_of
from tests.support.stories import an_event, signs_up
from tests.support.web import SETTINGS
from tests.support.web import Browser as Account

PEOPLE = count(600)


def comers(served: Served, *, places: int, people: int) -> list[SignUpAnswer]:
    """An event of its own, with so many people who signed up for so many places."""
    with served.database.writing() as db:
        event_id = an_event(db, capacity=places)
        answers = [signs_up(db, event_id, next(PEOPLE)) for _ in range(people)]
        db.commit()
    return answers


def page_of(answer: SignUpAnswer, purpose: Purpose = Purpose.MANAGE) -> str:
    return f"/{purpose}/{signed(answer.reference, purpose=purpose, key=SETTINGS.secret_key)}"


def sign_in(seat: Seat, served: Served, answer: SignUpAnswer) -> int:
    """Be signed in as the person of a sign-up. Gives the id of their record."""
    with served.database.reading() as db:
        candidate_id = db.get_one(Registration, answer.registration_id).candidate_id
    account = Account(served.app, host="127.0.0.1")
    account.sign_in(Role.CANDIDATE, candidate_id=candidate_id)
    cookie = account.client.get_cookie("alpes", domain="127.0.0.1")
    assert cookie is not None
    seat.page.context.add_cookies([{"name": "alpes", "value": cookie.value, "url": served.address}])
    return candidate_id


@pytest.mark.parametrize("javascript", [False, True])
def test_offer_is_declined_then_taken_back(seats: Seats, served: Served, *, javascript: bool) -> None:
    first, second = comers(served, places=1, people=2)
    with seats(width=375, javascript=javascript) as seat:
        page = seat.open(page_of(first))
        page.get_by_role("button", name="Je ne peux plus venir : annuler").click()
        expect(page.locator("h1")).to_have_text("Votre inscription est annulée")
        page = seat.open(page_of(second, Purpose.OFFER))
        expect(page.locator(".deadline")).to_contain_text(re.compile(r"encore 24.h.00"))
        page.get_by_role("button", name="Je n’en ai plus besoin").click()
        expect(page.locator("h1")).to_have_text("Votre inscription est annulée")
        page.get_by_role("button", name="Reprendre ma place").click()
        expect(page.get_by_role("status")).to_contain_text("La place est de nouveau à vous.")
        expect(page.locator("h1")).to_contain_text("votre place est gardée")


@pytest.mark.parametrize(("width", "language"), [(375, "fr"), (1280, "en")])
def test_convocation_is_downloaded(seats: Seats, served: Served, width: int, language: str) -> None:
    (mine,) = comers(served, places=1, people=1)
    with seats(width=width, language=language, javascript=False) as seat:
        page = seat.open(page_of(mine))
        with page.expect_download() as started:
            page.get_by_role("link", name="Ma convocation" if language == "fr" else "My invitation").click()
        assert started.value.suggested_filename.startswith("convocation-")
        (words,) = pages_of(started.value.path().read_bytes())
        assert ("Convocation de" if language == "fr" else "Invitation of") in words


@pytest.mark.parametrize("javascript", [False, True])
def test_person_corrects_their_data(seats: Seats, served: Served, *, javascript: bool) -> None:
    (mine,) = comers(served, places=1, people=1)
    with seats(width=375, javascript=javascript) as seat:
        candidate_id = sign_in(seat, served, mine)
        page = seat.open("/my-space/")
        page.get_by_role("link", name="Voir mes données").click()
        page.get_by_role("link", name="Corriger").click()
        page.get_by_label("Téléphone").fill("12")
        page.get_by_role("button", name="Enregistrer mes corrections").click()
        expect(page).to_have_title(re.compile("^Erreur"))
        expect(page.locator(".sum")).to_be_focused()
        page.get_by_label("Téléphone").fill("06 39 98 44 55")
        page.get_by_label("Commune où vous habitez").fill("Lambersart")
        page.get_by_role("button", name="Enregistrer mes corrections").click()
        expect(page.get_by_role("status")).to_contain_text("C’est corrigé.")
        expect(page.locator("dl.facts").first).to_contain_text("06 39 98 44 55")
    with served.database.reading() as db:
        assert db.get_one(Candidate, candidate_id).telephone == "+33639984455"


def test_person_erases_themselves_and_their_place_goes_on(seats: Seats, served: Served) -> None:
    mine, waiting = comers(served, places=1, people=2)
    with seats(width=375, javascript=False) as seat:
        candidate_id = sign_in(seat, served, mine)
        page = seat.open("/my-space/data")
        page.get_by_role("link", name="Effacer mes données").click()
        expect(page.locator("main")).to_contain_text("Votre place ira à quelqu’un d’autre.")
        page.get_by_role("button", name="Effacer mes données").click()
        expect(page.locator(".sum")).to_contain_text("Cochez cette case pour effacer.")
        page.get_by_label("J’ai lu ce qui sera effacé").check()
        page.get_by_role("button", name="Effacer mes données").click()
        expect(page.get_by_role("status")).to_contain_text("vos données sont effacées")
        seat.open("/my-space/")
        assert "/sign-in" in page.url
        seat.open(page_of(waiting, Purpose.OFFER))
        expect(page.get_by_role("button", name="Je prends la place")).to_be_visible()
    with served.database.reading() as db:
        assert db.get_one(Candidate, candidate_id).erased_at is not None


def test_family_signs_up_one_after_the_other_from_one_phone(seats: Seats, served: Served) -> None:
    with served.database.writing() as db:
        event_id = an_event(db, capacity=5)
        slug = the_event(db, event_id).slug
        db.commit()
    with seats(width=375, javascript=False) as seat:
        page = seat.open(f"/events/{slug}/sign-up")
        for given_name in ("Karim", "Inès"):
            expect(page.get_by_label("Prénom")).to_have_value("")
            page.get_by_label("Prénom").fill(given_name)
            page.locator("#family_name").fill("Famille")
            page.locator("#email").fill("famille@example.org")
            page.get_by_role("button", name="M’inscrire au job dating").click()
            expect(page.locator("h1")).to_contain_text(f"C’est noté, {given_name}")
            page.get_by_role("link", name="Inscrire une autre personne").click()
