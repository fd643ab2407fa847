"""Rows of the scheduler: which job ran for which period, and which process leads."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from alpes_events.database.rows import Row, enum_column


class RunState(StrEnum):
    """How a run ended, or that it has not."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class JobRun(Row, table=True):
    """One run of one job for one period: the UNIQUE pair makes it run once."""

    __tablename__ = "job_run"
    __table_args__ = (UniqueConstraint("job", "period"),)

    id: int | None = Field(default=None, primary_key=True)
    job: str = Field(max_length=48)
    period: str = Field(max_length=32)
    state: RunState = Field(default=RunState.RUNNING, sa_type=enum_column(RunState))
    attempt_count: int = 1
    started_at: datetime
    ended_at: datetime | None = None
    done_count: int | None = None
    last_error: str | None = Field(default=None, max_length=200)


class Leader(Row, table=True):
    """The lease of the one scheduler that leads (always id 1)."""

    __tablename__ = "leader"

    id: int = Field(default=1, primary_key=True)
    holder: str = Field(default="", max_length=80)
    beat_at: datetime | None = None
    leased_until: datetime | None = None
