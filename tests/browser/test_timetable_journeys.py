"""A coordinator has a timetable proposed, moves an interview, fixes it and publishes, with the keyboard alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from alpes_events.interviews.live import timetable_of
from alpes_events.interviews.plans import open_plan, slots_of
from alpes_events.people.models import Role
from tests.browser.conftest import Seats, Served, serving
from tests.browser.test_keyboard import Keys
from tests.support.databases import Templates
from tests.support.errands import a_worker
from tests.support.town import settle_town


@pytest.fixture(scope="module")
def served(templates: Templates) -> Iterator[Served]:
    """A town whose timetable is made here, and nowhere else."""
    with templates.fresh("sqlite", settle_town) as database, serving(database) as site:
        yield site


def test_timetable_is_proposed_moved_fixed_and_published_with_the_keyboard(seats: Seats, served: Served) -> None:
    home = f"/staff/events/{served.town.job_dating}/timetable"
    with seats(role=Role.COORDINATOR) as seat:
        keys, page = Keys(seat.open(home)), seat.page
        keys.press("^Proposer d’autres horaires$")
        expect(page.get_by_role("button", name="S’arrêter là")).to_be_visible()
        a_worker(served.database).perform_due()
        expect(page.get_by_role("heading", name="Une proposition attend")).to_be_visible()
        keys = Keys(seat.open(f"{home}/draft"))
        expect(page.get_by_role("heading", name="Ce qu’elle vaut")).to_be_visible()
        with served.database.reading() as db:
            plan = open_plan(db, served.town.job_dating)
            assert plan is not None
            slot = slots_of(plan)[0]
        seat.open(f"{home}/draft/interviews/{slot.registration_id}/{slot.exhibitor_id}")
        keys.press("libre$")
        expect(page.get_by_text("C’est placé, et fixé là.")).to_be_visible()
        keys.press("^Ne plus fixer$")
        keys.press("^Fixer là$")
        expect(page.get_by_text("Fixé : une nouvelle proposition le laisse là.")).to_be_visible()
        seat.open(f"{home}/draft")
        keys.press("^Comparer et publier$")
        keys.press("^Publier ces horaires$")
        expect(page.get_by_text("Les horaires sont publiés.")).to_be_visible()
    with served.database.reading() as db:
        live = {(row.registration_id, row.exhibitor_id): row for row in timetable_of(db, served.town.job_dating)}
    moved = live[slot.pair]
    assert (moved.table_id, moved.starts) != (slot.table_id, slot.starts)
    assert moved.pinned


def test_proposal_fits_a_telephone(seats: Seats, served: Served) -> None:
    home = f"/staff/events/{served.town.job_dating}/timetable"
    for language in ("fr", "en"):
        with seats(role=Role.COORDINATOR, width=375, language=language) as seat:
            for more in ("", "/draft", "/draft?show=people", "/draft/unmet", "/draft/publish", "/published"):
                page = seat.open(home + more)
                assert page.evaluate("document.documentElement.scrollWidth") == 375, more
