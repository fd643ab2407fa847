"""Laws that every page keeps in a browser: readable by everyone, at every width, in both languages."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from alpes_events.people.models import Role
from alpes_web.access import OPEN, ROLES
from alpes_web.policy import POLICY
from tests.browser.conftest import Seat, Seats, Served
from tests.support.routes import every_page

AXE = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
NOT_THERE = "Cette page n’existe pas"
SMALLEST_TARGET = 24
SMALL_TARGETS = f"""
() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((one) => one.checkVisibility() && !one.closest("p, li, dd, td, span, label, .vh, .skip"))
  .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < {SMALLEST_TARGET} || box.height < {SMALLEST_TARGET}))
  .map(([what]) => what)
"""


def pages_for(served: Served, role: Role | None) -> list[str]:
    """The pages to read of this visitor (no files); of who is signed in only those of their own."""
    account = served.account(role)
    asked = []
    for page in every_page(served.app, served.database, served.town):
        declared = POLICY[page.endpoint]
        mine = declared in OPEN if role is None else declared not in OPEN and role in ROLES[declared]
        if page.is_safe and mine and account.get(page.path).mimetype == "text/html":
            asked.append(page.path)
    return asked


def opened(seat: Seat, role: Role | None) -> Iterator[str]:
    """Open each page of this visitor in turn."""
    for path in pages_for(seat.served, role):
        seat.open(path)
        yield path


def violations(page: Page) -> list[str]:
    """What axe finds on the page, with the first place of each."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("role", [None, Role.CANDIDATE, Role.READER, Role.ADMINISTRATOR])
def test_axe_finds_nothing(seats: Seats, role: Role | None, width: int) -> None:
    found = {}
    with seats(width=width, role=role) as seat:
        for path in opened(seat, role):
            if wrong := violations(seat.page):
                found[path] = wrong
    assert found == {}


@pytest.mark.parametrize("role", [None, Role.CANDIDATE, Role.ADMINISTRATOR])
def test_each_page_has_one_heading_a_title_of_its_own_and_the_skip_link_first(seats: Seats, role: Role | None) -> None:
    titles: dict[str, str] = {}
    with seats(role=role) as seat:
        page = seat.page
        for path in opened(seat, role):
            assert page.locator("h1").count() == 1, path
            title = page.title()
            if title.startswith(NOT_THERE):
                continue
            arrived = urlsplit(page.url).path  # a page may lead to another
            same = titles.setdefault(title, arrived)
            assert same == arrived or {same, arrived} == {"/", "/agenda"}, (title, arrived, same)
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.getAttribute('href')") == "#content", path
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", path


@pytest.mark.parametrize("role", [None, Role.CANDIDATE, Role.ADMINISTRATOR])
def test_pages_fit_a_screen_of_320_pixels_with_targets_to_touch(seats: Seats, role: Role | None) -> None:
    wide, small = {}, {}
    with seats(width=320, role=role) as seat:
        for path in opened(seat, role):
            over = seat.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if over > 0:
                wide[path] = over
            if targets := seat.page.evaluate(SMALL_TARGETS):
                small[path] = targets
    assert wide == {}
    assert small == {}


def test_english_pages_hold_no_french_frame(seats: Seats) -> None:
    with seats(language="en") as seat:
        for path in opened(seat, None):
            assert seat.page.locator("html").get_attribute("lang") == "en", path
            text = seat.page.locator("body").inner_text()
            for word in ("Aller au contenu", "S’abonner", "Mentions légales", "Rejoindre", "Erreur"):
                assert word not in text, (path, word)
