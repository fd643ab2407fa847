"""Rows of meetings at an event: whom people wish to meet, and each interview with what came of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from alpes_events.database.rows import NAME_SHOWN, PARTICIPATION, STAFF, Row, enum_column, personal


class MeetingOutcome(StrEnum):
    """What came of an interview, as the employer says."""

    HIRED = "hired"
    SECOND_INTERVIEW = "second_interview"
    KEPT_IN_MIND = "kept_in_mind"
    NO = "no"


class MeetingWish(Row, table=True):
    """Somebody who signed up wants to meet an exhibitor; `position` 1 is their first choice. It stands till `ended_at`.

    Their name is shown to it only while they agree to that: to which text (its hash), when, said by whom, and when they
    took it back.
    """

    __tablename__ = "meeting_wish"
    __table_args__ = (
        UniqueConstraint("registration_id", "exhibitor_id"),
        CheckConstraint("shows_name = false OR (agreed_at IS NOT NULL AND ended_at IS NULL)", name="agreed"),
    )

    id: int | None = Field(default=None, primary_key=True)
    registration_id: int = personal(PARTICIPATION, foreign_key="registration.id")
    exhibitor_id: int = personal(PARTICIPATION, foreign_key="exhibitor.id", index=True)
    position: int = personal(PARTICIPATION)
    wished_at: datetime = personal(PARTICIPATION)
    ended_at: datetime | None = personal(PARTICIPATION, None)
    shows_name: bool = personal(NAME_SHOWN, False)
    agreed_at: datetime | None = personal(NAME_SHOWN, None)
    agreed_text: str | None = personal(NAME_SHOWN, None, max_length=64)
    agreed_by: str | None = personal(NAME_SHOWN, None, max_length=32)
    withdrawn_at: datetime | None = personal(NAME_SHOWN, None)


class Interview(Row, table=True):
    """One interview between a registered person and an exhibitor. It counts once it has `held_at`.

    `outcome` is what the employer says came of it; None: they have not said.
    """

    __tablename__ = "interview"
    __table_args__ = (UniqueConstraint("registration_id", "exhibitor_id", "held_at"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    registration_id: int = personal(PARTICIPATION, foreign_key="registration.id", index=True)
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True)
    held_at: datetime | None = None
    outcome: MeetingOutcome | None = personal(PARTICIPATION, None, sa_type=enum_column(MeetingOutcome))
    outcome_at: datetime | None = personal(PARTICIPATION, None)
    outcome_by: int | None = personal(STAFF, None, foreign_key="account.id")
