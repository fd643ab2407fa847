"""An employer asks for a stand with a logo on a telephone and follows the answer; a coordinator publishes; the plan is
changed with the keyboard alone.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from alpes_events.agenda.commands import the_event
from alpes_events.fair.models import Booth, Exhibitor
from alpes_events.people.models import Role
from alpes_web.links import Purpose, signed
from tests.browser.conftest import Seat, Seats, Served, serving
from tests.browser.test_keyboard import Keys
from tests.support.databases import Templates
from tests.support.drawn import picture
from tests.support.town import settle_town

SEEN = "image => image.complete && image.naturalWidth > 0"


@pytest.fixture(scope="module")
def served(templates: Templates) -> Iterator[Served]:
    """A town whose stands are asked for here, and nowhere else."""
    with templates.fresh("sqlite", settle_town) as database, serving(database) as site:
        yield site


@pytest.mark.parametrize(
    ("language", "javascript", "received", "own"),
    [
        ("fr", True, "Votre demande est reçue", "Votre logo"),
        ("en", False, "Your request has arrived", "Your logo"),
    ],
)
def test_employer_asks_with_a_logo_on_a_telephone_and_follows_the_answer(
    seats: Seats, served: Served, language: str, javascript: bool, received: str, own: str
) -> None:
    name = f"Tramways {language}"
    event_id = served.town.job_dating
    with served.database.reading() as db:
        slug = the_event(db, event_id).slug
    with seats(width=375, language=language, javascript=javascript) as seat:
        page = seat.open(f"/events/{slug}/stand")
        _fill(page, name, f"rh-{language}@tramways.example")
        page.set_input_files("input[name=logo]", {"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"})
        _send(page)
        assert page.locator("input[name=name]").input_value() == name
        expect(page.locator(".err")).to_contain_text("PNG")
        page.set_input_files("input[name=logo]", {"name": "logo.png", "mimeType": "image/png", "buffer": picture()})
        _send(page)
        expect(page.locator("h1")).to_contain_text(received)
        with served.database.reading() as db:
            stand = db.exec(select(Exhibitor).where(Exhibitor.name == name)).one()
        secret = signed(stand.reference or "", purpose=Purpose.STAND, key=served.app.config["SECRET_KEY"])
        page = seat.open(f"/stand/{secret}")
        expect(page.get_by_role("heading", name=own)).to_be_visible()
        assert page.get_by_role("img", name=name).evaluate(SEEN)
        assert page.evaluate("document.documentElement.scrollWidth") == 375
    with seats(role=Role.COORDINATOR) as desk:
        _accept_and_publish(desk, event_id, stand.id or 0)
    with seats(width=375, language=language, javascript=javascript) as seat:
        page = seat.open(f"/events/{slug}/exhibitors?q=tramway")
        expect(page.get_by_role("heading", name=name)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 375


def test_two_stands_change_places_with_the_keyboard_alone(seats: Seats, served: Served) -> None:
    event_id = served.town.job_dating
    taken = select(Booth).where(Booth.event_id == event_id, col(Booth.exhibitor_id).is_not(None))
    with served.database.reading() as db:
        booths = db.exec(taken.order_by(col(Booth.id))).all()
        here, there = booths[0], booths[-1]
        name = db.get_one(Exhibitor, here.exhibitor_id).name
    with seats(role=Role.COORDINATOR) as seat:
        keys, page = Keys(seat.open(f"/staff/events/{event_id}/plan")), seat.page
        keys.write("^Exposant", name)
        keys.write("^Numéro du stand", there.number)
        keys.press("^Déplacer$")
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=there.number, exact=True))
        expect(row).to_contain_text(name)
    with served.database.reading() as db:
        assert [db.get_one(Booth, one.id).exhibitor_id for one in (here, there)] == [
            there.exhibitor_id,
            here.exhibitor_id,
        ]


def _fill(page: Page, name: str, email: str) -> None:
    written = {
        "name": name,
        "commune_name": "Lambersart",
        "given_name": "Nora",
        "family_name": "Rail",
        "email": email,
    }
    for field, text in written.items():
        page.fill(f"input[name={field}]", text)
    page.check("input[name=village_id] >> nth=-1")
    page.check("input[name=rules]")


def _send(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form[enctype] button").click()


def _accept_and_publish(desk: Seat, event_id: int, exhibitor_id: int) -> None:
    page = desk.open(f"/staff/events/{event_id}/stands/requests/{exhibitor_id}")
    with page.expect_navigation():
        page.get_by_role("button", name="Accepter").click()
    desk.open(f"/staff/events/{event_id}/stands")
    if page.get_by_role("button", name="Ne plus publier").is_visible():
        page.get_by_role("button", name="Ne plus publier").click()
    page.get_by_role("button", name="Publier le catalogue").click()
    expect(page.get_by_text("Publié depuis le")).to_be_visible()
