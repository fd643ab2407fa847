"""Ranking switched off: nothing is computed anywhere, people choose by hand; switched on again, all is ranked anew."""

import json
from datetime import datetime, timedelta

from sqlmodel import Session, select

from alpes_events.database.engine import Database
from alpes_events.database.page import Part
from alpes_events.hiring.models import RankingDecision
from alpes_events.hiring.projects import object_to_ranking
from alpes_events.hiring.ranking_again import rank_again
from alpes_events.hiring.ranking_by_hand import people_by_hand
from alpes_events.hiring.ranking_decisions import decide
from alpes_events.hiring.ranking_rows import AsideReason, RankingRun, RankingStep, RunCause
from alpes_events.journal.delivery import Delivered, deliver_due
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.territory.models import Organisation
from alpes_events.territory.revision import OrganisationDraft, revise_organisation
from tests.integration.test_offers_for_me import PAGE, Seller
from tests.integration.test_ranking import SELLER, _person
from tests.integration.test_ranking_pages import _alpes
from tests.support.hiring import an_offer, looks_for_work
from tests.support.posts import Clock
from tests.support.staff import Desk, way_back
from tests.support.stories import NOW, somebody
from tests.support.web import text_of

SETTING = "/staff/settings/ranking"


def _switch(db: Session, *, on: bool, now: datetime = NOW) -> None:
    draft = OrganisationDraft.of(db.get_one(Organisation, 1))
    wanted = {name: getattr(draft, name) for name in draft.__annotations__} | {"ranks_people": on}
    revise_organisation(db, OrganisationDraft(**wanted), now=now, account_id=None)


def _runs(database: Database) -> list[tuple[int, RunCause]]:
    with database.reading() as db:
        return [(run.offer_id, run.cause) for run in db.exec(select(RankingRun).order_by(RankingRun.id))]  # type: ignore[arg-type]


def _deliver(database: Database, clock: Clock) -> None:
    while deliver_due(database, "rankings", rank_again, clock=clock) != Delivered():
        pass


def test_setting_is_one_box_and_can_be_undone(organised: Database) -> None:
    desk = Desk(organised)
    assert "Arrêté, tout se fait à la main." in text_of(desk.get(SETTING))
    back = way_back(desk, desk.press(SETTING, SETTING))
    with organised.reading() as db:
        assert not db.get_one(Organisation, 1).ranks_people
    assert "Le classement est arrêté en ce moment." in text_of(desk.get("/how-ranking-works"))
    desk.press(back, SETTING)
    with organised.reading() as db:
        assert db.get_one(Organisation, 1).ranks_people
    assert "Le classement est arrêté" not in text_of(desk.get("/how-ranking-works"))


def test_journal_ranks_nothing_while_off_and_every_shown_offer_once_when_on_again(organised: Database) -> None:
    with organised.writing() as db:
        _switch(db, on=False)
        shown = [an_offer(db, rome_code="D1106"), an_offer(db, title="Soudeur ou soudeuse", rome_code="H2913")]
        _person(db, 1, SELLER)
        db.commit()
    _deliver(organised, Clock(NOW + timedelta(minutes=1)))
    assert _runs(organised) == []
    with organised.writing() as db:
        _switch(db, on=True, now=NOW + timedelta(minutes=2))
        db.commit()
    for _twice in range(2):
        _deliver(organised, Clock(NOW + timedelta(minutes=3)))
    assert _runs(organised) == [(offer_id, RunCause.JOURNAL) for offer_id in shown]


def test_other_settings_make_no_ranking_anew(organised: Database) -> None:
    with organised.writing() as db:
        an_offer(db, rome_code="D1106")
        db.commit()
    _deliver(organised, Clock(NOW + timedelta(minutes=1)))
    before = _runs(organised)
    desk = Desk(organised)
    waiting = "/staff/settings/waiting-list"
    assert desk.fill(waiting, "offer_hours", offer_hours="48").status_code == 303
    _deliver(organised, Clock(NOW + timedelta(days=400)))
    assert _runs(organised) == before


def test_people_stand_by_name_whatever_they_said_with_decisions_kept(organised: Database) -> None:
    with organised.writing() as db:
        offer_id = an_offer(db, rome_code="D1106")
        people = [_person(db, number, SELLER) for number in (3, 1, 2)]
        away = _person(db, 4, SELLER)
        object_to_ranking(db, away, objects=True, now=NOW, account_id=None)
        listed = people_by_hand(db, offer_id, part=Part(size=10))
        names = [one.name for one in listed.rows]
        assert (listed.count, names) == (3, sorted(names, key=lambda name: name.split()[::-1]))
        said = {"run_id": None, "now": NOW, "account_id": None}
        last, first = listed.rows[0].candidate_id, listed.rows[2].candidate_id
        decide(db, offer_id, last, RankingStep.SET_ASIDE, reason=AsideReason.HOURS, **said)  # type: ignore[arg-type]
        decide(db, offer_id, first, RankingStep.PINNED, **said)  # type: ignore[arg-type]
        again = [one.candidate_id for one in people_by_hand(db, offer_id, part=Part(size=10)).rows]
        assert (again[0], again[-1], set(again)) == (first, last, set(people))
        assert [one.candidate_id for one in people_by_hand(db, offer_id, part=Part(2, 2)).rows] == again[2:]
        assert people_by_hand(db, offer_id, part=Part(), among={first}).count == 1


def test_page_of_an_offer_lets_people_decide_without_a_ranking(organised: Database) -> None:
    with organised.writing() as db:
        offer_id = an_offer(db, rome_code="D1106")
        person = find_or_create_candidate(db, somebody(1), now=NOW)
        looks_for_work(db, person, offer_id)
        _switch(db, on=False)
        db.commit()
    desk, address = Desk(organised), f"/staff/offers/{offer_id}/ranking"
    told = text_of(desk.get(address))
    assert "Le classement est arrêté." in told
    assert "Cherche : Vendeuse." in told
    assert "Le métier de l’offre est recherché." not in told
    assert desk.press(address, f"/staff/offers/{offer_id}").status_code == 409
    assert len(_runs(organised)) == 1
    assert desk.press(f"{address}/{person}/aside", address, reason="").status_code == 422
    assert desk.press(f"{address}/{person}/aside", address, reason="hours").status_code == 303
    assert desk.press(f"{address}/{person}/propose", address, agreed="y").status_code == 303
    with organised.reading() as db:
        steps = [row.step for row in db.exec(select(RankingDecision).order_by(RankingDecision.id))]  # type: ignore[arg-type]
    assert steps == [RankingStep.SET_ASIDE, RankingStep.PROPOSED]


def test_person_reads_the_newest_offers_first_and_no_reason(database: Database) -> None:
    person = Seller(database)
    with database.writing() as db:
        an_offer(db, title="Soudeur ou soudeuse", rome_code="H2913", now=NOW + timedelta(minutes=1))
        _switch(db, on=False)
        db.commit()
    told = text_of(person.get(PAGE))
    assert told.index("Soudeur ou soudeuse") < told.index("Vendeur ou vendeuse")
    one = text_of(person.get(f"{PAGE}/{person.slug}"))
    for page in (told, one):
        assert "Le classement est arrêté." in page
        assert "Ce qui va" not in page
        assert "Le métier de l’offre est recherché." not in page
    assert "Pourquoi cette offre me va" not in text_of(person.get(f"/job-offers/{person.slug}"))


def test_terminal_says_that_ranking_is_off_and_keeps_the_audit(organised: Database) -> None:
    with organised.writing() as db:
        offer_id = an_offer(db, rome_code="D1106")
        person = _person(db, 1, SELLER)
        _switch(db, on=False)
        db.commit()
    for words in (("offer", str(offer_id)), ("candidate", str(person))):
        refused = _alpes(organised, "match", *words)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert "Le classement est arrêté" in refused.stderr
        machine = _alpes(organised, "match", *words, "--json")
        assert (machine.exit_code, json.loads(machine.stdout)) == (1, {"ranking": "off"})
    assert _alpes(organised, "match", "audit").exit_code == 0
    assert _runs(organised) == []
