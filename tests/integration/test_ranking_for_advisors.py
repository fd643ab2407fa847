"""The ranking of an offer as an advisor sees it: the people they support, at their rank among everybody, no other."""

import pytest
from sqlmodel import select

from alpes_events.attendance.models import Channel
from alpes_events.database.engine import Database
from alpes_events.hiring.commands import add_offer
from alpes_events.hiring.models import JobApplication, RankingDecision
from alpes_events.hiring.ranking_rows import RankingStep
from alpes_events.people.models import Role
from alpes_events.territory.models import Organisation
from tests.integration.test_ranking import SELLER, WHOLE, _person, _run
from tests.support.hiring import a_company, a_draft, an_offer
from tests.support.staff import Desk
from tests.support.stories import NOW, an_event, signs_up, somebody
from tests.support.web import text_of


class Advisor(Desk):
    """An advisor with one person of their own, who comes second for an offer, behind somebody who is not theirs."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, Role.ADVISOR)
        with database.writing() as db:
            self.event_id = an_event(db, capacity=20)
            self.offer_id = an_offer(db, rome_code="D1106")
            self.other, self.own = _person(db, 1, SELLER), _person(db, 2, WHOLE)
            signs_up(db, self.event_id, 2, channel=Channel.ADVISOR, account_id=self.account_id)
            _run(db, self.offer_id)
            db.commit()
        self.database, self.address = database, f"/staff/offers/{self.offer_id}/ranking"


def test_advisor_sees_their_own_people_at_their_rank_and_nobody_else(organised: Database) -> None:
    advisor = Advisor(organised)
    page = text_of(advisor.get(advisor.address))
    own, other = somebody(2), somebody(1)
    assert f"2 {own.given_name} {own.family_name}" in page
    assert other.family_name not in page
    assert "Vous voyez les personnes que vous accompagnez" in page
    assert f"/staff/my-people/{advisor.own}" in advisor.get(advisor.address).get_data(as_text=True)
    everybody = text_of(Desk(organised).get(advisor.address))
    assert own.family_name in everybody
    assert other.family_name in everybody


def test_advisor_decides_about_their_own_people_only(organised: Database) -> None:
    advisor = Advisor(organised)
    for step, kept in (("pin", {}), ("back", {}), ("aside", {"reason": "hours"}), ("propose", {"agreed": "y"})):
        assert advisor.press(f"{advisor.address}/{advisor.other}/{step}", advisor.address, **kept).status_code == 404
    with organised.reading() as db:
        assert db.exec(select(RankingDecision)).all() == []
    assert advisor.press(f"{advisor.address}/{advisor.own}/propose", advisor.address, agreed="y").status_code == 303
    with organised.reading() as db:
        decision = db.exec(select(RankingDecision)).one()
        assert (decision.candidate_id, decision.step) == (advisor.own, RankingStep.PROPOSED)
        assert db.exec(select(JobApplication)).one().proposed_by == advisor.account_id
    assert "Proposée à l’employeur" in text_of(advisor.get(advisor.address))


def test_own_person_without_a_place_that_is_kept_is_shown_all_the_same(organised: Database) -> None:
    advisor = Advisor(organised)
    with organised.writing() as db:
        later = an_offer(db, title="Soudeur ou soudeuse", rome_code="H2913")
        db.commit()
    address = f"/staff/offers/{later}/ranking"
    assert advisor.press(address, address).status_code == 303
    with organised.writing() as db:
        _person(db, 3, SELLER)
        signs_up(db, advisor.event_id, 3, channel=Channel.ADVISOR, account_id=advisor.account_id)
        db.commit()
    page = text_of(advisor.get(address))
    assert somebody(3).family_name in page
    assert "pas encore classée" in page


def test_offer_that_is_not_published_is_no_advisors(organised: Database) -> None:
    advisor = Advisor(organised)
    with organised.writing() as db:
        draft = add_offer(db, a_draft(a_company(db)), now=NOW, account_id=None)
        db.commit()
    assert advisor.get(f"/staff/offers/{draft}/ranking").status_code == 404
    assert advisor.press(f"/staff/offers/{draft}/ranking", advisor.address).status_code == 404


def test_advisor_chooses_by_hand_among_their_own_people(organised: Database) -> None:
    advisor = Advisor(organised)
    with organised.writing() as db:
        db.get_one(Organisation, 1).ranks_people = False
        db.commit()
    page = text_of(advisor.get(advisor.address))
    assert somebody(2).family_name in page
    assert somebody(1).family_name not in page


@pytest.mark.parametrize("role", [Role.READER, Role.DOOR])
def test_nobody_else_of_the_team_opens_a_ranking(organised: Database, role: Role) -> None:
    advisor = Advisor(organised)
    desk = Desk(organised, role, event_id=advisor.event_id if role is Role.DOOR else None)
    assert desk.get(advisor.address).status_code in {403, 404}


def test_links_lead_an_advisor_there(organised: Database) -> None:
    advisor = Advisor(organised)
    for page in (f"/staff/applications/propose/{advisor.offer_id}", "/job-offers/vendeur-ou-vendeuse-en-boulangerie"):
        assert f'href="{advisor.address}"' in advisor.get(page).get_data(as_text=True)
    assert 'href="/job-offers"' in advisor.get("/staff/applications").get_data(as_text=True)
