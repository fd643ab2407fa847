"""Rows of attendance: registrations with their presence, scans, door counts, answers."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from alpes_events.database.rows import (
    FREE_ANSWER,
    PARTICIPATION,
    SECURITY,
    STAFF,
    Row,
    enum_column,
    personal,
)
from alpes_events.people.models import AgeBand, Sex


class RegistrationState(StrEnum):
    """Where a sign-up stands. `confirmed` and `offered` hold a place; `waitlisted` waits for one."""

    CONFIRMED = "confirmed"
    OFFERED = "offered"
    WAITLISTED = "waitlisted"
    CANCELLED = "cancelled"
    REVOKED = "revoked"
    EXPIRED = "expired"


ACTIVE = (RegistrationState.CONFIRMED, RegistrationState.OFFERED, RegistrationState.WAITLISTED)
HOLDING = (RegistrationState.CONFIRMED, RegistrationState.OFFERED)
_ACTIVE_SQL = "state IN ('confirmed', 'offered', 'waitlisted')"


class Presence(StrEnum):
    """What was seen on the day. Attendance that was not taken is unknown, never a no-show."""

    UNKNOWN = "unknown"
    ATTENDED = "attended"
    EXCUSED = "excused"
    NO_SHOW = "no_show"


class Channel(StrEnum):
    """Who registered the person."""

    SELF = "self"
    ADVISOR = "advisor"
    EMPLOYER = "employer"
    DOOR = "door"


class Registration(Row, table=True):
    """One person's sign-up for one event or one of its sessions, as they were on that day."""

    __tablename__ = "registration"
    __table_args__ = (
        Index(
            "uq_registration_active_event",
            "event_id",
            "candidate_id",
            unique=True,
            sqlite_where=text(f"session_id IS NULL AND {_ACTIVE_SQL}"),
            postgresql_where=text(f"session_id IS NULL AND {_ACTIVE_SQL}"),
        ),
        Index(
            "uq_registration_active_session",
            "session_id",
            "candidate_id",
            unique=True,
            sqlite_where=text(f"session_id IS NOT NULL AND {_ACTIVE_SQL}"),
            postgresql_where=text(f"session_id IS NOT NULL AND {_ACTIVE_SQL}"),
        ),
        Index("ix_registration_queue", "event_id", "session_id", "state", "priority", "queued_at", "id"),
        Index("ix_registration_offer", "state", "offer_expires_at"),
        CheckConstraint("state <> 'waitlisted' OR queued_at IS NOT NULL", name="queue"),
        CheckConstraint("holds_seat = false OR state IN ('confirmed', 'offered')", name="seat"),
    )

    id: int | None = Field(default=None, primary_key=True)
    reference: str = personal(PARTICIPATION, max_length=12, unique=True)
    event_id: int = personal(PARTICIPATION, foreign_key="event.id")
    session_id: int | None = personal(PARTICIPATION, None, foreign_key="event_session.id", index=True)
    candidate_id: int = personal(PARTICIPATION, foreign_key="candidate.id", index=True)
    state: RegistrationState = personal(PARTICIPATION, sa_type=enum_column(RegistrationState))
    holds_seat: bool = personal(PARTICIPATION, False)
    channel: Channel = personal(PARTICIPATION, sa_type=enum_column(Channel))
    registered_by: int | None = personal(STAFF, None, foreign_key="account.id")
    created_at: datetime = personal(PARTICIPATION)
    changed_at: datetime = personal(PARTICIPATION)
    priority: int = personal(PARTICIPATION, 0)
    queued_at: datetime | None = personal(PARTICIPATION, None)
    offered_at: datetime | None = personal(PARTICIPATION, None)
    offer_expires_at: datetime | None = personal(PARTICIPATION, None)
    language: str = personal(PARTICIPATION, "fr", max_length=5)
    calendar_offset: int = personal(PARTICIPATION, 0)
    presence: Presence = personal(PARTICIPATION, Presence.UNKNOWN, sa_type=enum_column(Presence))
    presence_at: datetime | None = personal(PARTICIPATION, None)
    insee_code: str | None = personal(PARTICIPATION, None, max_length=5)
    in_territory: bool | None = personal(PARTICIPATION, None)
    in_priority_district: bool | None = personal(PARTICIPATION, None)
    sex: Sex | None = personal(PARTICIPATION, None, sa_type=enum_column(Sex))
    age_band: AgeBand | None = personal(PARTICIPATION, None, sa_type=enum_column(AgeBand))
    import_key: str | None = personal(SECURITY, None, max_length=80, unique=True)
    survey_score: int | None = personal(PARTICIPATION, None)
    survey_at: datetime | None = personal(PARTICIPATION, None)


class SignUpReceipt(Row, table=True):
    """One accepted form and the answer it got, so that a replay gets the same.

    A second form of somebody already registered is accepted like the first (nobody learns from the page who is
    registered) and its reference names the registration that stands; the person learns it by message.
    """

    __tablename__ = "sign_up_receipt"

    form_key: str = personal(SECURITY, primary_key=True, max_length=36)
    form_hash: str = personal(SECURITY, max_length=64)
    reference: str = personal(PARTICIPATION, max_length=12, unique=True)
    registration_id: int = personal(PARTICIPATION, foreign_key="registration.id", index=True)
    shown_state: RegistrationState = personal(PARTICIPATION, sa_type=enum_column(RegistrationState))
    shown_position: int | None = personal(PARTICIPATION, None)
    repeated: bool = personal(PARTICIPATION, False)
    accepted_at: datetime = personal(PARTICIPATION)


class Answer(Row, table=True):
    """What a person answered to one question of the event; `label` is the question as it was put to them."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("registration_id", "question_id"),)

    id: int | None = Field(default=None, primary_key=True)
    registration_id: int = personal(FREE_ANSWER, foreign_key="registration.id")
    question_id: int = personal(FREE_ANSWER, foreign_key="question.id")
    label: str = personal(FREE_ANSWER, max_length=200)
    content: str = personal(FREE_ANSWER, max_length=1000)


class PresenceMark(Row, table=True):
    """One mark of presence, never changed: the last one counts. `mark_key` makes a replay harmless."""

    __tablename__ = "presence_mark"

    id: int | None = Field(default=None, primary_key=True)
    mark_key: str = personal(PARTICIPATION, max_length=36, unique=True)
    registration_id: int = personal(PARTICIPATION, foreign_key="registration.id", index=True)
    presence: Presence = personal(PARTICIPATION, sa_type=enum_column(Presence))
    marked_at: datetime = personal(PARTICIPATION)
    marked_by: int | None = personal(STAFF, None, foreign_key="account.id")


class DoorCount(Row, table=True):
    """Visitors counted at the door in one half-hour. Append-only: a correction is a negative count."""

    __tablename__ = "door_count"
    __table_args__ = (Index("ix_door_count_event", "event_id", "half_hour_at"),)

    id: int | None = Field(default=None, primary_key=True)
    count_key: str = Field(max_length=36, unique=True)
    event_id: int = Field(foreign_key="event.id")
    half_hour_at: datetime
    visitor_count: int
    territory_count: int | None = None
    counted_at: datetime
    counted_by: int | None = personal(STAFF, None, foreign_key="account.id")
