"""Rows of applications: who applied as they were that day, each step with who took it, and the contract signed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from alpes_events.database.rows import (
    APPLICATION,
    APPLICATION_WORDS,
    CONTACT_SHARED,
    SECURITY,
    STAFF,
    Row,
    enum_column,
    personal,
)
from alpes_events.hiring.codes import ApplicationState, ContractKind, Proposer, RefusalReason, TrainingKind
from alpes_events.people.models import AgeBand, Sex

_LIVE_SQL = "state IN ('new', 'in_progress', 'shortlisted', 'hired')"


class JobApplication(Row, table=True):
    """One person's application for one offer, as they were on that day. `state` is that of its last step."""

    __tablename__ = "job_application"
    __table_args__ = (
        Index(
            "uq_job_application_live",
            "offer_id",
            "candidate_id",
            unique=True,
            sqlite_where=text(_LIVE_SQL),
            postgresql_where=text(_LIVE_SQL),
        ),
        Index("ix_job_application_state", "state", "created_at", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    reference: str = personal(APPLICATION, max_length=12, unique=True)
    form_key: str | None = personal(SECURITY, None, max_length=36, unique=True)
    offer_id: int = personal(APPLICATION, foreign_key="job_offer.id")
    candidate_id: int = personal(APPLICATION, foreign_key="candidate.id", index=True)
    state: ApplicationState = personal(APPLICATION, ApplicationState.NEW, sa_type=enum_column(ApplicationState))
    step_count: int = personal(APPLICATION, 0)
    proposer: Proposer = personal(APPLICATION, sa_type=enum_column(Proposer))
    proposed_by: int | None = personal(STAFF, None, foreign_key="account.id")
    message: str = personal(APPLICATION_WORDS, "", max_length=2000)
    shares_contact: bool = personal(CONTACT_SHARED, False)
    created_at: datetime = personal(APPLICATION)
    changed_at: datetime = personal(APPLICATION)
    insee_code: str | None = personal(APPLICATION, None, max_length=5)
    in_territory: bool | None = personal(APPLICATION, None)
    in_priority_district: bool | None = personal(APPLICATION, None)
    sex: Sex | None = personal(APPLICATION, None, sa_type=enum_column(Sex))
    age_band: AgeBand | None = personal(APPLICATION, None, sa_type=enum_column(AgeBand))


class ApplicationStep(Row, table=True):
    """One step of an application, never changed; the last one (by `number`) says where it stands."""

    __tablename__ = "application_step"
    __table_args__ = (
        UniqueConstraint("application_id", "number"),
        CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name="reason"),
    )

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = personal(APPLICATION, foreign_key="job_application.id")
    number: int = personal(APPLICATION)
    state: ApplicationState = personal(APPLICATION, sa_type=enum_column(ApplicationState))
    reason: RefusalReason | None = personal(APPLICATION, None, sa_type=enum_column(RefusalReason))
    at: datetime = personal(APPLICATION)
    account_id: int | None = personal(STAFF, None, foreign_key="account.id")


class Hire(Row, table=True):
    """A contract that was signed: from an application, or counted for an operation, with or without a name.

    A person may sign several. One noted by mistake has `withdrawn_at` and counts no more. `exhibitor_id` is the stand
    where they met, `interview_id` the interview that it came of, `follow_up_id` the answer that told us; `still_there`
    is what the employer said on `still_there_on` (None: not known).
    """

    __tablename__ = "hire"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="days"),
        Index("ix_hire_counted", "signed_on", "contract"),
        Index(
            "uq_hire_application",
            "application_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index(
            "uq_hire_interview",
            "interview_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    company_id: int | None = personal(APPLICATION, None, foreign_key="company.id", index=True)
    operation_id: int | None = personal(APPLICATION, None, foreign_key="recruitment_operation.id", index=True)
    application_id: int | None = personal(APPLICATION, None, foreign_key="job_application.id")
    candidate_id: int | None = personal(APPLICATION, None, foreign_key="candidate.id", index=True)
    exhibitor_id: int | None = personal(APPLICATION, None, foreign_key="exhibitor.id", index=True)
    interview_id: int | None = personal(APPLICATION, None, foreign_key="interview.id", ondelete="SET NULL")
    follow_up_id: int | None = personal(APPLICATION, None, foreign_key="follow_up.id", index=True)
    contract: ContractKind = personal(APPLICATION, sa_type=enum_column(ContractKind))
    training: TrainingKind | None = personal(APPLICATION, None, sa_type=enum_column(TrainingKind))
    signed_on: date = personal(APPLICATION)
    starts_on: date = personal(APPLICATION)
    ends_on: date | None = personal(APPLICATION, None)
    insee_code: str | None = personal(APPLICATION, None, max_length=5)
    in_territory: bool | None = personal(APPLICATION, None)
    in_priority_district: bool | None = personal(APPLICATION, None)
    sex: Sex | None = personal(APPLICATION, None, sa_type=enum_column(Sex))
    age_band: AgeBand | None = personal(APPLICATION, None, sa_type=enum_column(AgeBand))
    noted_at: datetime = personal(APPLICATION)
    noted_by: int | None = personal(STAFF, None, foreign_key="account.id")
    still_there: bool | None = personal(APPLICATION, None)
    still_there_on: date | None = personal(APPLICATION, None)
    withdrawn_at: datetime | None = personal(APPLICATION, None)
