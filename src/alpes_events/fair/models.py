"""Rows of the fair: the call to exhibitors and its villages, who exhibits and with whom, what is demonstrated, and the
plan of the halls. Wishes and interviews stand in `meetings`.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from alpes_events.database.rows import (
    CONTACT_OF_COMPANY,
    JsonColumn,
    Row,
    enum_column,
    personal,
)
from alpes_events.fair.codes import ExhibitorState, PlaceKind


class StandCall(Row, table=True):
    """An event opens to exhibitors, in [`opens_at`, `closes_at`). `pool_id` holds the places outside the villages."""

    __tablename__ = "stand_call"
    __table_args__ = (CheckConstraint("opens_at IS NULL OR closes_at IS NULL OR closes_at > opens_at", name="window"),)

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    pool_id: int = Field(foreign_key="seat_pool.id")
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    place_kinds: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    options: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    asked_for: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    complete_by: datetime | None = None
    rules: str = Field(default="", max_length=5000)
    created_at: datetime
    revised_at: datetime
    closed_at: datetime | None = None


class Catalogue(Row, table=True):
    """Whether everybody may read who will be at an event: since `published_at`, or not (None)."""

    __tablename__ = "catalogue"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    published_at: datetime | None = None
    changed_at: datetime


class Village(Row, table=True):
    """A sector village of an event, with its own places (`pool_id`). A removed one stays, retired."""

    __tablename__ = "village"
    __table_args__ = (UniqueConstraint("event_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    name: str = Field(max_length=100)
    position: int
    pool_id: int = Field(foreign_key="seat_pool.id")
    retired_at: datetime | None = None


class Exhibitor(Row, table=True):
    """An organisation with a stand at one event, or that asks for one. `in_territory` None: not known.

    `village_id` None is a place outside the villages. Who waits has `queued_at`; `approved_at` says that a coordinator
    agrees already, so that a freed place is theirs at once. The link by which it is edited holds `reference`.
    `said_interview_count` is how many interviews it says to have held (None: it did not say); those noted are rows.
    """

    __tablename__ = "exhibitor"
    __table_args__ = (
        UniqueConstraint("event_id", "name"),
        Index("ix_exhibitor_queue", "event_id", "village_id", "state", "queued_at", "id"),
        CheckConstraint("state <> 'waitlisted' OR queued_at IS NOT NULL", name="queue"),
        CheckConstraint(
            "holds_seat = false OR state IN ('requested', 'to_complete', 'accepted')",
            name="seat",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    name: str = Field(max_length=150)
    insee_code: str | None = Field(default=None, foreign_key="commune.insee_code", max_length=5)
    in_territory: bool | None = None
    looking_for: str = Field(default="", max_length=300)
    company_id: int | None = Field(default=None, foreign_key="company.id", index=True)
    contact_id: int | None = personal(CONTACT_OF_COMPANY, None, foreign_key="company_contact.id", index=True)
    state: ExhibitorState = Field(default=ExhibitorState.ACCEPTED, sa_type=enum_column(ExhibitorState))
    reference: str | None = Field(default=None, max_length=12, unique=True)
    form_key: str | None = Field(default=None, max_length=36, unique=True)
    place_kind: PlaceKind = Field(default=PlaceKind.STAND, sa_type=enum_column(PlaceKind))
    village_id: int | None = Field(default=None, foreign_key="village.id", index=True)
    holds_seat: bool = False
    requested_at: datetime | None = None
    queued_at: datetime | None = None
    approved_at: datetime | None = None
    changed_at: datetime | None = None
    reason: str = Field(default="", max_length=300)
    options: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    recruiter_count: int | None = None
    meal_count: int | None = None
    plates: list[str] = personal(CONTACT_OF_COMPANY, default_factory=list, sa_type=JsonColumn)
    no_jobs: bool = False
    near_entrance: bool = False
    note: str = Field(default="", max_length=1000)
    rules_accepted_at: datetime | None = None
    self_requested: bool = False
    logo_id: int | None = Field(default=None, foreign_key="upload.id")
    language: str = Field(default="fr", max_length=5)
    said_interview_count: int | None = None


class Recruiter(Row, table=True):
    """Somebody who stands at an exhibitor's place, with a badge. `reference` is what its QR says."""

    __tablename__ = "recruiter"

    id: int | None = Field(default=None, primary_key=True)
    exhibitor_id: int = personal(CONTACT_OF_COMPANY, foreign_key="exhibitor.id", index=True)
    family_name: str = personal(CONTACT_OF_COMPANY, max_length=100)
    given_name: str = personal(CONTACT_OF_COMPANY, max_length=100)
    reference: str = personal(CONTACT_OF_COMPANY, max_length=12, unique=True)


class StandAnswer(Row, table=True):
    """What an exhibitor answered to one question of the event; `label` is the question as it was put to them."""

    __tablename__ = "stand_answer"
    __table_args__ = (UniqueConstraint("exhibitor_id", "question_id"),)

    id: int | None = Field(default=None, primary_key=True)
    exhibitor_id: int = personal(CONTACT_OF_COMPANY, foreign_key="exhibitor.id")
    question_id: int = personal(CONTACT_OF_COMPANY, foreign_key="question.id")
    label: str = personal(CONTACT_OF_COMPANY, max_length=200)
    content: str = personal(CONTACT_OF_COMPANY, max_length=1000)


class Hall(Row, table=True):
    """A room of an event as a grid of `column_count` × `row_count` squares; its entrance is beside one of them."""

    __tablename__ = "hall"

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    name: str = Field(max_length=100)
    position: int
    column_count: int = 0
    row_count: int = 0
    entrance_column: int = 0
    entrance_row: int = 0


class Booth(Row, table=True):
    """A numbered square of a hall where a stand can be. `pinned`: automatic placement leaves who is there."""

    __tablename__ = "booth"
    __table_args__ = (
        UniqueConstraint("hall_id", "column", "row"),
        UniqueConstraint("event_id", "number"),
        UniqueConstraint("exhibitor_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    hall_id: int = Field(foreign_key="hall.id", index=True)
    number: str = Field(max_length=10)
    column: int
    row: int
    village_id: int | None = Field(default=None, foreign_key="village.id")
    has_power: bool = False
    exhibitor_id: int | None = Field(default=None, foreign_key="exhibitor.id")
    pinned: bool = False


class Demonstration(Row, table=True):
    """A trade shown at an event."""

    __tablename__ = "demonstration"
    __table_args__ = (UniqueConstraint("event_id", "title"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    title: str = Field(max_length=150)
