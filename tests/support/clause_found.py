"""People found for the town's first lot, proposed there and planned, so that the pages about them have rows."""

from sqlmodel import Session, col, select

from alpes_events.clause.eligibility.proofs import ProofDraft, note_proof
from alpes_events.clause.placing.finding import propose_found, rank_for_lot
from alpes_events.clause.tables.contract_rows import ClauseLot
from alpes_events.clause.tables.placement_rows import PlacementPlan
from alpes_events.people.models import Candidate
from tests.support.clause import Site
from tests.support.clause_people import TODAY, a_job, looks_for
from tests.support.stories import NOW

_FIGURES = {"due": 6000, "reached": 2100, "bound": 2100, "placed": 1, "let_in": 2, "objected": 1, "stopped": True}


def find_in_town(db: Session) -> None:
    """The lot's work is described; somebody is found for it and proposed, and is in the plan."""
    lot = _first_lot(db)
    offer_id = a_job(db, _site(lot), rome_code="")
    person = db.exec(select(Candidate.id).order_by(col(Candidate.id).desc())).first() or 0
    _prove(db, person)
    rank_for_lot(db, lot.id or 0, offer_id, today=TODAY, now=NOW, account_id=None)
    propose_found(db, lot.id or 0, offer_id, person, today=TODAY, now=NOW, account_id=None)
    db.add(
        PlacementPlan(
            first_on=TODAY,
            last_on=TODAY,
            stints=[[person, lot.id, "2026-03-09", "2026-03-16", 2100]],
            lots=[[lot.id, 6000, 2100, "elsewhere"]],
            figures=_FIGURES | {"late": [lot.id], "without_job": [lot.id]},
            made_at=NOW,
        )
    )
    db.flush()


def crowd_the_found(db: Session, number: int) -> None:
    """One person more who is found and proposed, one of whom nothing is known, one job; and both people in the plan,
    one of them on a lot more.
    """
    lot = _first_lot(db)
    offer_id = a_job(db, _site(lot), title=f"Poste {number}", rome_code="")
    found, unknown = looks_for(db, 8200 + number, None), looks_for(db, 8500 + number, None, holds=False)
    rank_for_lot(db, lot.id or 0, offer_id, today=TODAY, now=NOW, account_id=None)
    propose_found(db, lot.id or 0, offer_id, found, today=TODAY, now=NOW, account_id=None)
    plan = db.exec(select(PlacementPlan)).one()
    last = db.exec(select(ClauseLot.id).order_by(col(ClauseLot.id).desc())).first()
    plan.stints = [
        *plan.stints,
        [found, lot.id, "2026-03-09", "2026-03-16", 60 + number],
        [unknown, last, "2026-03-16", "2026-03-23", 60 + number],
    ]
    plan.lots = [*plan.lots, [last, 600 + number, 60 + number, None]]
    db.add(plan)
    db.flush()


def _first_lot(db: Session) -> ClauseLot:
    first = db.exec(select(ClauseLot).order_by(col(ClauseLot.id))).first()
    assert first is not None
    return first


def _site(lot: ClauseLot) -> Site:
    return Site(1, 1, lot.contract_id, lot.id or 0, 1)


def _prove(db: Session, candidate_id: int) -> None:
    note_proof(db, candidate_id, ProofDraft("RSA", TODAY), today=TODAY, now=NOW, account_id=None)
