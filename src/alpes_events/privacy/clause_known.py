"""Everything that is known of one person under the social clause, with the names of what the rows point to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.clause.ledger.balances import Balance, monthly_balances
from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, PublicContract
from alpes_events.clause.tables.employment_rows import DisabilityCriterion, EmploymentContract, FollowedSituation
from alpes_events.clause.tables.placement_rows import Placement
from alpes_events.clause.tables.proof_rows import (
    DisabilityAssessment,
    DisabilityProof,
    EligibilityAssessment,
    EligibilityProof,
)
from alpes_events.clause.tally.names import company_names, public_names
from alpes_events.occupations.queries import named_codes


@dataclass(frozen=True)
class ClauseKnown:
    """Rows by their days; `hours` are balances by work contract, then by month; `situations` by work contract and how
    many months after; `health_of_…` the criterion of health behind `HEALTH`.
    """

    proofs: Sequence[EligibilityProof | DisabilityProof]
    assessments: Sequence[EligibilityAssessment]
    placements: Sequence[Placement]
    works: Sequence[EmploymentContract]
    hours: Mapping[int, Mapping[date, Balance]]
    situations: Mapping[tuple[int, int], str]
    health_of_works: Mapping[int, str]
    health_of_assessments: Mapping[int, str | None]
    publics: Mapping[str, str]
    companies: Mapping[int, str]
    lots: Mapping[int, str]
    contracts: Mapping[int, str]
    occupations: Mapping[str, str]


def clause_known(db: Session, candidate_ids: Sequence[int], *, language: str) -> ClauseKnown:
    """Of the records of one person."""
    plain = db.exec(select(EligibilityProof).where(col(EligibilityProof.candidate_id).in_(candidate_ids))).all()
    health = db.exec(select(DisabilityProof).where(col(DisabilityProof.candidate_id).in_(candidate_ids))).all()
    proofs: list[EligibilityProof | DisabilityProof] = [*plain, *health]
    assessments = db.exec(
        select(EligibilityAssessment)
        .where(col(EligibilityAssessment.candidate_id).in_(candidate_ids))
        .order_by(col(EligibilityAssessment.assessed_on), col(EligibilityAssessment.id))
    ).all()
    placements = db.exec(
        select(Placement).where(col(Placement.candidate_id).in_(candidate_ids)).order_by(col(Placement.id))
    ).all()
    works = db.exec(
        select(EmploymentContract)
        .where(col(EmploymentContract.candidate_id).in_(candidate_ids))
        .order_by(col(EmploymentContract.starts_on), col(EmploymentContract.id))
    ).all()
    ids = [row.id or 0 for row in works]
    followed = db.exec(select(FollowedSituation).where(col(FollowedSituation.employment_id).in_(ids)))
    of_works = db.exec(select(DisabilityCriterion).where(col(DisabilityCriterion.employment_id).in_(ids)))
    assessed = [row.id or 0 for row in assessments]
    of_assessments = db.exec(select(DisabilityAssessment).where(col(DisabilityAssessment.assessment_id).in_(assessed)))
    companies = {one for row in works for one in (row.company_id, row.employer_id)} | {
        row.company_id for row in placements
    }
    lots, contracts = _places(
        db,
        lot_ids={row.lot_id for row in works} | {row.lot_id for row in placements},
        contract_ids={row.contract_id for row in assessments},
    )
    return ClauseKnown(
        proofs=sorted((one for one in proofs if one.withdrawn_at is None), key=lambda one: (one.issued_on, one.code)),
        assessments=assessments,
        placements=placements,
        works=works,
        hours=monthly_balances(db, ids),
        situations={(row.employment_id, row.months): row.situation for row in followed},
        health_of_works={row.employment_id: row.code for row in of_works},
        health_of_assessments={row.assessment_id: row.code for row in of_assessments},
        publics=public_names(db, language=language),
        companies=company_names(db, {one for one in companies if one is not None}),
        lots=lots,
        contracts=contracts,
        occupations=named_codes(db, {row.rome_code for row in works if row.rome_code}),
    )


def _places(
    db: Session, *, lot_ids: Collection[int], contract_ids: Collection[int]
) -> tuple[dict[int, str], dict[int, str]]:
    """These lots and contracts in words."""
    asked = (
        columns(col(ClauseLot.id), col(PublicContract.id), col(ClauseOperation.name), col(PublicContract.reference))
        .select_from(PublicContract)
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .outerjoin(ClauseLot, col(ClauseLot.contract_id) == col(PublicContract.id))
        .where(or_(col(ClauseLot.id).in_(lot_ids), col(PublicContract.id).in_(contract_ids)))
    )
    lots: dict[int, str] = {}
    contracts: dict[int, str] = {}
    for lot_id, contract_id, operation, reference in db.execute(asked):
        lots[lot_id] = contracts[contract_id] = f"{operation} – {reference}"
    return lots, contracts
