"""The ranking of an offer as coordination sees it, and as the terminal tells it."""

import json

import pytest
from click.testing import CliRunner, Result
from sqlmodel import Session, select

from alpes_events.database.engine import Database
from alpes_events.hiring.models import JobApplication, RankingDecision
from alpes_events.hiring.ranking_rows import AsideReason, RankingRun, RankingStep
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.settings.deployment import Deployment
from alpes_matching.ranking import CRITERIA
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.support.hiring import an_offer, looks_for_work
from tests.support.staff import Desk, way_back
from tests.support.stories import NOW, somebody
from tests.support.web import text_of


@pytest.fixture
def ranked(organised: Database) -> tuple[int, int]:
    """An offer and somebody who looks for just that."""
    with organised.writing() as db:
        offer_id = an_offer(db, rome_code="D1106")
        candidate_id = find_or_create_candidate(db, somebody(1), now=NOW)
        looks_for_work(db, candidate_id, offer_id)
        db.commit()
    return offer_id, candidate_id


def _decisions(db: Session) -> list[tuple[RankingStep, AsideReason | None]]:
    return [(row.step, row.reason) for row in db.exec(select(RankingDecision).order_by(RankingDecision.id))]  # type: ignore[arg-type]


def test_ranking_is_made_read_and_decided_on(organised: Database, ranked: tuple[int, int]) -> None:
    offer_id, candidate_id = ranked
    desk = Desk(organised)
    address = f"/staff/offers/{offer_id}/ranking"
    assert desk.press(address, address).status_code == 303
    page = text_of(desk.get(address))
    assert "1 personne classée" in page
    assert "Le métier de l’offre est recherché." in page
    assert "c’est vous qui décidez" in page
    assert desk.press(f"{address}/{candidate_id}/pin", address).status_code == 303
    assert "Retenue" in text_of(desk.get(address))
    refused = desk.press(f"{address}/{candidate_id}/aside", address, reason="")
    assert refused.status_code == 422
    assert "Choisissez pourquoi" in text_of(refused)
    aside = desk.press(f"{address}/{candidate_id}/aside", address, reason="hours")
    assert desk.press(way_back(desk, aside), address).status_code == 303
    with organised.reading() as db:
        assert _decisions(db) == [
            (RankingStep.PINNED, None),
            (RankingStep.SET_ASIDE, AsideReason.HOURS),
            (RankingStep.PUT_BACK, None),
        ]
        assert len(db.exec(select(RankingRun)).all()) == 2


def test_nobody_is_proposed_before_their_agreement_is_ticked(organised: Database, ranked: tuple[int, int]) -> None:
    offer_id, candidate_id = ranked
    desk = Desk(organised)
    address = f"/staff/offers/{offer_id}/ranking"
    refused = desk.press(f"{address}/{candidate_id}/propose", address)
    assert refused.status_code == 422
    assert "Avec son accord seulement" in text_of(refused)
    assert desk.press(f"{address}/{candidate_id}/propose", address, agreed="y").status_code == 303
    with organised.reading() as db:
        assert [row.candidate_id for row in db.exec(select(JobApplication))] == [candidate_id]
        assert _decisions(db) == [(RankingStep.PROPOSED, None)]
    assert "Proposée à l’employeur" in text_of(desk.get(address))


def _alpes(database: Database, *words: str, language: str = "fr_FR.UTF-8") -> Result:
    terminal = Terminal(settings=Deployment(secret_key="k" * 40), database=database, now=lambda: NOW)
    return CliRunner().invoke(main, list(words), obj=terminal, env={"LC_ALL": language})


def test_terminal_ranks_and_explains_as_the_page_does(organised: Database, ranked: tuple[int, int]) -> None:
    offer_id, candidate_id = ranked
    said = json.loads(_alpes(organised, "match", "offer", str(offer_id), "--json").stdout)
    assert (said["ranked"], said["objected"]) == (1, 0)
    person = said["people"][0]
    assert person["candidate"] == candidate_id
    assert sum(person["contributions"].values()) == person["score"] > 5000
    mine = json.loads(_alpes(organised, "match", "candidate", str(candidate_id), "--json").stdout)
    assert [(one["offer"], one["score"]) for one in mine["offers"]] == [(offer_id, person["score"])]
    assert "Le métier de l’offre est recherché." in _alpes(organised, "match", "offer", str(offer_id)).stdout
    english = _alpes(organised, "match", "offer", str(offer_id), language="en_GB.UTF-8").stdout
    assert "occupation" in english


def test_terminal_audits_aggregates_and_hides_small_groups(organised: Database, ranked: tuple[int, int]) -> None:
    offer_id, _candidate_id = ranked
    with organised.writing() as db:
        for number in range(2, 9):
            looks_for_work(db, find_or_create_candidate(db, somebody(number), now=NOW), offer_id)
        db.commit()
    said = json.loads(_alpes(organised, "match", "audit", "--json").stdout)
    assert set(said) == {"sex", "age_band"}
    considered = [one["considered"] for one in said["sex"]["selection"] if not one["hidden"]]
    assert considered == [8]
    assert _alpes(organised, "match", "audit").exit_code == 0


def test_terminal_prints_the_card_and_what_is_not_measured(organised: Database) -> None:
    machine = json.loads(_alpes(organised, "match", "card", "--json").stdout)
    assert [one["weight"] for one in machine["criteria"]] == [one.weight for one in CRITERIA]
    assert {one["value"] for one in machine["figures"] if one["name"] == "hires_among_the_first"} == {None}
    french = _alpes(organised, "match", "card").stdout
    assert "non mesuré" in french
    assert "Jamais lu : l’âge" in french
    assert "not measured" in _alpes(organised, "match", "card", language="en_GB.UTF-8").stdout


@pytest.mark.parametrize("words", [("offer", "999"), ("candidate", "999")])
def test_terminal_names_what_does_not_exist(organised: Database, words: tuple[str, str]) -> None:
    refused = _alpes(organised, "match", *words)
    assert refused.exit_code == 1
    assert refused.stderr.strip()
