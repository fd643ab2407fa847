"""Proofs, assessments, later situations and kept identities in the town, for the tests that walk its pages."""

from datetime import date, timedelta

from sqlmodel import Session, col, select

from alpes_events.clause.eligibility.assessing import assess_person
from alpes_events.clause.eligibility.criteria_changes import PublicDraft, add_public
from alpes_events.clause.eligibility.proofs import ProofDraft, note_proof
from alpes_events.clause.employment.following import note_situation
from alpes_events.clause.tables.contract_rows import ClauseLot, PublicContract
from alpes_events.clause.tables.employment_rows import DisabilityCriterion, EmploymentContract, LaterSituation
from alpes_events.clause.tables.placement_rows import Placement, PlacementState
from alpes_events.clause.tables.proof_rows import Issuer
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.evidence import EvidenceIdentity
from tests.support.stories import NOW, somebody

TODAY = NOW.date()
_EARLY = date(2025, 9, 5)


def proofs_in_town(db: Session, candidate_id: int) -> None:
    """Proofs of every kind of the person who works on the town's contract, and what was assessed by them."""
    for draft in (
        ProofDraft("RSA", date(2026, 1, 20), reference="CAF, janvier"),
        ProofDraft("OTHER", date(2026, 2, 20), issuer=Issuer.MDE, opinion="Longue période sans emploi."),
        ProofDraft("OETH", date(2024, 2, 20), valid_until=TODAY + timedelta(days=10), reference="décision"),
    ):
        note_proof(db, candidate_id, draft, today=TODAY, now=NOW, account_id=None)
    assess_person(db, candidate_id, 1, on=TODAY, now=NOW, account_id=None)
    _more_of_one(db, candidate_id, 0)


def crowd_the_proofs(db: Session, number: int) -> None:
    """One public more; one person more whose eligibility ends and who is to be asked; of the town's first person one
    proof, assessment, placement and employment contract more; one kept identity more.
    """
    public = PublicDraft(f"OWN{number}", f"Public {number}", f"Public {number}", "", "Attestation")
    add_public(db, public, now=NOW, account_id=None)
    first = db.exec(select(EmploymentContract.candidate_id).order_by(col(EmploymentContract.id))).first() or 1
    note_proof(db, first, ProofDraft("RSA", date(2026, 2, 1)), today=TODAY, now=NOW, account_id=None)
    note_proof(db, first, ProofDraft("OETH", date(2025, 2, 1)), today=TODAY, now=NOW, account_id=None)
    assess_person(db, first, 1, on=TODAY, now=NOW, account_id=None)
    _more_of_one(db, first, number + 1)
    other = find_or_create_candidate(db, somebody(7500 + number), now=NOW)
    note_proof(db, other, ProofDraft("RSA", date(2026, 1, 20)), today=TODAY, now=NOW, account_id=None)
    _employed(db, other)
    gone = find_or_create_candidate(db, somebody(7800 + number), now=NOW)
    kept = EvidenceIdentity(
        candidate_id=gone, family_name="Ancienne", given_name="Adèle", kept_until=date(2031, 3, 1), moved_at=NOW
    )
    db.add(kept)
    db.flush()


def _more_of_one(db: Session, candidate_id: int, number: int) -> None:
    employment_id = _employed(db, candidate_id)
    db.add(DisabilityCriterion(employment_id=employment_id, code="OETH"))
    note_situation(db, employment_id, 6, LaterSituation.TRAINING, today=date(2026, 3, 10), now=NOW, account_id=None)
    state = PlacementState.PROPOSED if number == 0 else PlacementState.DECLINED
    lot_id = db.exec(select(ClauseLot.id).order_by(col(ClauseLot.id))).first() or 1
    db.add(Placement(candidate_id=candidate_id, lot_id=lot_id, state=state, created_at=NOW, moved_at=NOW))
    db.flush()


def _employed(db: Session, candidate_id: int) -> int:
    """Somebody hired long enough ago to be asked what became of them, whose eligibility soon ends."""
    lot_id = db.exec(select(ClauseLot.id).order_by(col(ClauseLot.id))).first() or 1
    contract = db.get_one(PublicContract, db.get_one(ClauseLot, lot_id).contract_id)
    contract.eligibility_months = 7
    db.add(contract)
    row = EmploymentContract(
        candidate_id=candidate_id,
        lot_id=lot_id,
        company_id=1,
        starts_on=_EARLY,
        criterion_code="RSA",
        rome_code="F1702",
        noted_at=NOW,
    )
    db.add(row)
    db.flush()
    return row.id or 0
