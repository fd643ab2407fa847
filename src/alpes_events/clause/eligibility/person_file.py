"""What the clause holds of one person: their proofs, assessments and employment contracts, for one page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from alpes_events.clause.eligibility.criteria import Public, publics
from alpes_events.clause.eligibility.held_proofs import as_proof
from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, PublicContract
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry
from alpes_events.clause.tables.proof_rows import (
    DisabilityAssessment,
    DisabilityProof,
    EligibilityAssessment,
    EligibilityProof,
    Issuer,
)
from alpes_events.companies.models import Company
from alpes_matching.eligibility import Criterion
from alpes_matching.eligibility.proofs import stands_until


@dataclass(frozen=True)
class ProofLine:
    """One proof with its public. `until`: the first day for which it no longer speaks. `undecided`: an opinion that
    waits for a facilitator.
    """

    id: int
    public: Public
    health: bool
    issued_on: date
    valid_from: date | None
    until: date | None
    holds: bool
    reference: str
    issuer: Issuer | None
    opinion: str
    validated_at: datetime | None
    refused_at: datetime | None

    @property
    def undecided(self) -> bool:
        """Whether it waits for a facilitator."""
        return self.public.needs_opinion and self.validated_at is None and self.refused_at is None


@dataclass(frozen=True)
class AssessmentLine:
    """One assessment, as it was. `code`: the public retained, `HEALTH` for whom that is not to be read."""

    id: int
    contract_id: int
    reference: str
    operation: str
    row: EligibilityAssessment
    code: str | None


@dataclass(frozen=True)
class EmploymentLine:
    """One employment contract with its lot, company, and hours by account."""

    row: EmploymentContract
    contract_id: int
    operation: str
    reference: str
    lot: str
    company: str
    employer: str
    planned: int
    declared: int
    validated: int

    @property
    def last_on(self) -> date | None:
        """Its last day, sooner or later than written."""
        return self.row.ended_on or self.row.ends_on


def proofs_of(db: Session, candidate_ids: Collection[int], *, health: bool) -> list[ProofLine]:
    """The proofs of these records that were not withdrawn, the newest first; with those about health, or without."""
    listed = publics(db)
    plain = select(EligibilityProof).where(
        col(EligibilityProof.candidate_id).in_(candidate_ids), col(EligibilityProof.withdrawn_at).is_(None)
    )
    rows: list[EligibilityProof | DisabilityProof] = [*db.exec(plain).all()]
    if health:
        apart = select(DisabilityProof).where(
            col(DisabilityProof.candidate_id).in_(candidate_ids), col(DisabilityProof.withdrawn_at).is_(None)
        )
        rows += db.exec(apart).all()
    lines = [_line(row, listed[row.code]) for row in rows if row.code in listed]
    return sorted(lines, key=lambda one: (one.issued_on, one.id), reverse=True)


def assessments_of(db: Session, candidate_ids: Collection[int], *, health: bool) -> list[AssessmentLine]:
    """The assessments of these records, the newest first; with the public about health, or without."""
    rows = db.exec(
        select(EligibilityAssessment, PublicContract.reference, ClauseOperation.name, DisabilityAssessment.code)
        .join(PublicContract, col(PublicContract.id) == col(EligibilityAssessment.contract_id))
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .outerjoin(DisabilityAssessment, col(DisabilityAssessment.assessment_id) == col(EligibilityAssessment.id))
        .where(col(EligibilityAssessment.candidate_id).in_(candidate_ids))
        .order_by(col(EligibilityAssessment.assessed_at).desc(), col(EligibilityAssessment.id).desc())
    )
    return [
        AssessmentLine(
            row.id or 0,
            row.contract_id,
            reference,
            operation,
            row,
            secret if health and secret else row.criterion_code,
        )
        for row, reference, operation, secret in rows
    ]


def employments_of(db: Session, candidate_ids: Collection[int]) -> list[EmploymentLine]:
    """The employment contracts of these records that were not noted by mistake, the newest first."""
    return _employments(db, col(EmploymentContract.candidate_id).in_(candidate_ids))


def employment_line(db: Session, employment_id: int) -> EmploymentLine | None:
    """One employment contract; None when there is none, or it was noted by mistake."""
    found = _employments(db, col(EmploymentContract.id) == employment_id)
    return found[0] if found else None


def _employments(db: Session, condition: object) -> list[EmploymentLine]:
    employer = aliased(Company)
    rows = db.exec(
        select(  # type: ignore[call-overload]
            EmploymentContract,
            ClauseLot.contract_id,
            ClauseOperation.name,
            PublicContract.reference,
            ClauseLot.title,
            Company.name,
            employer.name,
        )
        .join(ClauseLot, col(ClauseLot.id) == col(EmploymentContract.lot_id))
        .join(PublicContract, col(PublicContract.id) == col(ClauseLot.contract_id))
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
        .join(Company, col(Company.id) == col(EmploymentContract.company_id))
        .outerjoin(employer, col(employer.id) == col(EmploymentContract.employer_id))
        .where(condition, col(EmploymentContract.withdrawn_at).is_(None))
        .order_by(col(EmploymentContract.starts_on).desc(), col(EmploymentContract.id).desc())
    ).all()
    sums = _sums(db, [row.id or 0 for row, *_rest in rows])
    return [
        EmploymentLine(
            row,
            contract_id,
            operation,
            reference,
            lot,
            company,
            employed_by or "",
            *(sums.get((row.id or 0, account), 0) for account in _TOLD),
        )
        for row, contract_id, operation, reference, lot, company, employed_by in rows
    ]


_TOLD = (HourAccount.PLANNED, HourAccount.DECLARED, HourAccount.VALIDATED)


def _sums(db: Session, employment_ids: list[int]) -> dict[tuple[int, HourAccount], int]:
    asked = (
        select(col(HourEntry.employment_id), col(HourEntry.account), func.sum(col(HourEntry.minutes)))
        .where(col(HourEntry.employment_id).in_(employment_ids))
        .group_by(col(HourEntry.employment_id), col(HourEntry.account))
    )
    return {(employment_id, account): int(minutes) for employment_id, account, minutes in db.exec(asked)}


def _line(row: EligibilityProof | DisabilityProof, public: Public) -> ProofLine:
    criterion: Criterion = public.criterion
    plain = row if isinstance(row, EligibilityProof) else None
    return ProofLine(
        row.id or 0,
        public,
        plain is None,
        row.issued_on,
        row.valid_from,
        stands_until(as_proof(row), criterion),
        row.holds,
        row.reference,
        None if plain is None else plain.issuer,
        "" if plain is None else plain.opinion,
        None if plain is None else plain.validated_at,
        None if plain is None else plain.refused_at,
    )
