"""Reasoned opinions: a facilitator validates or refuses them, and nobody for a company they belong to."""

from datetime import datetime

from sqlmodel import Session, select

from alpes_events.clause.eligibility.criteria import publics
from alpes_events.clause.eligibility.facilitating import check_facilitates, check_is_not_of_their_company
from alpes_events.clause.eligibility.people_refusals import OpinionDecided, UnknownProof
from alpes_events.clause.eligibility.proofs import tell_proof, the_proof
from alpes_events.clause.tables.proof_rows import EligibilityProof


def validate_opinion(db: Session, proof_id: int, *, now: datetime, account_id: int | None) -> None:
    """The opinion counts from now on.

    Raises `UnknownProof`, `OnlyFacilitators`, `OpinionForOwnCompany`, `OpinionDecided`.
    """
    row = _to_decide(db, proof_id, account_id=account_id)
    row.validated_at = now
    row.validated_by = account_id
    db.add(row)
    tell_proof(db, row.candidate_id, {"proof_id": proof_id, "state": "validated"}, now=now, account_id=account_id)


def refuse_opinion(db: Session, proof_id: int, *, now: datetime, account_id: int | None) -> None:
    """The opinion does not count. Raises what `validate_opinion` raises."""
    row = _to_decide(db, proof_id, account_id=account_id)
    row.refused_at = now
    row.validated_by = account_id
    db.add(row)
    tell_proof(db, row.candidate_id, {"proof_id": proof_id, "state": "refused"}, now=now, account_id=account_id)


def _to_decide(db: Session, proof_id: int, *, account_id: int | None) -> EligibilityProof:
    """The opinion, held until the commit, for somebody who may decide on it."""
    check_facilitates(db, account_id)
    the_proof(db, proof_id)
    row = db.exec(
        select(EligibilityProof)
        .where(EligibilityProof.id == proof_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    public = publics(db).get(row.code)
    if public is None or not public.needs_opinion:
        raise UnknownProof
    if row.validated_at is not None or row.refused_at is not None:
        raise OpinionDecided
    check_is_not_of_their_company(db, account_id, row.candidate_id)
    return row
