"""Rows of companies made aware: when the team spoke with one about a subject."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field

from alpes_events.database.rows import STAFF, Row, enum_column, personal


class AwarenessSubject(StrEnum):
    """What a company was made aware of."""

    RECRUITMENT = "recruitment"
    WORK_STUDY = "work_study"
    AIDED_CONTRACTS = "aided_contracts"
    CLAUSE = "clause"
    DISABILITY = "disability"
    MENTORING = "mentoring"
    OTHER = "other"


class CompanyAwareness(Row, table=True):
    """A day on which the team spoke with a company about a subject; `in_territory` is where it worked on that day."""

    __tablename__ = "company_awareness"

    id: int | None = Field(default=None, primary_key=True)
    company_id: int = Field(foreign_key="company.id", index=True)
    held_on: date = Field(index=True)
    subject: AwarenessSubject = Field(sa_type=enum_column(AwarenessSubject))
    in_territory: bool | None = None
    created_at: datetime
    withdrawn_at: datetime | None = None
    noted_by: int | None = personal(STAFF, None, foreign_key="account.id")
