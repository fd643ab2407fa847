"""Laws that every page keeps in a browser, with real content in it: readable by everyone, at every width, on paper.

Each page is read in one language and width, which take turns; those that people use most, in all of them.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from alpes_events.people.models import Role
from alpes_web.access import OPEN, ROLES
from alpes_web.policy import POLICY
from tests.browser.conftest import Seat, Seats, Served, serving
from tests.support.databases import Templates
from tests.support.lived_in import settle_lived_in_town, today
from tests.support.routes import Ask, every_page

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
  .filter((one) => getComputedStyle(one, "::after").position !== "absolute")
  .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < {SMALLEST_TARGET} || box.height < {SMALLEST_TARGET}))
  .map(([what]) => what)
"""
KEY_PAGES = {
    "agenda.upcoming",
    "agenda.month",
    "events.page",
    "sign_up.form",
    "sign_up.done",
    "my_sign_up.page",
    "my_space.home",
    "staff.today",
    "staff_events.table",
    "staff_event.people",
    "staff_day.people",
    "staff_figures.year",
}
WAYS_OF_READING = [(375, "fr"), (1280, "en"), (375, "en"), (1280, "fr")]
A4_WIDTH = 718
"""Of the part that is printed, in pixels of CSS: 210 mm without margins of 10 mm."""
ON_PAPER = """
() => [...document.querySelectorAll("body > header nav, body > footer, .stickbar")]
  .filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 60))
"""
MOVING = """
() => [...document.querySelectorAll("*")]
  .filter((one) => { const style = getComputedStyle(one);
    return parseFloat(style.transitionDuration) > 0.01 || parseFloat(style.animationDuration) > 0.01 })
  .map((one) => one.outerHTML.slice(0, 60))
"""
FOCUSED = """
() => { const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const top = document.elementFromPoint(Math.min(x, innerWidth - 1), Math.min(y, innerHeight - 1));
  const label = one.labels && one.labels[0];
  const seen = top && (one.contains(top) || top.contains(one) || (label && label.contains(top)));
  const around = [one, label, one.parentElement, one.closest("article, li, tr, .card, td, th")]
    .filter(Boolean);
  const ringed = one.type === "date" || style.boxShadow !== "none"
    || getComputedStyle(one, "::after").outlineStyle !== "none"
    || around.some((part) => getComputedStyle(part).outlineStyle !== "none");
  const before = window.lastFocused;
  window.lastFocused = one;
  const order = !before || before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING
    || one.name && one.name === before.name;
  return [one.outerHTML.slice(0, 90), Boolean(seen), Boolean(ringed), Boolean(order)] }
"""
MOST_STEPS = 40
SKIP = 'class="skip"'
"""The first link of the page: who comes to it again has been round."""


@pytest.fixture(scope="module")
def served(templates: Templates) -> Iterator[Served]:
    with templates.fresh("sqlite", settle_lived_in_town) as database, serving(database, door=today(database)) as site:
        yield site


def asked_of(served: Served, role: Role | None) -> list[Ask]:
    """The pages to read of this visitor (no files); of who is signed in only those of their own."""
    account = served.account(role)
    asked = []
    for page in every_page(served.app, served.database, served.town):
        declared = POLICY[page.endpoint]
        mine = declared in OPEN if role is None else declared not in OPEN and role in ROLES[declared]
        if page.is_safe and mine and b"<html" in account.get(page.path).get_data()[:200]:
            asked.append(page)
    return asked


def pages_for(served: Served, role: Role | None) -> list[str]:
    """Their addresses."""
    return [page.path for page in asked_of(served, role)]


def opened(seat: Seat, role: Role | None, *, way: int | None = None) -> Iterator[str]:
    """Open the pages of this visitor in turn: every one, or those whose turn it is to be read in this way."""
    for turn, page in enumerate(asked_of(seat.served, role)):
        if way is None or page.endpoint in KEY_PAGES or turn % len(WAYS_OF_READING) == way:
            seat.open(page.path)
            yield page.path


def violations(page: Page) -> list[str]:
    """What axe finds on the page, with the first place of each."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


@pytest.mark.parametrize("way", range(len(WAYS_OF_READING)))
@pytest.mark.parametrize("role", [None, Role.CANDIDATE, Role.READER, Role.ADVISOR, Role.DOOR, Role.ADMINISTRATOR])
def test_axe_finds_nothing(seats: Seats, role: Role | None, way: int) -> None:
    width, language = WAYS_OF_READING[way]
    found = {}
    with seats(width=width, language=language, role=role) as seat:
        for path in opened(seat, role, way=way):
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
            first = "document.querySelector('a[href], button, input:not([type=hidden])').getAttribute('href')"
            assert page.evaluate(first) == "#content", path
            if page.evaluate("document.activeElement !== document.body"):
                continue  # the page begins in a field of its own
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.getAttribute('href')") == "#content", path
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", path


@pytest.mark.parametrize("role", [None, Role.CANDIDATE, Role.ADMINISTRATOR])
def test_pages_fit_a_screen_of_320_pixels_with_targets_to_touch_and_a_sheet_of_paper(
    seats: Seats, role: Role | None
) -> None:
    wide, small, framed = {}, {}, {}
    with seats(width=320, role=role, still=True) as seat:
        page = seat.page
        for path in opened(seat, role):
            if (over := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
                wide[path] = over
            if targets := page.evaluate(SMALL_TARGETS):
                small[path] = targets
            if moving := page.evaluate(MOVING):
                small[path] = moving
            page.emulate_media(media="print")
            page.set_viewport_size({"width": A4_WIDTH, "height": 1000})
            if (over := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
                wide[f"{path} on paper"] = over
            if frame := page.evaluate(ON_PAPER):
                framed[path] = frame
            page.emulate_media(media="screen")
            page.set_viewport_size({"width": 320, "height": 720})
    assert wide == {}
    assert small == {}
    assert framed == {}


@pytest.mark.parametrize(("role", "width"), [(None, 375), (Role.CANDIDATE, 375), (Role.ADMINISTRATOR, 1280)])
def test_the_tabulator_shows_where_it_is_in_the_order_of_the_page(seats: Seats, role: Role | None, width: int) -> None:
    """What has the focus is ringed, hidden by nothing that sticks, and comes after what had it before.

    Inside a date the browser shows by itself which part of it is typed.
    """
    wrong = []
    with seats(width=width, role=role) as seat:
        for asked in asked_of(seat.served, role):
            if asked.endpoint not in KEY_PAGES:
                continue
            page = seat.open(asked.path)
            for step in range(MOST_STEPS):
                page.keyboard.press("Tab")
                told = page.evaluate(FOCUSED)
                if told is None or (SKIP in told[0] and step):
                    break
                what, seen, ringed, in_order = told
                wrong += [(asked.path, what, seen, ringed, in_order)] if not (seen and ringed and in_order) else []
    assert wrong == []
