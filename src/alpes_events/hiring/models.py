"""Rows of hiring: offers, recruitment operations and their sessions, and the alerts of those who wait for an offer.

Applications and what they led to stand in `applications`.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from alpes_events.database.rows import (
    JOB_ALERT,
    STAFF,
    JsonColumn,
    Row,
    enum_column,
    personal,
)
from alpes_events.hiring.applications import ApplicationStep, Hire, JobApplication
from alpes_events.hiring.codes import ContractKind, OfferState, PayPeriod, TrainingKind
from alpes_events.hiring.follow_up import FollowUp
from alpes_events.hiring.project_rows import JobProject
from alpes_events.hiring.ranking_rows import RankingDecision, RankingPlace, RankingRun
from alpes_events.hiring.request_rows import OfferRequest, RequestKind

__all__ = [
    "ApplicationStep",
    "ContractKind",
    "FollowUp",
    "Hire",
    "JobApplication",
    "JobOffer",
    "JobProject",
    "OfferAlert",
    "OfferRequest",
    "OfferState",
    "PayPeriod",
    "RankingDecision",
    "RankingPlace",
    "RankingRun",
    "RecruitmentOperation",
    "RecruitmentSession",
    "RequestKind",
    "TrainingKind",
]


class OperationState(StrEnum):
    """An operation is open until somebody says that it is over."""

    OPEN = "open"
    OVER = "over"


class RecruitmentOperation(Row, table=True):
    """An employer who settles or recruits much at once: how many hires are planned, what training comes before."""

    __tablename__ = "recruitment_operation"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="days"),
        CheckConstraint("planned_count IS NULL OR planned_count >= 0", name="planned"),
    )

    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="company.id", index=True)
    name: str = Field(max_length=150)
    insee_code: str | None = Field(default=None, foreign_key="commune.insee_code", max_length=5)
    commune_name: str = Field(default="", max_length=100)
    in_territory: bool | None = None
    starts_on: date
    ends_on: date | None = None
    planned_count: int | None = None
    training: TrainingKind | None = Field(default=None, sa_type=enum_column(TrainingKind))
    note: str = Field(default="", max_length=2000)
    state: OperationState = Field(default=OperationState.OPEN, sa_type=enum_column(OperationState))
    created_at: datetime
    revised_at: datetime
    import_key: str | None = Field(default=None, max_length=80, unique=True)


class RecruitmentSession(Row, table=True):
    """One session of an operation, with the heads that were counted there. None: nobody counted.

    `event_id` names the event of the agenda, when it is one: then those seen there are counted, not these numbers.
    """

    __tablename__ = "recruitment_session"
    __table_args__ = (
        CheckConstraint("candidate_count IS NULL OR candidate_count >= 0", name="heads"),
        CheckConstraint(
            "territory_count IS NULL OR (territory_count >= 0 AND territory_count <= candidate_count)", name="territory"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="recruitment_operation.id", index=True)
    held_on: date
    event_id: int | None = Field(default=None, foreign_key="event.id", index=True)
    candidate_count: int | None = None
    territory_count: int | None = None
    created_at: datetime
    withdrawn_at: datetime | None = None
    noted_by: int | None = personal(STAFF, None, foreign_key="account.id")


class JobOffer(Row, table=True):
    """A job that an employer offers, for the site alone, at a stand, or for an operation.

    `in_territory` is where the work is done, as it was on the day of publication; None before, and when nobody said
    where. `search_words` are the stems of title and skills, as `alpes_matching.stems` makes them. `experience_months`
    0 welcomes beginners, None says nothing; `training_level` is that of the national framework. A draft with
    `submitted_at` was sent by its employer, to be read over and published.
    """

    __tablename__ = "job_offer"
    __table_args__ = (
        CheckConstraint("pay_min_cents IS NULL OR pay_max_cents IS NULL OR pay_max_cents >= pay_min_cents", name="pay"),
        CheckConstraint("place_count > 0", name="places"),
        CheckConstraint("exhibitor_id IS NULL OR operation_id IS NULL", name="whose"),
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="days"),
        CheckConstraint("experience_months IS NULL OR experience_months >= 0", name="experience"),
        CheckConstraint("training_level IS NULL OR training_level BETWEEN 3 AND 8", name="level"),
        CheckConstraint("state IN ('draft', 'withdrawn') OR published_at IS NOT NULL", name="published"),
        Index("ix_job_offer_listed", "state", "published_at", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(max_length=32, unique=True)
    slug: str = Field(max_length=120, unique=True)
    title: str = Field(max_length=150)
    search_words: str = Field(default="", max_length=4000)
    rome_code: str | None = Field(default=None, max_length=5)
    rome_version: str | None = Field(default=None, max_length=8)
    contract: ContractKind = Field(sa_type=enum_column(ContractKind))
    contract_months: int | None = None
    weekly_minutes: int | None = None
    company_id: int = Field(foreign_key="company.id", index=True)
    establishment_id: int | None = Field(default=None, foreign_key="establishment.id")
    insee_code: str | None = Field(default=None, foreign_key="commune.insee_code", max_length=5)
    commune_name: str = Field(default="", max_length=100)
    postal_code: str = Field(default="", max_length=12)
    in_territory: bool | None = None
    schedule: str = Field(default="", max_length=300)
    pay_min_cents: int | None = None
    pay_max_cents: int | None = None
    pay_period: PayPeriod | None = Field(default=None, sa_type=enum_column(PayPeriod))
    description: str = Field(default="", max_length=5000)
    required_skills: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    desirable_skills: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    experience_months: int | None = None
    training_level: int | None = None
    licence: str = Field(default="", max_length=60)
    languages: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    place_count: int = 1
    starts_on: date | None = None
    ends_on: date | None = None
    closes_on: date | None = None
    state: OfferState = Field(default=OfferState.DRAFT, sa_type=enum_column(OfferState))
    exhibitor_id: int | None = Field(default=None, foreign_key="exhibitor.id", index=True)
    operation_id: int | None = Field(default=None, foreign_key="recruitment_operation.id", index=True)
    created_at: datetime
    revised_at: datetime
    submitted_at: datetime | None = None
    published_at: datetime | None = None
    published_on: date | None = Field(default=None, index=True)
    ended_at: datetime | None = None
    import_key: str | None = Field(default=None, max_length=80, unique=True)


class OfferAlert(Row, table=True):
    """Somebody who wants to be told of new offers, and of which. Nothing is told before `told_until`.

    It is a candidate's, or only an address's (`email`, written to in `language`), which was proved and of which nothing
    more is known; that one was asked for, or last kept on, at `kept_at`. `reference` stands, signed, in the link that
    ends it.
    """

    __tablename__ = "offer_alert"
    __table_args__ = (CheckConstraint("(candidate_id IS NULL) <> (email IS NULL)", name="whose"),)

    id: int | None = Field(default=None, primary_key=True)
    reference: str = personal(JOB_ALERT, max_length=12, unique=True)
    candidate_id: int | None = personal(JOB_ALERT, None, foreign_key="candidate.id", index=True)
    email: str | None = personal(JOB_ALERT, None, max_length=254, index=True)
    language: str = personal(JOB_ALERT, "fr", max_length=5)
    search: str = personal(JOB_ALERT, "", max_length=100)
    contracts: list[str] = personal(JOB_ALERT, default_factory=list, sa_type=JsonColumn)
    insee_code: str | None = personal(JOB_ALERT, None, foreign_key="commune.insee_code", max_length=5)
    radius_km: int | None = personal(JOB_ALERT, None)
    only_territory: bool = personal(JOB_ALERT, False)
    created_at: datetime = personal(JOB_ALERT)
    told_until: datetime = personal(JOB_ALERT)
    kept_at: datetime = personal(JOB_ALERT)
    ended_at: datetime | None = personal(JOB_ALERT, None)
