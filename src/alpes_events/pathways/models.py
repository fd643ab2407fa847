"""Rows of pathways: funding periods, enrolments with their steps and exit, and what was corrected.

What is known of the person on the day of entry freezes on the enrolment. What tells of health stands in tables of its
own, which no page of a person reads.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from alpes_events.database.rows import (
    PATHWAY,
    PATHWAY_HEALTH,
    STAFF,
    JsonColumn,
    Row,
    enum_column,
    personal,
)
from alpes_events.people.models import AgeBand, Sex

RESERVED = "RESERVED"
"""What stands where a reason tells of health: which one it is stands in a table of its own."""


class FundingPeriod(Row, table=True):
    """The days [`starts_on`, `ends_on`], both included, that one funding of a scheme pays for."""

    __tablename__ = "funding_period"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="dates"),)

    id: int | None = Field(default=None, primary_key=True)
    scheme_code: str = Field(max_length=32, index=True)
    label: str = Field(max_length=100)
    starts_on: date
    ends_on: date


_OPEN = "closed_on IS NULL AND withdrawn_at IS NULL"


class Enrolment(Row, table=True):
    """A person in a scheme from `entered_on`; `closed_on` is the day they left, or the last of their funding period.

    `continues_id`: the record of the funding period before, of which `first_entered_on` is the entry. `withdrawn_at`:
    noted by mistake.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        Index(
            "uq_enrolment_open",
            "candidate_id",
            "scheme_code",
            unique=True,
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
        Index("ix_enrolment_scheme", "scheme_code", "entered_on"),
        CheckConstraint("closed_on IS NULL OR closed_on >= entered_on", name="dates"),
    )

    id: int | None = Field(default=None, primary_key=True)
    candidate_id: int = personal(PATHWAY, foreign_key="candidate.id", index=True)
    scheme_code: str = personal(PATHWAY, max_length=32)
    funding_period_id: int | None = personal(PATHWAY, None, foreign_key="funding_period.id")
    continues_id: int | None = personal(PATHWAY, None, foreign_key="enrolment.id")
    entered_on: date = personal(PATHWAY)
    first_entered_on: date = personal(PATHWAY)
    closed_on: date | None = personal(PATHWAY, None, index=True)
    operator: str = personal(PATHWAY, "", max_length=100)
    referent_id: int | None = personal(STAFF, None, foreign_key="account.id")
    insee_code: str | None = personal(PATHWAY, None, foreign_key="commune.insee_code", max_length=5)
    in_territory: bool | None = personal(PATHWAY, None)
    in_priority_district: bool | None = personal(PATHWAY, None)
    sex: Sex | None = personal(PATHWAY, None, sa_type=enum_column(Sex))
    age_band: AgeBand | None = personal(PATHWAY, None, sa_type=enum_column(AgeBand))
    training_level: int | None = personal(PATHWAY, None)
    noted_at: datetime = personal(PATHWAY)
    noted_by: int | None = personal(STAFF, None, foreign_key="account.id")
    withdrawn_at: datetime | None = personal(PATHWAY, None)


class EnrolmentCriterion(Row, table=True):
    """Why a person may enter a scheme: a code, such as `RSA`."""

    __tablename__ = "enrolment_criterion"

    enrolment_id: int = personal(PATHWAY, primary_key=True, foreign_key="enrolment.id")
    code: str = personal(PATHWAY, primary_key=True, max_length=16)


class ReservedCriterion(Row, table=True):
    """Why a person may enter a scheme, where that tells of health."""

    __tablename__ = "reserved_criterion"

    enrolment_id: int = personal(PATHWAY_HEALTH, primary_key=True, foreign_key="enrolment.id")
    code: str = personal(PATHWAY_HEALTH, primary_key=True, max_length=16)


class StepKind(StrEnum):
    """What a step of a pathway is."""

    EMPLOYMENT = "employment"
    INSERTION = "insertion"
    TRAINING = "training"
    SERVICE = "service"


class PathwayStep(Row, table=True):
    """A step within an enrolment, in [`starts_on`, `ends_on`], both included; None: it goes on."""

    __tablename__ = "pathway_step"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),)

    id: int | None = Field(default=None, primary_key=True)
    enrolment_id: int = personal(PATHWAY, foreign_key="enrolment.id", index=True)
    kind: StepKind = personal(PATHWAY, sa_type=enum_column(StepKind))
    starts_on: date = personal(PATHWAY)
    ends_on: date | None = personal(PATHWAY, None)
    label: str = personal(PATHWAY, "", max_length=150)
    organisation: str = personal(PATHWAY, "", max_length=150)
    contract: str = personal(PATHWAY, "", max_length=32)
    sector: str = personal(PATHWAY, "", max_length=80)
    level: int | None = personal(PATHWAY, None)
    noted_at: datetime = personal(PATHWAY)
    noted_by: int | None = personal(STAFF, None, foreign_key="account.id")
    withdrawn_at: datetime | None = personal(PATHWAY, None)


class Outcome(StrEnum):
    """How a scheme counts an exit. A legitimate one leaves the denominator of the adjusted rate."""

    POSITIVE = "positive"
    LEGITIMATE = "legitimate"
    OTHER = "other"


class PathwayExit(Row, table=True):
    """How somebody left a scheme: the reason, how the scheme counts it, and what proves it.

    `reason` `RESERVED`: see `ReservedExit`. `job_months`: continuous months of the job, where the reason is one.
    """

    __tablename__ = "pathway_exit"

    enrolment_id: int = personal(PATHWAY, primary_key=True, foreign_key="enrolment.id")
    exited_on: date = personal(PATHWAY, index=True)
    reason: str = personal(PATHWAY, max_length=32)
    outcome: Outcome = personal(PATHWAY, sa_type=enum_column(Outcome))
    proof: str = personal(PATHWAY, "", max_length=200)
    job_months: int | None = personal(PATHWAY, None)
    contract: str = personal(PATHWAY, "", max_length=32)
    sector: str = personal(PATHWAY, "", max_length=80)
    noted_at: datetime = personal(PATHWAY)
    noted_by: int | None = personal(STAFF, None, foreign_key="account.id")


class ReservedExit(Row, table=True):
    """Why somebody left a scheme, where that tells of health."""

    __tablename__ = "reserved_exit"

    enrolment_id: int = personal(PATHWAY_HEALTH, primary_key=True, foreign_key="enrolment.id")
    reason: str = personal(PATHWAY_HEALTH, max_length=32)


class PathwayRevision(Row, table=True):
    """What an enrolment, a step or an exit said before it was corrected, and why it was: a row that never changes."""

    __tablename__ = "pathway_revision"

    id: int | None = Field(default=None, primary_key=True)
    enrolment_id: int = personal(PATHWAY, foreign_key="enrolment.id", index=True)
    subject: str = personal(PATHWAY, max_length=16)
    step_id: int | None = personal(PATHWAY, None, foreign_key="pathway_step.id")
    before: dict[str, Any] = personal(PATHWAY, default_factory=dict, sa_type=JsonColumn)
    why: str = personal(PATHWAY, max_length=300)
    revised_at: datetime = personal(PATHWAY)
    revised_by: int | None = personal(STAFF, None, foreign_key="account.id")


class ReservedRevision(Row, table=True):
    """Which reason an exit had before it was corrected, where that tells of health: a row that never changes."""

    __tablename__ = "reserved_revision"

    revision_id: int = personal(PATHWAY_HEALTH, primary_key=True, foreign_key="pathway_revision.id")
    enrolment_id: int = personal(PATHWAY_HEALTH, foreign_key="enrolment.id", index=True)
    reason: str = personal(PATHWAY_HEALTH, max_length=32)
