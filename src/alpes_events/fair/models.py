"""Rows of the fair: who exhibits, what is demonstrated, and each interview that was held."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from alpes_events.database.rows import PARTICIPATION, Row, personal


class Exhibitor(Row, table=True):
    """An organisation with a stand at one event. `in_territory` None: not known."""

    __tablename__ = "exhibitor"
    __table_args__ = (UniqueConstraint("event_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    name: str = Field(max_length=150)
    insee_code: str | None = Field(default=None, foreign_key="commune.insee_code", max_length=5)
    in_territory: bool | None = None
    looking_for: str = Field(default="", max_length=300)
    withdrawn_at: datetime | None = None


class Demonstration(Row, table=True):
    """A trade shown at an event."""

    __tablename__ = "demonstration"
    __table_args__ = (UniqueConstraint("event_id", "title"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    title: str = Field(max_length=150)


class Interview(Row, table=True):
    """One interview between a registered person and an exhibitor. It counts once it has `held_at`."""

    __tablename__ = "interview"
    __table_args__ = (UniqueConstraint("registration_id", "exhibitor_id", "held_at"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    registration_id: int = personal(PARTICIPATION, foreign_key="registration.id", index=True)
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True)
    held_at: datetime | None = None
