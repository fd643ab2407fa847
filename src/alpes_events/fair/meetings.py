"""Rows of meetings at an event: whom people wish to meet, and each interview with what came of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from alpes_events.database.rows import NAME_SHOWN, PARTICIPATION, STAFF, Row, enum_column, personal


class MeetingOutcome(StrEnum):
    """What came of an interview, as the employer says."""

    HIRED = "hired"
    TRIAL = "trial"
    SECOND_INTERVIEW = "second_interview"
    TO_CALL_BACK = "to_call_back"
    KEPT_IN_MIND = "kept_in_mind"
    NO = "no"


class MeetingWish(Row, table=True):
    """Somebody who signed up wants to meet an exhibitor; `position` 1 is their first choice. It stands till `ended_at`.

    Their name is shown to it only while they agree to that: to which text (its hash), when, said by whom, and when they
    took it back. `interest_at`: since when the exhibitor says that it would like to meet them too.
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
    interest_at: datetime | None = personal(PARTICIPATION, None)


class NotHeld(StrEnum):
    """Why an interview did not take place."""

    PERSON_ABSENT = "person_absent"
    EXHIBITOR_ABSENT = "exhibitor_absent"


_TO_COME_SQL = (
    "held_at IS NULL AND not_held_at IS NULL AND called_off_at IS NULL "
    "AND (starts IS NOT NULL OR queued_at IS NOT NULL)"
)


class Interview(Row, table=True):
    """One interview between a registered person and an exhibitor. It counts once it has `held_at`.

    It is to come while it has neither `held_at` nor `not_held_at` nor `called_off_at`: at a table of the timetable in
    [`starts`, `ends`), minutes from the start of the event, or in the queue of the stand as `queue_number` since
    `queued_at`, called at `called_at`. `pinned`: it stays where it is when the timetable is made again. `outcome` is
    what the employer says came of it; None: they have not said. `booked_at` and `changed_at` are when it got its time
    and when that changed last or was called off; `change_count` counts how often, as the SEQUENCE of a calendar.
    """

    __tablename__ = "interview"
    __table_args__ = (
        UniqueConstraint("registration_id", "exhibitor_id", "held_at"),
        UniqueConstraint("exhibitor_id", "queue_number"),
        Index(
            "uq_interview_to_come",
            "registration_id",
            "exhibitor_id",
            unique=True,
            sqlite_where=text(_TO_COME_SQL),
            postgresql_where=text(_TO_COME_SQL),
        ),
        CheckConstraint("starts IS NULL OR (table_id IS NOT NULL AND ends > starts)", name="slot"),
        CheckConstraint("(not_held_at IS NULL) = (not_held_why IS NULL)", name="not_held"),
        CheckConstraint("held_at IS NULL OR (not_held_at IS NULL AND called_off_at IS NULL)", name="ended_once"),
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    registration_id: int = personal(PARTICIPATION, foreign_key="registration.id", index=True)
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True)
    table_id: int | None = personal(PARTICIPATION, None, foreign_key="interview_table.id", index=True)
    starts: int | None = personal(PARTICIPATION, None)
    ends: int | None = personal(PARTICIPATION, None)
    pinned: bool = personal(PARTICIPATION, False)
    booked_at: datetime | None = personal(PARTICIPATION, None)
    changed_at: datetime | None = personal(PARTICIPATION, None)
    change_count: int = personal(PARTICIPATION, 0)
    queue_number: int | None = personal(PARTICIPATION, None)
    queued_at: datetime | None = personal(PARTICIPATION, None)
    called_at: datetime | None = personal(PARTICIPATION, None)
    held_at: datetime | None = None
    not_held_at: datetime | None = personal(PARTICIPATION, None)
    not_held_why: NotHeld | None = personal(PARTICIPATION, None, sa_type=enum_column(NotHeld))
    called_off_at: datetime | None = personal(PARTICIPATION, None)
    outcome: MeetingOutcome | None = personal(PARTICIPATION, None, sa_type=enum_column(MeetingOutcome))
    outcome_at: datetime | None = personal(PARTICIPATION, None)
    outcome_by: int | None = personal(STAFF, None, foreign_key="account.id")
