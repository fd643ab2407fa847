"""Ways through the site that go on in a message: a real mail server stands between one browser and the next."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Presence, Registration
from alpes_events.database.engine import Database
from alpes_events.people.models import Role
from alpes_scheduler.desk import open_desk
from tests.browser.conftest import Seats, Served, serving
from tests.support.databases import Templates
from tests.support.letter_words import WORDS, Words
from tests.support.pdf import elements_of, pages_of, reader_of
from tests.support.post_office import PostOffice
from tests.support.posts import Clock
from tests.support.smtp import MailHost
from tests.support.stories import NOW, STARTS_AT, an_event
from tests.support.town import settle_town
from tests.support.web import SETTINGS

AT_THE_DOOR = "Job dating de la porte"


@pytest.fixture(scope="module")
def clock() -> Clock:
    """The clock of the site and of its scheduler."""
    return Clock()


@pytest.fixture(scope="module")
def served(templates: Templates, clock: Clock) -> Iterator[Served]:
    """The town's site, with an event at whose door somebody stands."""
    with templates.fresh("sqlite", settle_town) as database:
        door = an_event_of_its_own(database, AT_THE_DOOR, places=20)
        with serving(database, door=door, now=clock) as site:
            yield site


@pytest.fixture(scope="module")
def _host() -> Iterator[MailHost]:
    host = MailHost()
    host.start()
    yield host
    host.stop()


@pytest.fixture
def post(served: Served, clock: Clock, _host: MailHost) -> PostOffice:
    """The post office, at the tests' instant and with nothing on its way."""
    clock.now = NOW
    settings = replace(SETTINGS, base_url=served.address, mail=_host.settings)
    office = PostOffice(open_desk(served.database, settings, clock=clock), _host)
    office.deliver()
    _host.taken.clear()
    return office


def an_event_of_its_own(database: Database, title: str, *, places: int) -> int:
    with database.writing() as db:
        event_id = an_event(db, capacity=places, title=title)
        db.commit()
    return event_id


def signs_up(page: Page, title: str, given_name: str, email: str, button: str) -> str:
    """From the agenda to an event by the kind of it, and through its form. Gives the reference that is shown then."""
    page.get_by_role("link", name=re.compile("^Job datings")).click()
    page.get_by_role("link", name=title).click()
    page.locator("a.btn-main:visible").first.click()
    page.locator("#given_name").fill(given_name)
    page.locator("#family_name").fill("Ouali" if given_name == "Karim" else "Dubois")
    page.locator("#email").fill(email)
    page.locator("#commune_name").fill("Lambersart")
    page.get_by_role("button", name=button).click()
    return page.locator(".ticket .ref").inner_text()


@pytest.mark.parametrize(("width", "language", "javascript"), [(375, "fr", False), (1280, "en", True)])
def test_place_goes_by_mail_from_one_who_cancels_to_one_who_waits(
    seats: Seats, served: Served, post: PostOffice, width: int, language: str, *, javascript: bool
) -> None:
    words, title = WORDS[language], f"Job dating du courrier {language}"
    an_event_of_its_own(served.database, title, places=1)
    first, second = f"jeanne.{language}@example.org", f"karim.{language}@example.org"
    screen = {"width": width, "language": language, "javascript": javascript}
    with seats(**screen) as seat:
        lost = signs_up(seat.open("/"), title, "Jeanne", first, words.sign_up)
        expect(seat.page.locator("h1")).to_contain_text(words.noted)
        expect(seat.page.get_by_role("img", name=words.code)).to_be_visible()
    with seats(**screen) as seat:
        awaited = signs_up(seat.open("/"), title, "Karim", second, words.wait)
        expect(seat.page.locator("h1")).to_contain_text(words.waiting)
        expect(seat.page.get_by_role("img", name=words.code)).to_have_count(0)
    post.deliver()
    check(post.subjects(first), words.kept_subject)
    check(post.subjects(second), words.waiting_subject)
    with seats(**screen) as seat:
        cancels(seat.page, post, first, words, reference=lost)
    post.deliver()
    check(post.subjects(first), words.kept_subject, words.cancelled_subject + title)
    check(post.subjects(second), words.waiting_subject, words.offer_subject)
    with seats(**screen) as seat:
        takes(seat.page, post, second, words, reference=awaited)
    post.deliver()
    check(post.subjects(second), words.waiting_subject, words.offer_subject, words.kept_subject)
    with seats(**screen) as seat:
        post.follow(seat.page, second, words.ticket, saying=awaited)
        expect(seat.page.locator(".ticket .ref")).to_have_text(awaited)


def check(subjects: list[str], *beginnings: str) -> None:
    """As many letters arrived, and their subjects begin so."""
    assert len(subjects) == len(beginnings), subjects
    assert [subject[: len(begun)] for subject, begun in zip(subjects, beginnings, strict=True)] == list(beginnings)


def cancels(page: Page, post: PostOffice, email: str, words: Words, *, reference: str) -> None:
    """Follow the letter to one's place, and leave it."""
    post.follow(page, email, words.ticket, saying=reference)
    expect(page.locator("h1")).to_have_text(words.kept)
    expect(page.locator(".ticket .ref")).to_have_text(reference)
    page.get_by_role("button", name=words.cancel).click()
    expect(page.locator("h1")).to_have_text(words.cancelled)
    expect(page.locator(".ticket .ref")).to_have_count(0)


def takes(page: Page, post: PostOffice, email: str, words: Words, *, reference: str) -> None:
    """Follow the letter to the offered place, and take it: the ticket opens the door now."""
    post.follow(page, email, words.offer, saying=reference)
    expect(page.locator("h1")).to_have_text(words.free)
    expect(page.get_by_role("img", name=words.code)).to_have_count(0)
    page.get_by_role("button", name=words.take).click()
    expect(page.get_by_role("status")).to_contain_text(words.yours)
    expect(page.locator(".ticket .ref")).to_have_text(reference)
    expect(page.get_by_role("img", name=words.code)).to_be_visible()


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (375, False)])
def test_advisor_signs_up_somebody_without_email_who_comes_with_their_paper(
    seats: Seats, served: Served, post: PostOffice, clock: Clock, width: int, *, javascript: bool
) -> None:
    with served.database.reading() as db:
        workshop = db.get_one(Event, served.town.workshop).title
    given_name, family_name = "Marcelline", "Grandécran" if javascript else "Petitécran"
    name = f"{given_name} {family_name}"
    with seats(role=Role.ADVISOR, width=width, javascript=javascript) as seat:
        page = seat.open("/staff/")
        page.get_by_role("link", name=f"Inscrire une personne à {workshop}").click()
        page.get_by_label("Prénom").fill(given_name)
        page.get_by_label("Nom", exact=True).fill(family_name)
        page.get_by_role("button", name="Inscrire", exact=True).click()
        expect(page.locator("h1")).to_have_text(name)
        seat.open("/staff/").get_by_role("link", name=name, exact=True).click()
        page.get_by_role("link", name="Inscrire à un événement").click()
        expect(page.get_by_text("Sans e-mail : la convocation s’imprime juste après.")).to_be_visible()
        page.get_by_role("link", name=f"Inscrire à {AT_THE_DOOR}").click()
        page.get_by_role("button", name="Inscrire", exact=True).click()
        expect(page.get_by_text("Sans e-mail, imprimez la convocation.")).to_be_visible()
        reference = page.locator(".facts .num b").first.inner_text()
        sign_up = page.url.removeprefix(served.address)
        with page.expect_download() as started:
            page.get_by_role("link", name="Convocation (PDF)").click()
        read_as_paper(started.value.path().read_bytes(), name=name, reference=reference)
    post.deliver()
    assert post.host.taken == [], "nobody is written to"
    clock.now = STARTS_AT
    with seats(role=Role.DOOR, width=width, javascript=javascript) as seat:
        comes(seat.open(f"/staff/events/{served.door}/day"), name=name, reference=reference)
    with seats(role=Role.ADVISOR, width=width, javascript=javascript) as seat:
        expect(seat.open(sign_up).locator("main .head")).to_contain_text("Est là")
    with served.database.reading() as db:
        shown = db.get_one(Registration, int(sign_up.rsplit("/", 1)[1]))
    assert shown.presence is Presence.ATTENDED


def comes(page: Page, *, name: str, reference: str) -> None:
    """At the door: a reference that nobody has, then the one on the paper."""
    for typed, answer in (("ZZZ-ZZZ-ZZZ", "Aucune inscription à cet événement"), (reference, f"{name} est là.")):
        page.get_by_label("Référence scannée ou lue").fill(typed)
        page.locator(".door-head").get_by_role("button", name="Est là", exact=True).click()
        expect(page.get_by_role("alert").or_(page.get_by_role("status")).first).to_contain_text(answer)
    expect(page.locator(".people-list li.sel", has_text=reference)).to_contain_text(name)


def read_as_paper(document: bytes, *, name: str, reference: str) -> None:
    """One page in French, tagged for whoever has it read aloud, with what the door asks for."""
    (words,) = pages_of(document)
    assert f"Convocation de {name}" in words
    assert AT_THE_DOOR in words
    assert reference in words
    root = reader_of(document).trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "fr")  # type: ignore[index]
    elements = elements_of(document)
    assert "H1" in [role for role, _ in elements]
    assert ("Figure", f"Code QR de la référence {reference}, à présenter à l’accueil") in elements
