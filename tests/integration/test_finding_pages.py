"""Pages by which people are found for a lot, proposed and followed, and the plan is read and accepted."""

import pytest
from sqlmodel import select

from alpes_events.clause.planning.plan_keeping import open_plan
from alpes_events.clause.tables.placement_rows import Placement, PlacementState
from alpes_events.database.engine import Database
from alpes_events.errands.models import Errand, ErrandKind
from alpes_events.hiring.codes import OfferState
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.ranking_rows import RankingDecision, RankingStep
from alpes_events.people.models import Role
from tests.support.clause import Site, a_site
from tests.support.clause_people import a_job, looks_for
from tests.support.errands import a_worker
from tests.support.staff import Desk
from tests.support.stories import somebody
from tests.support.web import text_of


class Facilitator(Desk):
    """A facilitator with a lot of ten hours' weeks, a job and somebody eligible."""

    def __init__(self, database: Database, role: Role = Role.FACILITATOR) -> None:
        super().__init__(database, role)
        with database.writing() as db:
            self.site: Site = a_site(db, owed=700 * 60)
            self.offer_id = a_job(db, self.site)
            self.person = looks_for(db, 1)
            looks_for(db, 2, code=None)
            db.commit()
        self.database = database
        self.home = f"/staff/clause/lots/{self.site.lot_id}/people"
        self.found = f"{self.home}/{self.offer_id}"


def test_lot_leads_to_people_who_are_proposed_and_followed(organised: Database) -> None:
    desk = Facilitator(organised)
    assert "Trouver des personnes" in text_of(desk.get(desk.home))
    assert desk.press(desk.found, desk.found).status_code == 303
    page = text_of(desk.get(desk.found))
    assert somebody(1).family_name in page
    assert somebody(2).family_name not in page
    assert "1 à qui manque un justificatif" in page
    assert desk.press(f"{desk.found}/{desk.person}/propose", desk.found).status_code == 303
    home = text_of(desk.get(desk.home))
    assert "Proposée" in home
    with organised.reading() as db:
        placement_id = db.exec(select(Placement.id)).one()
    move = f"/staff/clause/lots/{desk.site.lot_id}/placements/{placement_id}"
    assert desk.press(move, desk.home, state="accepted", came_from="proposed").status_code == 303
    assert "Acceptée par l’entreprise" in text_of(desk.get(desk.home))
    assert desk.press(move, desk.home, state="declined", came_from="proposed").status_code == 303
    assert "Acceptée par l’entreprise" in text_of(desk.get(desk.home))
    with organised.reading() as db:
        assert db.exec(select(Placement)).one().state is PlacementState.ACCEPTED


def test_coordinator_is_not_told_of_documents_about_health(organised: Database) -> None:
    facilitator = Facilitator(organised)
    address = f"{facilitator.home}/unknown"
    told = text_of(facilitator.get(address))
    assert somebody(2).family_name in told
    assert "(OETH)" in told
    read = text_of(Desk(organised, Role.COORDINATOR).get(address))
    assert somebody(2).family_name in read
    assert "(OETH)" not in read
    assert "réservé à la facilitation" in read


def test_setting_aside_needs_a_reason_and_keeps_what_was_typed(organised: Database) -> None:
    desk = Facilitator(organised)
    desk.press(desk.found, desk.found)
    refused = desk.press(f"{desk.found}/{desk.person}/aside", desk.found, reason="")
    assert refused.status_code == 422
    assert "Choisissez pourquoi" in text_of(refused)
    assert desk.press(f"{desk.found}/{desk.person}/aside", desk.found, reason="travel").status_code == 303
    with organised.reading() as db:
        assert db.exec(select(RankingDecision)).one().step is RankingStep.SET_ASIDE


def test_job_is_written_from_the_lot_with_what_the_lot_says(organised: Database) -> None:
    desk = Facilitator(organised)
    address = f"/staff/clause/lots/{desk.site.lot_id}/jobs/new"
    page = desk.get(address).get_data(as_text=True)
    assert f"<option value='{desk.site.company_id}' selected>" in page
    fields = {"title": "Peintre", "company": str(desk.site.company_id), "contract": "cdd", "place_count": "1"}
    assert desk.press(address, address, **fields).status_code == 303
    with organised.reading() as db:
        assert db.exec(select(JobOffer.state).where(JobOffer.title == "Peintre")).one() == OfferState.DRAFT
    assert "Peintre" in text_of(desk.get(desk.home))
    refused = desk.press(address, address, **(fields | {"title": ""}))
    assert (refused.status_code, "Écrivez l’intitulé" in text_of(refused)) == (422, True)


def test_things_of_another_lot_do_not_exist(organised: Database) -> None:
    desk = Facilitator(organised)
    with organised.writing() as db:
        other = a_site(db, 2)
        db.commit()
    desk.press(f"{desk.found}/{desk.person}/propose", desk.found)
    with organised.reading() as db:
        placement_id = db.exec(select(Placement.id)).one()
    elsewhere = f"/staff/clause/lots/{other.lot_id}"
    assert desk.get(f"{elsewhere}/people/{desk.offer_id}").status_code == 404
    for path in (f"people/{desk.offer_id}/{desk.person}/pin", f"jobs/{desk.offer_id}/remove"):
        assert desk.press(f"{elsewhere}/{path}", desk.home).status_code == 404
    kept = {"state": "accepted", "came_from": "proposed"}
    assert desk.press(f"{elsewhere}/placements/{placement_id}", desk.home, **kept).status_code == 404


def test_plan_is_asked_for_read_and_accepted_line_by_line(organised: Database) -> None:
    desk = Facilitator(organised)
    plan = "/staff/clause/plan"
    assert "1 lot ouvert a des heures à pourvoir" in text_of(desk.get(plan))
    asked = desk.press(f"{plan}/make", plan)
    assert asked.status_code == 303
    assert desk.press(f"{plan}/make", desk.home).headers["Location"] == asked.headers["Location"]
    with organised.reading() as db:
        assert db.exec(select(Errand.kind)).all() == [ErrandKind.PLACEMENTS]
    a_worker(organised).perform_due()
    assert "700 h placées sur 700 h" in text_of(desk.get(asked.headers["Location"]))
    page = text_of(desk.get(plan))
    assert "Aucun autre plan n’en ferait davantage à temps." in page
    with organised.reading() as db:
        found = open_plan(db)
        assert found is not None
        lines = f"{plan}/{found.id}/lines/0"
    assert desk.press(f"{lines}/aside", plan).status_code == 303
    assert "Écartée" in text_of(desk.get(plan))
    assert desk.press(f"{lines}/accept", plan).status_code == 303
    assert "Écartée" in text_of(desk.get(plan))
    assert desk.press(f"{lines}/back", plan).status_code == 303
    assert desk.press(f"{lines}/accept", plan).status_code == 303
    assert somebody(1).family_name in text_of(desk.get(f"{plan}?show=people"))
    assert "Toutes les lignes ont une réponse." in text_of(desk.get(plan))
    assert desk.press(f"{plan}/{found.id}/lines/9/accept", plan).status_code == 404


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.READER])
def test_nobody_else_of_the_team_opens_them(organised: Database, role: Role) -> None:
    facilitator = Facilitator(organised)
    desk = Desk(organised, role)
    for address in (facilitator.home, facilitator.found, "/staff/clause/plan"):
        assert desk.get(address).status_code in {403, 404}
