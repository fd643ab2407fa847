"""Finding people for a lot: the gate decides who is ranked and enters no score; nobody is hidden; the trail stands."""

from dataclasses import fields as dataclass_fields
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from alpes_events.clause.eligibility.criteria import BUILT_IN
from alpes_events.clause.eligibility.gate import gate_of
from alpes_events.clause.placing.finding import Found, decide_for_lot, found_people, propose_found, rank_for_lot
from alpes_events.clause.placing.jobs import add_job, jobs_of, offers_to_choose, remove_job
from alpes_events.clause.placing.unknown_people import names_of_no, unknown_people
from alpes_events.clause.refusals import BadClause
from alpes_events.clause.tables.contract_rows import LotRanking
from alpes_events.clause.tables.placement_rows import Placement, PlacementState
from alpes_events.clause.tables.proof_rows import EligibilityProof
from alpes_events.database.engine import Database
from alpes_events.database.page import Part
from alpes_events.hiring.projects import object_to_ranking
from alpes_events.hiring.ranking import rank_for_offer
from alpes_events.hiring.ranking_mode import RankingIsOff
from alpes_events.hiring.ranking_rows import AsideReason, RankingDecision, RankingPlace, RankingStep, RunCause
from alpes_events.hiring.ranking_shown import last_run
from alpes_events.hiring.refusals import UnknownOffer
from alpes_events.people.models import Candidate, Sex
from alpes_events.privacy.erasure import erase_person
from alpes_events.territory.models import Organisation
from alpes_matching.ranking import CandidateProfile
from tests.support.clause import Site, a_site, employs
from tests.support.clause_people import MASON, SELLER, TODAY, a_job, looks_for
from tests.support.hiring import an_offer
from tests.support.stories import NOW


def _found(db: Session, site: Site, offer_id: int, *, page: int = 1, size: int = 20) -> Found:
    return found_people(db, site.lot_id, offer_id, part=Part(page, size), today=TODAY)


def _rank(db: Session, site: Site, offer_id: int) -> int:
    return rank_for_lot(db, site.lot_id, offer_id, today=TODAY, now=NOW, account_id=None).id or 0


def _scores(db: Session, run_id: int) -> list[tuple[int, int]]:
    places = select(RankingPlace).where(RankingPlace.run_id == run_id).order_by(col(RankingPlace.rank))
    return [(place.candidate_id, place.score) for place in db.exec(places)]


def test_only_those_whom_the_contract_counts_are_ranked_and_nobody_is_lost(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        offer_id = a_job(db, site)
        seller, mason = looks_for(db, 1, SELLER), looks_for(db, 2, MASON)
        unknown = looks_for(db, 3, code=None)
        silent = looks_for(db, 4, None)
        lapsed = looks_for(db, 5, code="QPV")
        db.exec(update(EligibilityProof).where(col(EligibilityProof.candidate_id) == lapsed).values(issued_on=date(2024, 1, 1)))  # fmt: skip  # noqa: E501
        run_id = _rank(db, site, offer_id)
        assert [person for person, _ in _scores(db, run_id)] == [mason, seller]
        kept = db.get_one(LotRanking, run_id)
        assert (kept.lot_id, kept.yes_count, kept.unknown_count, kept.no_count) == (site.lot_id, 3, 2, 0)
        found = _found(db, site, offer_id)
        assert [(one.candidate_id, one.rank) for one in found.page.rows] == [(mason, 1), (seller, 2), (silent, None)]
        assert [one.reasons is None for one in found.page.rows] == [False, False, True]
        asked_for = unknown_people(db, site.contract_id, found.gate, part=Part(1, 20), facilitates=True)
        assert {one.candidate_id for one in asked_for.rows} == {unknown, lapsed}
        assert all({one.code for one in row.standing.wanting} == {"RSA", "QPV", "OETH", "OTHER"} for row in asked_for.rows)  # fmt: skip  # noqa: E501


def test_what_would_tell_of_health_is_asked_for_by_facilitators_only(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        looks_for(db, 1, code=None)
        gate = gate_of(db, site.contract_id, on=TODAY)
        rows = unknown_people(db, site.contract_id, gate, part=Part(1, 20), facilitates=False).rows
        assert [{one.code for one in row.standing.wanting} for row in rows] == [{"RSA", "QPV", "OTHER"}]
        assert rows[0].standing.reserved


def test_person_whose_documents_say_no_is_named_and_not_ranked(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        person = looks_for(db, 1, holds=False)
        for code in ("QPV",):
            db.add(EligibilityProof(candidate_id=person, code=code, issued_on=TODAY, holds=False, noted_at=NOW))
        gate = gate_of(db, site.contract_id, on=TODAY)
        assert (list(gate.yes), set(gate.unknown), set(gate.no)) == ([], {person}, set())  # others are not known
        assert names_of_no(db, replace(gate, no=frozenset({person})))[0][0] == person


def test_protected_attributes_and_criteria_change_neither_score_nor_order(organised: Database) -> None:
    """M4: whoever is let in is ranked alike, whatever let them in, whatever their sex, age, name and home are not."""
    with organised.writing() as db:
        site = a_site(db)
        offer_id = a_job(db, site)
        people = [looks_for(db, 1, SELLER), looks_for(db, 2, MASON), looks_for(db, 3, replace(MASON, skills=()))]
        before = _scores(db, _rank(db, site, offer_id))
        protected = [
            (Sex.WOMAN, date(1960, 1, 1), "RSA", "Aubert"),
            (Sex.MAN, date(2004, 5, 5), "QPV", "Zidane"),
            (None, None, "OTHER", "Nguyen"),
        ]
        for order in permutations(protected):
            for person, (sex, birth_on, code, name) in zip(people, order, strict=True):
                row = db.get_one(Candidate, person)
                row.sex, row.birth_on, row.family_name, row.search_name = sex, birth_on, name, name.lower()
                changed = update(EligibilityProof).where(col(EligibilityProof.candidate_id) == person)
                db.exec(changed.values(code=code, validated_at=NOW))
            db.flush()
            assert _scores(db, _rank(db, site, offer_id)) == before


def test_input_digest_tells_who_was_let_in(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        offer_id = a_job(db, site)
        looks_for(db, 1)
        first = rank_for_lot(db, site.lot_id, offer_id, today=TODAY, now=NOW, account_id=None)
        again = rank_for_lot(db, site.lot_id, offer_id, today=TODAY, now=NOW, account_id=None)
        looks_for(db, 2)
        more = rank_for_lot(db, site.lot_id, offer_id, today=TODAY, now=NOW, account_id=None)
        assert first.cause is RunCause.CLAUSE
        assert (first.input_digest, first.order_digest) == (again.input_digest, again.order_digest)
        assert more.input_digest != first.input_digest


def test_ranking_of_everybody_and_that_of_a_lot_do_not_mix(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        offer_id = a_job(db, site)
        looks_for(db, 1), looks_for(db, 2, code=None)
        everybody = rank_for_offer(db, offer_id, today=TODAY, now=NOW, account_id=None, cause=RunCause.ASKED)
        behind_gate = _rank(db, site, offer_id)
        assert (everybody.candidate_count, last_run(db, offer_id)) == (2, everybody)
        found = _found(db, site, offer_id)
        assert found.run is not None
        assert (found.run.id, found.run.candidate_count) == (behind_gate, 1)


def test_who_objects_is_shown_without_a_rank_and_counted(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        offer_id = a_job(db, site)
        looks_for(db, 1), looks_for(db, 2)
        object_to_ranking(db, looks_for(db, 2), objects=True, now=NOW, account_id=None)
        _rank(db, site, offer_id)
        found = _found(db, site, offer_id)
        assert [(one.rank, one.objects) for one in found.page.rows] == [(1, False), (None, True)]
        assert found.run is not None
        assert (found.run.objected_count, found.is_stale) == (1, False)


def test_people_stand_by_name_while_ranking_is_off(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        offer_id = a_job(db, site)
        last, first = looks_for(db, 2, MASON), looks_for(db, 1, SELLER)
        db.get_one(Organisation, 1).ranks_people = False
        with pytest.raises(RankingIsOff):
            _rank(db, site, offer_id)
        found = _found(db, site, offer_id)
        assert found.is_off
        assert [(one.candidate_id, one.rank, one.reasons) for one in found.page.rows] == [
            (first, None, None),
            (last, None, None),
        ]
        propose_found(db, site.lot_id, offer_id, last, today=TODAY, now=NOW, account_id=None)


def test_decisions_stand_beside_the_run_that_was_seen(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        offer_id = a_job(db, site)
        best, other = looks_for(db, 1, MASON), looks_for(db, 2, SELLER)
        run_id = _rank(db, site, offer_id)
        decide_for_lot(db, site.lot_id, offer_id, other, RankingStep.PINNED, now=NOW, account_id=None)
        assert [one.candidate_id for one in _found(db, site, offer_id).page.rows] == [other, best]
        aside = RankingStep.SET_ASIDE
        decide_for_lot(db, site.lot_id, offer_id, other, aside, reason=AsideReason.TRAVEL, now=NOW, account_id=None)
        assert [one.candidate_id for one in _found(db, site, offer_id).page.rows] == [best, other]
        placement_id = propose_found(db, site.lot_id, offer_id, best, today=TODAY, now=NOW, account_id=None)
        placement = db.get_one(Placement, placement_id)
        assert (placement.state, placement.run_id, placement.company_id) == (
            PlacementState.PROPOSED,
            run_id,
            site.company_id,
        )
        steps = db.exec(select(RankingDecision).order_by(col(RankingDecision.id))).all()
        assert [(one.candidate_id, one.step, one.run_id) for one in steps] == [
            (other, RankingStep.PINNED, run_id),
            (other, aside, run_id),
            (best, RankingStep.PROPOSED, run_id),
        ]


def test_people_at_work_or_proposed_are_marked_with_where(organised: Database) -> None:
    with organised.writing() as db:
        site, elsewhere = a_site(db, 1), a_site(db, 2)
        offer_id = a_job(db, site)
        here, there = looks_for(db, 1), looks_for(db, 2)
        propose_found(db, site.lot_id, offer_id, here, today=TODAY, now=NOW, account_id=None)
        employs(db, elsewhere, 2)
        found = _found(db, site, offer_id)
        marked = {one.candidate_id: [(where.lot_id, where.works) for where in one.engaged] for one in found.page.rows}
        assert marked == {here: [(site.lot_id, False)], there: [(elsewhere.lot_id, True)]}
        assert found.lots[elsewhere.lot_id].operation == "École 2"


def test_run_says_that_it_is_old_once_somebody_else_may_come_in(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        offer_id = a_job(db, site)
        gone = looks_for(db, 1)
        _rank(db, site, offer_id)
        assert not _found(db, site, offer_id).is_stale
        erase_person(db, gone, now=NOW)
        found = _found(db, site, offer_id)
        assert (found.is_stale, found.page.count, dict(found.gate.yes)) == (True, 0, {})


def test_job_of_a_lot_is_an_offer_of_one_of_its_companies(organised: Database) -> None:
    with organised.writing() as db:
        site = a_site(db)
        offer_id = a_job(db, site)
        strange = an_offer(db)
        with pytest.raises(BadClause, match="n’est pas sur ce lot"):
            add_job(db, site.lot_id, strange, now=NOW, account_id=None)
        assert not add_job(db, site.lot_id, offer_id, now=NOW, account_id=None)
        assert offers_to_choose(db, site.lot_id) == []
        remove_job(db, site.lot_id, offer_id, now=NOW, account_id=None)
        assert (jobs_of(db, site.lot_id), [one.id for one in offers_to_choose(db, site.lot_id)]) == ([], [offer_id])
        with pytest.raises(UnknownOffer):
            _found(db, site, offer_id)


def test_input_of_a_ranking_has_no_room_for_a_public() -> None:
    fields = {field.name for field in dataclass_fields(CandidateProfile)}
    assert not {name.lower() for name in fields} & {one.code.lower() for one in BUILT_IN}
    assert not fields & {"sex", "birth_on", "age_band", "criterion", "eligible", "health", "priority_district"}
