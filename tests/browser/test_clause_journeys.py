"""A facilitator finds people for a lot, proposes one and notes the company's answer; then a plan, line by line."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from alpes_events.clause.planning.plan_keeping import open_plan, set_plan_aside
from alpes_events.clause.tables.placement_rows import Placement, PlacementState
from alpes_events.people.models import Role
from tests.browser.conftest import Seats, Served, serving
from tests.browser.test_keyboard import Keys
from tests.support.clause import Site, a_site
from tests.support.clause_people import a_job, looks_for
from tests.support.databases import Templates
from tests.support.errands import a_worker
from tests.support.town import settle_town


@pytest.fixture(scope="module")
def served(templates: Templates) -> Iterator[Served]:
    """A town with one more lot."""
    with templates.fresh("sqlite", settle_town) as database, serving(database) as site:
        yield site


@pytest.fixture(scope="module")
def lot(served: Served) -> Site:
    """The lot, with its job and two people whom its contract may count."""
    with served.database.writing() as db:
        plan = open_plan(db)
        assert plan is not None
        set_plan_aside(db, plan.id or 0)
        site = a_site(db, 77, owed=700 * 60)
        a_job(db, site)
        looks_for(db, 9101), looks_for(db, 9102)
        db.commit()
    return site


def _placements(served: Served, lot: Site) -> list[PlacementState]:
    with served.database.reading() as db:
        return list(db.exec(select(Placement.state).where(Placement.lot_id == lot.lot_id).order_by(Placement.id)))  # type: ignore[arg-type]


def test_lot_is_opened_somebody_found_proposed_and_accepted_with_the_keyboard(
    seats: Seats, served: Served, lot: Site
) -> None:
    with seats(role=Role.FACILITATOR) as seat:
        keys, page = Keys(seat.open(f"/staff/clause/lots/{lot.lot_id}/people")), seat.page
        keys.press("^Trouver des personnes")
        keys.press("^Classer les personnes éligibles$")
        expect(page.get_by_text("Classement refait")).to_be_visible()
        keys.press("^Proposer$")
        expect(page.get_by_text("Cette personne est proposée : suivez la réponse ici.")).to_be_visible()
        keys.press("^L’entreprise accepte$")
        expect(page.get_by_text("Acceptée par l’entreprise")).to_be_visible()
    assert _placements(served, lot) == [PlacementState.ACCEPTED]


def test_plan_is_asked_for_watched_and_accepted_on_a_telephone(seats: Seats, served: Served, lot: Site) -> None:
    before = len(_placements(served, lot))
    with seats(role=Role.FACILITATOR, width=375) as seat:
        seat.open("/staff/clause/plan")
        page = seat.page
        page.get_by_role("button", name="Proposer un plan").click()
        expect(page.get_by_role("heading", name="Plan de placements proposé")).to_be_visible()
        a_worker(served.database).perform_due()
        page.get_by_role("link", name="Voir le plan").click()
        own = page.get_by_role("group", name="École 77, Gros œuvre")
        own.get_by_role("button", name="Accepter").first.click()
        expect(page.get_by_text("La personne est proposée sur ce lot.")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert len(_placements(served, lot)) == before + 1
