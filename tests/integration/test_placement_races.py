"""Two people of the team place one person, under two records, or close the contract meanwhile: one is heard."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import Session, col, func, select

from alpes_events.clause.contracts.revising import close_contract
from alpes_events.clause.eligibility.placement_states import OPEN_PLACEMENTS
from alpes_events.clause.placing.placing import Proposal, move_placement, propose_placement
from alpes_events.clause.tables.placement_rows import Placement, PlacementState
from alpes_events.database.engine import Database
from alpes_events.people.models import Candidate
from tests.support.clause import a_site
from tests.support.clause_people import TODAY, looks_for
from tests.support.racing import Racers, Refused, act
from tests.support.stories import NOW

BY: dict[str, Any] = {"now": NOW, "account_id": None}


@pytest.fixture(scope="module")
def two() -> Iterator[Racers]:
    """Two processes."""
    made = Racers(2)
    yield made
    made.stop()


@pytest.fixture
def racers(two: Racers, organised: Database) -> Iterator[Racers]:
    """The processes, with no connection left to a database that goes away (`organised` is named for the order)."""
    del organised
    yield two
    two.forget()


def proposes(db: Session, candidate_id: int, lot_id: int) -> str:
    propose_placement(db, Proposal(candidate_id, lot_id), today=TODAY, **BY)
    return "proposed"


def proposes_again(db: Session, placement_id: int) -> str:
    move_placement(db, placement_id, PlacementState.PROPOSED, came_from=PlacementState.WITHDRAWN, **BY)
    return "again"


def closes(db: Session, contract_id: int) -> str:
    close_contract(db, contract_id, on=TODAY, **BY)
    return "closed"


def _told(answers: list[list[Any]]) -> list[str]:
    return [one.name if isinstance(one, Refused) else str(one) for lane in answers for one in lane]


@pytest.mark.parametrize("_turn", range(4))
def test_person_of_two_records_is_placed_once_on_a_lot(organised: Database, racers: Racers, _turn: int) -> None:
    with organised.writing() as db:
        site, person, twin = a_site(db), looks_for(db, 1), looks_for(db, 2)
        before = propose_placement(db, Proposal(twin, site.lot_id), today=TODAY, **BY)
        move_placement(db, before, PlacementState.WITHDRAWN, came_from=PlacementState.PROPOSED, **BY)
        db.get_one(Candidate, twin).merged_into = person
        db.commit()
    lanes = [[act(proposes, person, site.lot_id)], [act(proposes_again, before)]]
    told = _told(racers.run(organised, lanes))
    with organised.reading() as db:
        asked = select(func.count(col(Placement.id))).where(col(Placement.state).in_(OPEN_PLACEMENTS))
        assert db.exec(asked).one() == 1
    assert sorted(told) in (["PlacedAlready", "again"], ["PlacedAlready", "proposed"])


@pytest.mark.parametrize("_turn", range(3))
def test_contract_that_closes_takes_a_proposal_before_or_refuses_it(
    organised: Database, racers: Racers, _turn: int
) -> None:
    with organised.writing() as db:
        site, person = a_site(db), looks_for(db, 1)
        db.commit()
    lanes = [[act(proposes, person, site.lot_id)], [act(closes, site.contract_id)]]
    first, second = _told(racers.run(organised, lanes))
    assert (second, first in {"proposed", "ContractClosed"}) == ("closed", True)
    with organised.reading() as db:
        assert len(db.exec(select(Placement.id)).all()) == (first == "proposed")
