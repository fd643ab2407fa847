"""What somebody sees first: several events at once on a phone, and a list that goes on where it stands."""

import re

import pytest
from playwright.sync_api import expect

from alpes_web import agenda_days
from alpes_web.views import agenda
from tests.browser.conftest import Seats

ARTICLE = "#days article"
DRAWN = "one => one.firstElementChild.checkVisibility({contentVisibilityAuto: true})"


def test_first_screen_of_a_phone_shows_three_events(seats: Seats) -> None:
    with seats(width=375) as seat:
        page = seat.open("/")
        page.set_viewport_size({"width": 375, "height": 740})
        boxes = [one.bounding_box() for one in page.locator(ARTICLE).all()]
        assert sum(box is not None and box["y"] + box["height"] <= 740 for box in boxes) >= 3


def test_small_calendar_leads_to_the_events_of_a_day(seats: Seats) -> None:
    with seats() as seat:
        page = seat.open("/")
        page.locator(".ahead").get_by_role("link", name=re.compile("^jeudi 19 mars")).click()
        expect(page).to_have_url(re.compile("/#day-2026-03-19$"))
        expect(page.locator("#day-2026-03-19")).to_be_in_viewport()


def test_phone_draws_a_day_below_its_screen_when_it_comes_near(seats: Seats, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda_days, "FILLS_A_SCREEN", 1)
    with seats(width=375) as seat:
        page = seat.open("/")
        page.set_viewport_size({"width": 375, "height": 200})
        first, last = page.locator(ARTICLE).first, page.locator(ARTICLE).last
        page.reload()
        assert (first.evaluate(DRAWN), last.evaluate(DRAWN)) == (True, False)
        assert last.locator("h3").inner_text() in page.locator("main").aria_snapshot()
        last.scroll_into_view_if_needed()
        page.wait_for_function(DRAWN, arg=last.element_handle())


@pytest.mark.parametrize("javascript", [False, True])
def test_more_events_come_without_loss_of_place(
    seats: Seats, monkeypatch: pytest.MonkeyPatch, *, javascript: bool
) -> None:
    with seats(javascript=javascript) as seat:
        whole = seat.open("/").locator(ARTICLE).count()
        titles = seat.page.locator(f"{ARTICLE} h3").all_inner_texts()
        weeks = seat.page.locator(".week").all_inner_texts()
        monkeypatch.setattr(agenda, "A_PAGE", 3)
        page = seat.open("/")
        more = page.locator("p.more a")
        for shown in range(3, whole, 3):
            expect(page.locator(ARTICLE)).to_have_count(shown if javascript else 3)
            more.last.click()
        if javascript:
            expect(page.locator(f"{ARTICLE} h3")).to_have_text(titles)
            assert page.locator(".week").all_inner_texts() == weeks
            assert page.evaluate("document.activeElement.closest('article') !== null")
            expect(more).to_have_count(0)
        else:
            page.get_by_role("link", name="Voir les rendez-vous d’avant").click()
            expect(page.locator(f"{ARTICLE} h3").first).to_have_text(titles[3 * ((whole - 1) // 3) - 3])
