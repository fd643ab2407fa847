"""Rows of statistics: values as they were compiled, which never change."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from alpes_events.database.rows import Row


class Compilation(Row, table=True):
    """One compilation of one period (an event, a month, a year), with the digest of what it read."""

    __tablename__ = "compilation"
    __table_args__ = (Index("ix_compilation_period", "period", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    period: str = Field(max_length=32)
    compiled_at: datetime
    definitions: str = Field(max_length=64)


class CompiledValue(Row, table=True):
    """The value of one indicator in one cut, immutable. `value` None: not collected. `known_count` of
    `event_count` events gave it.
    """

    __tablename__ = "compiled_value"
    __table_args__ = (
        UniqueConstraint("compilation_id", "indicator", "cut", "cut_value"),
        Index("ix_compiled_value_lookup", "compilation_id", "indicator"),
    )

    id: int | None = Field(default=None, primary_key=True)
    compilation_id: int = Field(foreign_key="compilation.id")
    indicator: str = Field(max_length=48)
    version: int
    cut: str = Field(default="", max_length=32)
    cut_value: str = Field(default="", max_length=64)
    value: int | None = None
    known_count: int = 0
    event_count: int = 0


class TouchedPeriod(Row, table=True):
    """An event whose records changed since its figures were last compiled."""

    __tablename__ = "touched_period"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    touched_at: datetime
