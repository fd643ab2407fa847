"""Placements: behind the gate, one open for a person and a lot, moved from where somebody saw them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from alpes_events.clause.eligibility.placement_states import OPEN_PLACEMENTS, next_states
from alpes_events.clause.employment.employing import EmploymentDraft, note_employment, withdraw_employment
from alpes_events.clause.placing.placing import Proposal, move_placement, propose_placement, the_placement
from alpes_events.clause.placing.placing_refusals import (
    BadPlacement,
    EligibilityUnknown,
    NoSuchMove,
    NotEligible,
    PlacedAlready,
    UnknownPlacement,
    WorksThere,
)
from alpes_events.clause.refusals import ContractClosed
from alpes_events.clause.tables.contract_rows import PublicContract
from alpes_events.clause.tables.placement_rows import Placement, PlacementState
from alpes_events.clause.tables.proof_rows import EligibilityAssessment, Eligible
from alpes_events.database.engine import Database
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.language.refusal import Refusal
from alpes_events.people.models import Candidate
from tests.support.clause import Site, a_site, employs
from tests.support.clause_people import TODAY, looks_for
from tests.support.hiring import a_company
from tests.support.stories import NOW

S = PlacementState


def _propose(db: Session, site: Site, person: int, **more: object) -> int:
    proposal = replace(Proposal(person, site.lot_id, company_id=site.company_id), **more)  # type: ignore[arg-type]
    return propose_placement(db, proposal, today=TODAY, now=NOW, account_id=None)


def _move(db: Session, placement_id: int, state: PlacementState, came_from: PlacementState) -> None:
    move_placement(db, placement_id, state, came_from=came_from, now=NOW, account_id=None)


def _moves(db: Session) -> list[tuple[object, object]]:
    rows = select(JournalEntry).where(JournalEntry.kind == EntryKind.PLACEMENT_MOVED).order_by(col(JournalEntry.id))
    return [(one.facts["came_from"], one.facts["state"]) for one in db.exec(rows)]


def test_placement_rests_on_an_assessment_made_for_it(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        person = looks_for(db, 1)
        placement = the_placement(db, _propose(db, site, person))
        assessment = db.get_one(EligibilityAssessment, placement.assessment_id)
        assert (assessment.candidate_id, assessment.contract_id, assessment.answer) == (
            person,
            site.contract_id,
            Eligible.YES,
        )
        assert (placement.state, assessment.assessed_on, _moves(db)) == (S.PROPOSED, TODAY, [(None, "proposed")])


def test_gate_refuses_who_is_not_known_and_leaves_nothing_behind(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        with pytest.raises(EligibilityUnknown):
            _propose(db, site, looks_for(db, 1, code=None))
        sole = db.get_one(PublicContract, site.contract_id)
        sole.publics = ["RSA"]
        db.add(sole)
        db.flush()
        with pytest.raises(NotEligible):
            _propose(db, site, looks_for(db, 2, holds=False))
        assert db.exec(select(Placement)).all() == []
        assert db.exec(select(EligibilityAssessment)).all() == []


def test_one_placement_is_open_for_a_person_and_a_lot_whatever_the_record(organised: Database) -> None:
    with organised.writing() as db:
        site, other = a_site(db, 1), a_site(db, 2)
        person, twin = looks_for(db, 1), looks_for(db, 2)
        first = _propose(db, site, person)
        with pytest.raises(PlacedAlready):
            _propose(db, site, person)
        row = db.get_one(Candidate, person)
        row.merged_into = twin
        db.add(row)
        db.flush()
        with pytest.raises(PlacedAlready):
            _propose(db, site, twin)
        _propose(db, other, person)
        _move(db, first, S.DECLINED, S.PROPOSED)
        again = _propose(db, site, twin)
        with pytest.raises(PlacedAlready):
            _move(db, first, S.PROPOSED, S.DECLINED)
        assert (the_placement(db, again).candidate_id, the_placement(db, first).state) == (twin, S.DECLINED)


@pytest.mark.parametrize("state", [state for state in S if state is not S.HIRED])
def test_placement_moves_only_from_where_it_was_seen(organised: Database, state: PlacementState) -> None:
    with organised.writing() as db:
        placement_id = _propose(db, a_site(db), looks_for(db, 1))
        if state not in next_states(S.PROPOSED):
            with pytest.raises(NoSuchMove):
                _move(db, placement_id, state, S.PROPOSED)
            return
        _move(db, placement_id, state, S.PROPOSED)
        with pytest.raises(NoSuchMove):
            _move(db, placement_id, S.WITHDRAWN if state is not S.WITHDRAWN else S.REFUSED, S.PROPOSED)
        assert _moves(db) == [(None, "proposed"), ("proposed", state.value)]
        _move(db, placement_id, S.PROPOSED, state)
        assert the_placement(db, placement_id).state is S.PROPOSED


def test_nobody_is_hired_by_a_press(organised: Database) -> None:
    with organised.writing() as db:
        placement_id = _propose(db, a_site(db), looks_for(db, 1))
        for state in OPEN_PLACEMENTS:
            with pytest.raises(NoSuchMove):
                _move(db, placement_id, S.HIRED, state)
        with pytest.raises(UnknownPlacement):
            _move(db, 999, S.ACCEPTED, S.PROPOSED)


def test_employment_contract_comes_of_a_placement_of_its_person_and_lot(organised: Database) -> None:
    with organised.writing() as db:
        site, other = a_site(db, 1), a_site(db, 2)
        person = looks_for(db, 1)
        placement_id = _propose(db, site, person)
        draft = EmploymentDraft(person, site.lot_id, site.company_id, TODAY, placement_id=placement_id)
        with pytest.raises(BadPlacement, match="d’un autre lot"):
            note_employment(
                db, replace(draft, lot_id=other.lot_id, company_id=other.company_id), now=NOW, account_id=None
            )
        with pytest.raises(BadPlacement, match="une autre personne"):
            note_employment(db, replace(draft, candidate_id=looks_for(db, 2)), now=NOW, account_id=None)


def test_hired_placement_goes_back_when_its_contract_is_withdrawn(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        person = looks_for(db, 1)
        placement_id = _propose(db, site, person)
        draft = EmploymentDraft(person, site.lot_id, site.company_id, TODAY, placement_id=placement_id)
        employment_id = note_employment(db, draft, now=NOW, account_id=None)
        assert the_placement(db, placement_id).state is S.HIRED
        with pytest.raises(NoSuchMove):
            note_employment(db, draft, now=NOW, account_id=None)
        withdraw_employment(db, employment_id, now=NOW, account_id=None)
        assert the_placement(db, placement_id).state is S.ACCEPTED


def test_who_works_on_the_lot_is_not_proposed_there_until_the_contract_ends(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        employs(db, site, 1)
        with pytest.raises(WorksThere):
            _propose(db, site, looks_for(db, 1))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"starts_on": TODAY + timedelta(days=400)}, "starts_on"),
        ({"starts_on": date(2025, 12, 1)}, "starts_on"),
        ({"planned_minutes": -60}, "planned_minutes"),
    ],
)
def test_placement_that_cannot_be_names_its_field(organised: Database, more: dict[str, object], field: str) -> None:
    with organised.writing() as db, pytest.raises(BadPlacement) as refused:
        _propose(db, a_site(db), looks_for(db, 1), **more)
    assert refused.value.field == field


def test_closed_contract_or_strange_company_takes_nobody(organised: Database) -> None:
    with organised.writing() as db:
        site, person = a_site(db), looks_for(db, 1)
        with pytest.raises(BadPlacement, match="n’est pas sur ce lot"):
            _propose(db, site, person, company_id=a_company(db))
        contract = db.get_one(PublicContract, site.contract_id)
        contract.closed_on = TODAY
        db.add(contract)
        db.flush()
        with pytest.raises(ContractClosed) as refused:
            _propose(db, site, person)
        assert isinstance(refused.value, Refusal)
