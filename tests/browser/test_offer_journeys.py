"""From an offer to its answer: on a telephone without JavaScript and without an account, and by the keyboard alone."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlmodel import col, select

from alpes_events.hiring.applications import JobApplication
from alpes_events.hiring.applying import move_application
from alpes_events.hiring.codes import ApplicationState
from alpes_events.hiring.news import TOLD_AFTER
from alpes_scheduler.desk import open_desk
from tests.browser.conftest import Seats, Served, serving
from tests.browser.test_keyboard import Keys
from tests.support.databases import Templates
from tests.support.mailbag import words_of
from tests.support.post_office import PostOffice
from tests.support.posts import Clock
from tests.support.smtp import MailHost
from tests.support.town import settle_town
from tests.support.web import SETTINGS

TITLE = "Vendeur ou vendeuse en boulangerie"
EMAIL = "lina.neuve@example.org"


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def served(templates: Templates, clock: Clock) -> Iterator[Served]:
    with templates.fresh("sqlite", settle_town) as database, serving(database, now=clock) as site:
        yield site


@pytest.fixture(scope="module")
def _host() -> Iterator[MailHost]:
    host = MailHost()
    host.start()
    yield host
    host.stop()


@pytest.fixture
def post(served: Served, clock: Clock, _host: MailHost) -> PostOffice:
    settings = replace(SETTINGS, base_url=served.address, mail=_host.settings)
    office = PostOffice(open_desk(served.database, settings, clock=clock), _host)
    office.deliver()
    _host.taken.clear()
    return office


def test_stranger_applies_on_a_telephone_confirms_by_the_link_and_reads_the_answer(
    seats: Seats, served: Served, post: PostOffice, clock: Clock
) -> None:
    with seats(width=375, javascript=False) as seat:
        page = seat.open("/job-offers")
        page.get_by_role("link", name=TITLE).first.click()
        page.get_by_label("Prénom").fill("Lina")
        page.get_by_role("button", name="Postuler à cette offre").click()
        expect(page.get_by_role("alert")).to_contain_text("Il reste 2 points à compléter")
        expect(page.get_by_label("Prénom")).to_have_value("Lina")
        page.get_by_label("Nom", exact=True).fill("Neuve")
        page.get_by_label("Adresse e-mail").fill(EMAIL)
        page.get_by_label("Quelques mots").fill("Je peux commencer lundi.")
        page.get_by_role("button", name="Postuler à cette offre").click()
        expect(page.locator("h1")).to_contain_text("regardez vos messages")

        post.deliver()
        page.goto("about:blank")  # a reader of mail is no page of the site
        post.follow(page, EMAIL, "Confirmer mon adresse", saying="Ce lien dure deux jours")
        page.get_by_role("button", name="Confirmer et postuler").click()
        expect(page.locator("h1")).to_contain_text("Votre candidature est partie")

        with served.database.writing() as db:
            last = select(JobApplication.id).order_by(col(JobApplication.id).desc())
            one = db.exec(last).first() or 0
            move_application(db, one, ApplicationState.SHORTLISTED, now=clock.now, account_id=None)
            db.commit()
        clock.now += TOLD_AFTER + timedelta(minutes=1)
        post.deliver()
        assert post.subjects(EMAIL)[-1] == f"Votre candidature avance : {TITLE}"
        page.goto("about:blank")
        post.follow(page, EMAIL, "Voir ma candidature", saying="L’équipe ou l’employeur vous contacte")
        page.get_by_label("Adresse e-mail").fill(EMAIL)
        page.get_by_role("button", name=re.compile("Recevoir|lien|code")).first.click()
        post.deliver()
        code = re.search(r"^ {4}(\d{3}.\d{3})\s*$", words_of(post.letters(EMAIL)[-1]), re.MULTILINE)
        assert code is not None
        page.get_by_label("Code à six chiffres").fill(code[1])
        page.locator("main form button").first.click()
        expect(page.locator("h1")).to_contain_text(TITLE)
        expect(page.get_by_text("Retenue pour la suite").first).to_be_visible()
        expect(page.get_by_role("button", name="Retirer ma candidature")).to_be_visible()


def test_offers_are_searched_narrowed_and_opened_with_the_keyboard(seats: Seats) -> None:
    with seats() as seat:
        keys, page = Keys(seat.open("/job-offers")), seat.page
        keys.write("^Un métier", "vendeuses")
        keys.press("^Chercher$")
        expect(page.get_by_role("link", name=re.compile("« vendeuses »"))).to_be_visible()
        keys.press("^CDI")
        expect(page).to_have_url(re.compile(r"contract=cdi.*q=vendeuses"))
        keys.to("^Près de")
        page.keyboard.press("Enter")
        keys.write("^Votre commune", "Lambersart")
        keys.press("^Afficher autour d’ici")
        expect(page).to_have_url(re.compile(r"commune=59328"))
        keys.press(f"^{TITLE}")
        expect(page.locator("h1")).to_contain_text(TITLE)
        keys.write("^Prénom", "Jeanne")
        keys.write("^Nom", "Clavier")
        keys.write("mail", "jeanne.clavier@example.org")
        keys.press("^Postuler à cette offre")
        expect(page.locator("h1")).to_contain_text("regardez vos messages")
