"""Rows of the agenda: venues, series, events, their sessions and questions."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

import alpes_events.pictures.models  # noqa: F401 (the table that `picture_id` leads to)
from alpes_events.database.rows import JsonColumn, Row, enum_column


class EventKind(StrEnum):
    """What the public calls it."""

    SALON = "salon"
    FORUM = "forum"
    JOB_DATING = "job_dating"
    RECRUITMENT = "recruitment"
    DISCOVERY = "discovery"
    WORKSHOP = "workshop"
    INFORMATION = "information"
    PARTNER_EVENT = "partner_event"


class EventState(StrEnum):
    """Draft → published → cancelled or done; `withdrawn` is a published event taken back (a tombstone in feeds).

    A draft may be `discarded`, and comes back until it is forgotten.
    """

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


UNSEEN = (EventState.DRAFT, EventState.DISCARDED)
"""States of which nobody outside hears."""


class OrganiserRole(StrEnum):
    """What the association does at the event."""

    ORGANISER = "organiser"
    CO_ORGANISER = "co_organiser"
    PARTICIPANT = "participant"


class Entry(StrEnum):
    """How one gets in: by sign-up, freely, or by a partner's own sign-up elsewhere."""

    SIGN_UP = "sign_up"
    FREE = "free"
    ELSEWHERE = "elsewhere"


class Counter(StrEnum):
    """Whether a head-count is taken at this event: whole, of the territory only, or not at all."""

    COLLECTED = "collected"
    TERRITORY_ONLY = "territory_only"
    NOT_COLLECTED = "not_collected"


class Venue(Row, table=True):
    """Where events happen: address, how to get there, and whether everyone can get in.

    A retired one is not offered; `merged_into`: it was written twice, and that one stands for it.
    """

    __tablename__ = "venue"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=150)
    address: str = Field(default="", max_length=300)
    insee_code: str | None = Field(default=None, foreign_key="commune.insee_code", max_length=5)
    commune_name: str = Field(default="", max_length=100)
    postal_code: str = Field(default="", max_length=12)
    transport: str = Field(default="", max_length=500)
    accessibility: str = Field(default="", max_length=500)
    latitude: float | None = None
    longitude: float | None = None
    retired_at: datetime | None = None
    merged_into: int | None = Field(default=None, foreign_key="venue.id")


class Series(Row, table=True):
    """A family of events under one name (« Décroche ton Job ou ta Formation »). An archived one takes no new event."""

    __tablename__ = "series"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=80, unique=True)
    name: str = Field(max_length=150)
    short_name: str = Field(default="", max_length=32)
    description: str = Field(default="", max_length=2000)
    kind: EventKind = Field(sa_type=enum_column(EventKind))
    archived_at: datetime | None = None


class Event(Row, table=True):
    """Something people come to, in `[starts_at, ends_at)`. `pool_id` holds its places; `uid` never changes."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="dates"),
        CheckConstraint("opens_at IS NULL OR closes_at IS NULL OR closes_at > opens_at", name="window"),
        CheckConstraint("sequence >= 0", name="sequence"),
        Index("ix_event_when", "state", "starts_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(max_length=64, unique=True)
    slug: str = Field(max_length=120, unique=True)
    title: str = Field(max_length=150)
    kind: EventKind = Field(sa_type=enum_column(EventKind))
    state: EventState = Field(default=EventState.DRAFT, sa_type=enum_column(EventState))
    organiser_role: OrganiserRole = Field(default=OrganiserRole.ORGANISER, sa_type=enum_column(OrganiserRole))
    series_id: int | None = Field(default=None, foreign_key="series.id", index=True)
    edition: int | None = None
    venue_id: int | None = Field(default=None, foreign_key="venue.id")
    starts_at: datetime
    ends_at: datetime
    all_day: bool = False
    summary: str = Field(default="", max_length=300)
    description: str = Field(default="", max_length=5000)
    to_bring: str = Field(default="", max_length=500)
    audience: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    themes: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    partners: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    picture_id: int | None = Field(default=None, foreign_key="upload.id")
    picture_alt: str = Field(default="", max_length=200)
    entry: Entry = Field(default=Entry.SIGN_UP, sa_type=enum_column(Entry))
    entry_url: str = Field(default="", max_length=300)
    pool_id: int = Field(foreign_key="seat_pool.id")
    waiting_list: bool = True
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    offer_hours: int | None = None
    cut_off_hours: int | None = None
    visitors_counter: Counter = Field(default=Counter.NOT_COLLECTED, sa_type=enum_column(Counter))
    participants_counter: Counter = Field(default=Counter.COLLECTED, sa_type=enum_column(Counter))
    exhibitors_counter: Counter = Field(default=Counter.NOT_COLLECTED, sa_type=enum_column(Counter))
    interviews_counter: Counter = Field(default=Counter.NOT_COLLECTED, sa_type=enum_column(Counter))
    demonstrations_counter: Counter = Field(default=Counter.NOT_COLLECTED, sa_type=enum_column(Counter))
    sequence: int = 0
    cancellation_reason: str = Field(default="", max_length=300)
    import_key: str | None = Field(default=None, max_length=80, unique=True)
    created_at: datetime
    revised_at: datetime
    published_at: datetime | None = None
    ended_at: datetime | None = None


class EventTemplate(Row, table=True):
    """An event kept to make others of: `pattern` is a `Pattern` as JSON. A retired one is offered no more."""

    __tablename__ = "event_template"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=150)
    pattern: dict[str, Any] = Field(sa_type=JsonColumn)
    created_at: datetime
    revised_at: datetime
    retired_at: datetime | None = None


class EventSession(Row, table=True):
    """A part of an event with its own hours and places: a workshop at ten with twenty seats."""

    __tablename__ = "event_session"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="dates"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    uid: str = Field(max_length=64, unique=True)
    title: str = Field(max_length=150)
    room: str = Field(default="", max_length=100)
    starts_at: datetime
    ends_at: datetime
    pool_id: int = Field(foreign_key="seat_pool.id")
    sequence: int = 0
    cancelled_at: datetime | None = None
    created_at: datetime
    revised_at: datetime


class QuestionKind(StrEnum):
    """How a question of an event is answered."""

    TEXT = "text"
    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"


class AskedOf(StrEnum):
    """Who is asked a question of an event."""

    VISITORS = "visitors"
    EXHIBITORS = "exhibitors"


class Question(Row, table=True):
    """A question that one event asks at sign-up. A removed question stays, retired, with its answers."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("event_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    position: int
    asked_of: AskedOf = Field(default=AskedOf.VISITORS, sa_type=enum_column(AskedOf))
    kind: QuestionKind = Field(sa_type=enum_column(QuestionKind))
    label: str = Field(max_length=200)
    hint: str = Field(default="", max_length=300)
    choices: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    required: bool = False
    retired_at: datetime | None = None
