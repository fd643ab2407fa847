"""Rows about employment contracts under a clause, and what became of the people."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from alpes_events.database.rows import CLAUSE, CLAUSE_HEALTH, STAFF, Row, enum_column, personal
from alpes_events.people.models import AgeBand, Sex


class EmploymentMode(StrEnum):
    """How the hours are done (modalité de réalisation)."""

    CDI = "cdi"
    CDD = "cdd"
    APPRENTICESHIP = "apprenticeship"
    PROFESSIONALISATION = "professionalisation"
    TEMPORARY = "temporary"
    ETTI = "etti"
    AI = "ai"
    GEIQ = "geiq"
    EATT = "eatt"
    EI = "ei"
    ACI = "aci"
    EA = "ea"
    ESAT = "esat"
    REGIE = "regie"
    TRAINING = "training"


class EmploymentContract(Row, table=True):
    """The work contract of a person on a lot, in [`starts_on`, `ends_on`], both included; `ended_on` ends it sooner.

    `company_id` is the company of the lot for which the hours count, `employer_id` who employs when that is another.
    What is known of the person on the first day is frozen here; `criterion_code` `HEALTH`: see `DisabilityCriterion`.
    `eligible_until` as it was reckoned when it was noted (as it is now: `eligibility.first_hires`).
    `withdrawn_at`: noted by mistake, and without a single hour.
    """

    __tablename__ = "employment_contract"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),
        CheckConstraint("planned_minutes IS NULL OR planned_minutes >= 0", name="planned"),
        Index("ix_employment_contract_lot_person", "lot_id", "candidate_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    candidate_id: int = personal(CLAUSE, foreign_key="candidate.id", index=True)
    lot_id: int = personal(CLAUSE, foreign_key="clause_lot.id")
    company_id: int = personal(CLAUSE, foreign_key="company.id", index=True)
    employer_id: int | None = personal(CLAUSE, None, foreign_key="company.id")
    placement_id: int | None = personal(CLAUSE, None, foreign_key="placement.id")
    mode: EmploymentMode | None = personal(CLAUSE, None, sa_type=enum_column(EmploymentMode))
    rome_code: str | None = personal(CLAUSE, None, max_length=5)
    starts_on: date = personal(CLAUSE)
    ends_on: date | None = personal(CLAUSE, None)
    ended_on: date | None = personal(CLAUSE, None)
    weekly_minutes: int | None = personal(CLAUSE, None)
    planned_minutes: int | None = personal(CLAUSE, None)
    assessment_id: int | None = personal(CLAUSE, None, foreign_key="eligibility_assessment.id")
    criterion_code: str | None = personal(CLAUSE, None, max_length=16)
    eligible_until: date | None = personal(CLAUSE, None)
    insee_code: str | None = personal(CLAUSE, None, foreign_key="commune.insee_code", max_length=5)
    commune_name: str = personal(CLAUSE, "", max_length=100)
    in_territory: bool | None = personal(CLAUSE, None)
    in_priority_district: bool | None = personal(CLAUSE, None)
    sex: Sex | None = personal(CLAUSE, None, sa_type=enum_column(Sex))
    age_band: AgeBand | None = personal(CLAUSE, None, sa_type=enum_column(AgeBand))
    training_level: int | None = personal(CLAUSE, None)
    noted_at: datetime = personal(CLAUSE)
    noted_by: int | None = personal(STAFF, None, foreign_key="account.id")
    withdrawn_at: datetime | None = personal(CLAUSE, None)


class DisabilityCriterion(Row, table=True):
    """Which criterion of health an employment contract rests on."""

    __tablename__ = "disability_criterion"

    employment_id: int = personal(CLAUSE_HEALTH, primary_key=True, foreign_key="employment_contract.id")
    code: str = personal(CLAUSE_HEALTH, max_length=16)


class LaterSituation(StrEnum):
    """What somebody does six or twelve months after they were hired."""

    SAME_EMPLOYER = "same_employer"
    OTHER_JOB = "other_job"
    TRAINING = "training"
    JOBSEEKER = "jobseeker"
    OTHER = "other"


class FollowedSituation(Row, table=True):
    """What was learned of a person `months` (6 or 12) after an employment contract began; without a row: not known."""

    __tablename__ = "followed_situation"
    __table_args__ = (CheckConstraint("months IN (6, 12)", name="months"),)

    employment_id: int = personal(CLAUSE, primary_key=True, foreign_key="employment_contract.id")
    months: int = personal(CLAUSE, primary_key=True)
    situation: LaterSituation = personal(CLAUSE, sa_type=enum_column(LaterSituation))
    noted_on: date = personal(CLAUSE)
    noted_by: int | None = personal(STAFF, None, foreign_key="account.id")
