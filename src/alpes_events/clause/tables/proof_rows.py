"""Rows about who may work under a clause: the criteria, their dated proofs, assessments.

What tells of health stands in tables of its own, read by those who need it.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from alpes_events.database.rows import (
    CLAUSE,
    CLAUSE_HEALTH,
    CLAUSE_OPINION,
    STAFF,
    JsonColumn,
    Row,
    enum_column,
    personal,
)

HEALTH = "HEALTH"
"""What stands where a criterion tells of health: which one it is stands in a table of its own."""


class EligibilityCriterion(Row, table=True):
    """A public of the clause that the organisation added, or words otherwise than the national list.

    `proof_months`: a proof must be younger than that; `sensitive`: it tells of health, so that its proofs and its code
    are kept apart; `needs_opinion`: a reasoned opinion that a facilitator validates.
    """

    __tablename__ = "eligibility_criterion"

    code: str = Field(primary_key=True, max_length=16)
    label: str = Field(max_length=150)
    label_en: str = Field(default="", max_length=150)
    rule: str = Field(default="", max_length=500)
    proof: str = Field(default="", max_length=200)
    proof_months: int | None = None
    sensitive: bool = False
    needs_opinion: bool = False
    position: int
    retired_at: datetime | None = None


class Issuer(StrEnum):
    """Who gives a reasoned opinion."""

    FRANCE_TRAVAIL = "france_travail"
    MDE = "mde"
    MISSION_LOCALE = "mission_locale"
    MDPH = "mdph"


class EligibilityProof(Row, table=True):
    """A dated document that says whether a criterion holds for a person, for days in [`valid_from`, `valid_until`).

    A reasoned opinion has its `issuer` and text, and counts once `validated_at` is set.
    """

    __tablename__ = "eligibility_proof"
    __table_args__ = (CheckConstraint("valid_until IS NULL OR valid_until > issued_on", name="dates"),)

    id: int | None = Field(default=None, primary_key=True)
    candidate_id: int = personal(CLAUSE, foreign_key="candidate.id", index=True)
    code: str = personal(CLAUSE, max_length=16)
    issued_on: date = personal(CLAUSE)
    valid_from: date | None = personal(CLAUSE, None)
    valid_until: date | None = personal(CLAUSE, None)
    holds: bool = personal(CLAUSE, True)
    reference: str = personal(CLAUSE, "", max_length=100)
    issuer: Issuer | None = personal(CLAUSE_OPINION, None, sa_type=enum_column(Issuer))
    opinion: str = personal(CLAUSE_OPINION, "", max_length=2000)
    validated_at: datetime | None = personal(CLAUSE, None)
    validated_by: int | None = personal(STAFF, None, foreign_key="account.id")
    refused_at: datetime | None = personal(CLAUSE, None)
    noted_at: datetime = personal(CLAUSE)
    noted_by: int | None = personal(STAFF, None, foreign_key="account.id")
    withdrawn_at: datetime | None = personal(CLAUSE, None)


class DisabilityProof(Row, table=True):
    """Like `EligibilityProof`, for criteria that tell of health (OETH, AAH, invalidity): read by facilitators only."""

    __tablename__ = "disability_proof"
    __table_args__ = (CheckConstraint("valid_until IS NULL OR valid_until > issued_on", name="dates"),)

    id: int | None = Field(default=None, primary_key=True)
    candidate_id: int = personal(CLAUSE_HEALTH, foreign_key="candidate.id", index=True)
    code: str = personal(CLAUSE_HEALTH, max_length=16)
    issued_on: date = personal(CLAUSE_HEALTH)
    valid_from: date | None = personal(CLAUSE_HEALTH, None)
    valid_until: date | None = personal(CLAUSE_HEALTH, None)
    holds: bool = personal(CLAUSE_HEALTH, True)
    reference: str = personal(CLAUSE_HEALTH, "", max_length=100)
    noted_at: datetime = personal(CLAUSE_HEALTH)
    noted_by: int | None = personal(STAFF, None, foreign_key="account.id")
    withdrawn_at: datetime | None = personal(CLAUSE_HEALTH, None)


class Eligible(StrEnum):
    """What an assessment found."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class EligibilityAssessment(Row, table=True):
    """Whether a person may do hours of a public contract on a day: a record that never changes.

    `criteria` are `[code, answer, proof_id, until]` without those of health; `criterion_code` is the one retained
    (`HEALTH` for one of health).
    """

    __tablename__ = "eligibility_assessment"

    id: int | None = Field(default=None, primary_key=True)
    candidate_id: int = personal(CLAUSE, foreign_key="candidate.id", index=True)
    contract_id: int = personal(CLAUSE, foreign_key="public_contract.id", index=True)
    assessed_on: date = personal(CLAUSE)
    answer: Eligible = personal(CLAUSE, sa_type=enum_column(Eligible))
    criterion_code: str | None = personal(CLAUSE, None, max_length=16)
    proof_until: date | None = personal(CLAUSE, None)
    criteria: list[Any] = personal(CLAUSE, default_factory=list, sa_type=JsonColumn)
    assessed_at: datetime = personal(CLAUSE)
    assessed_by: int | None = personal(STAFF, None, foreign_key="account.id")


class DisabilityAssessment(Row, table=True):
    """The part of an assessment that tells of health: the code retained, and `[code, answer, proof_id, until]`."""

    __tablename__ = "disability_assessment"

    assessment_id: int = personal(CLAUSE_HEALTH, primary_key=True, foreign_key="eligibility_assessment.id")
    code: str | None = personal(CLAUSE_HEALTH, None, max_length=16)
    criteria: list[Any] = personal(CLAUSE_HEALTH, default_factory=list, sa_type=JsonColumn)
