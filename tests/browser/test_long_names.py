"""Laws of long names: however long, they stay within the screen of a telephone."""

from alpes_events.agenda.models import Event
from tests.browser.conftest import Seats, Served

OVER = "document.documentElement.scrollWidth - innerWidth"


def test_receipt_of_a_long_compound_name_fits_a_telephone(seats: Seats, served: Served) -> None:
    with served.database.reading() as db:
        slug = db.get_one(Event, served.town.full).slug
    with seats(width=320) as seat:
        page = seat.open(f"/events/{slug}/sign-up")
        page.locator("[name=given_name]").fill("Anne-Sophie-Bérengère")
        page.locator("[name=family_name]").fill("Vandenbroucke-Delattre-Lepoutre")
        page.locator("[name=email]").fill("noms.longs@example.org")
        page.locator("main form button.btn-main").click()
        page.wait_for_url("**/sign-ups/*")
        assert "Anne-Sophie-Bérengère" in page.locator("h1").inner_text()
        assert page.evaluate(OVER) <= 0
