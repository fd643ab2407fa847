"""Rows of errands: what was asked and where it stands, and the files that came with it or were made."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from alpes_events.database.rows import COPY, STAFF, JsonColumn, Row, enum_column, personal


class ErrandKind(StrEnum):
    """What can be asked for. Wishes in brackets."""

    CHECK = "check"
    """Read a file and say what importing it would do, changing nothing. [`file`: the kind of file]"""
    IMPORT = "import"
    """Import a file that was checked. [`file`, `tell`: write to the people concerned]"""
    SIGN_UPS = "sign_ups"
    """The sign-ups of a year's events. [`year`, `registered_by`: of one account only]"""
    EVENTS = "events"
    """Every event of every year. [none]"""
    FIGURES = "figures"
    """Count a year anew, and write its workbook. [`year`]"""
    HOURS = "hours"
    """The validated clause hours of a year. [`year`]"""
    CONVOCATIONS = "convocations"
    """The convocations of everybody who has a place at an event. [`event_id`]"""
    TIMETABLE = "timetable"
    """A proposal of the timetable of an event's interviews. [`event_id`, `seed`]"""
    PLACEMENTS = "placements"
    """A plan of who could be placed on which lots of the social clause. [none]"""


class ErrandState(StrEnum):
    """Where an errand stands. `stopped`: by whoever asked, or because its file must not be kept any more."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


OPEN = (ErrandState.WAITING, ErrandState.RUNNING)
"""The states of an errand that is still to be done."""


class FileRole(StrEnum):
    """What a file of an errand is: what was sent, what was made, the rows to correct, what is told of it."""

    SENT = "sent"
    RESULT = "result"
    REFUSED = "refused"
    REPORT = "report"


class Errand(Row, table=True):
    """One piece of long work. `wishes` and `counts` hold ids, codes and numbers only; names stand in its files.

    `follows` is the check that an import goes by. `attempt_count` tells who holds it: a worker that lost its lease
    writes nothing any more.
    """

    __tablename__ = "errand"
    __table_args__ = (Index("ix_errand_due", "state", "leased_until"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: ErrandKind = Field(sa_type=enum_column(ErrandKind))
    state: ErrandState = Field(default=ErrandState.WAITING, sa_type=enum_column(ErrandState))
    account_id: int = personal(STAFF, foreign_key="account.id", index=True)
    language: str = Field(default="fr", max_length=5)
    wishes: dict[str, int | str | bool] = Field(default_factory=dict, sa_type=JsonColumn)
    follows: int | None = Field(default=None, foreign_key="errand.id")
    asked_at: datetime = Field(index=True)
    stop_asked_at: datetime | None = None
    started_at: datetime | None = None
    settled_at: datetime | None = None
    cleared_at: datetime | None = None
    leased_until: datetime | None = None
    attempt_count: int = 0
    done_count: int = 0
    total_count: int = 0
    counts: dict[str, int] = Field(default_factory=dict, sa_type=JsonColumn)
    last_error: str | None = Field(default=None, max_length=200)


class ErrandFile(Row, table=True):
    """The bytes of a file, in a row of their own: nobody reads them who only looks at the errand."""

    __tablename__ = "errand_file"
    __table_args__ = (UniqueConstraint("errand_id", "role"),)

    id: int | None = Field(default=None, primary_key=True)
    errand_id: int = Field(foreign_key="errand.id")
    role: FileRole = Field(sa_type=enum_column(FileRole))
    name: str = personal(COPY, max_length=120)
    media_type: str = Field(max_length=100)
    sha256: str = Field(max_length=64)
    size: int = 0
    content: bytes = personal(COPY, sa_type=LargeBinary)
