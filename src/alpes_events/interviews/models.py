"""Rows of the timetable of interviews. Times are whole minutes from the start of the event: when it moves, all moves.

An interview itself is a row of `fair.meetings`: planned, waiting in a queue, held, not held or called off.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from alpes_events.database.rows import PARTICIPATION, STAFF, JsonColumn, Row, enum_column, personal

GRAIN = 5
"""Every time and length of the timetable is a multiple of these minutes."""


class InterviewDay(Row, table=True):
    """How an event arranges its interviews.

    Choices and hours may be changed until `wishes_until` (None: until the end of the event). `walk_minutes` lie between
    two halls, `most_each` interviews are the most for one person. `number` counts what was published and changed since:
    a draft made beside an older number is compared again before it is published.
    """

    __tablename__ = "interview_day"
    __table_args__ = (
        CheckConstraint("walk_minutes BETWEEN 0 AND 60", name="walk"),
        CheckConstraint("most_each BETWEEN 1 AND 20", name="most"),
    )

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    wishes_until: datetime | None = None
    walk_minutes: int = 0
    most_each: int = 5
    number: int = 0
    published_at: datetime | None = None
    changed_at: datetime


class InterviewTable(Row, table=True):
    """A table where an exhibitor holds interviews of `minutes` each, one after the other, in [`opens`, `closes`).

    `breaks` are pairs of minutes within. `closed_from`: it was closed on the day, from that minute on. `retired_at`: it
    was taken away before, and stays for the interviews that name it.
    """

    __tablename__ = "interview_table"
    __table_args__ = (
        CheckConstraint("closes > opens", name="hours"),
        CheckConstraint("minutes BETWEEN 5 AND 60", name="length"),
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    exhibitor_id: int = Field(foreign_key="exhibitor.id", index=True)
    name: str = Field(max_length=40)
    opens: int
    closes: int
    minutes: int
    breaks: list[list[int]] = Field(default_factory=list, sa_type=JsonColumn)
    closed_from: int | None = None
    retired_at: datetime | None = None


class InterviewHours(Row, table=True):
    """When somebody who signed up is there: [`comes`, `leaves`); None: from the start, to the end. Without a row they
    did not say, and are taken to be there all the time.

    `most`: no more interviews than that (None: as many as the event allows). `left_at`: seen to leave on the day.
    """

    __tablename__ = "interview_hours"
    __table_args__ = (CheckConstraint("comes IS NULL OR leaves IS NULL OR leaves > comes", name="hours"),)

    registration_id: int = personal(PARTICIPATION, primary_key=True, foreign_key="registration.id")
    comes: int | None = personal(PARTICIPATION, None)
    leaves: int | None = personal(PARTICIPATION, None)
    most: int | None = personal(PARTICIPATION, None)
    left_at: datetime | None = personal(PARTICIPATION, None)
    said_at: datetime = personal(PARTICIPATION)


class PlanState(StrEnum):
    """What became of a draft of the timetable."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SET_ASIDE = "set_aside"


class InterviewPlan(Row, table=True):
    """A draft of an event's timetable: at most one is open at a time. `version` rises with each change by hand.

    `interviews` are lists `[registration, exhibitor, table, start, end, pinned]`; `unmet` are `[registration,
    exhibitor, rank, cause]`; `refused` are `[what, id, rule]` and more ids; `figures` are what it is worth and the
    bound. `beside` is the number of the timetable (`InterviewDay.number`) that it was made beside.
    """

    __tablename__ = "interview_plan"

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    state: PlanState = Field(default=PlanState.DRAFT, sa_type=enum_column(PlanState))
    beside: int
    version: int = 1
    made_at: datetime
    changed_at: datetime
    made_by: int | None = personal(STAFF, None, foreign_key="account.id")
    interviews: list[Any] = personal(PARTICIPATION, default_factory=list, sa_type=JsonColumn)
    unmet: list[Any] = personal(PARTICIPATION, default_factory=list, sa_type=JsonColumn)
    refused: list[Any] = personal(PARTICIPATION, default_factory=list, sa_type=JsonColumn)
    figures: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)


class Held(StrEnum):
    """Whose time an interview holds."""

    TABLE = "table"
    PERSON = "person"


class InterviewHold(Row, table=True):
    """`GRAIN` minutes of a table or of a sign-up (`who`), from `minute` on, that an interview to come takes.

    The key is what makes double booking impossible, on both databases.
    """

    __tablename__ = "interview_hold"

    kind: Held = personal(PARTICIPATION, primary_key=True, sa_type=enum_column(Held))
    who: int = personal(PARTICIPATION, primary_key=True)
    minute: int = personal(PARTICIPATION, primary_key=True)
    interview_id: int = personal(PARTICIPATION, foreign_key="interview.id", index=True)


class Mark(StrEnum):
    """What is marked of an interview. `UNMARKED` takes the last mark back."""

    HELD = "held"
    PERSON_ABSENT = "person_absent"
    EXHIBITOR_ABSENT = "exhibitor_absent"
    UNMARKED = "unmarked"


class InterviewMark(Row, table=True):
    """One mark of an interview, never changed: the one marked last counts. `mark_key` makes a replay harmless.

    `marked_at` is the moment on the telephone, `noted_at` when it reached us. `marked_by` None: by the link of the
    stand.
    """

    __tablename__ = "interview_mark"
    __table_args__ = (UniqueConstraint("mark_key"),)

    id: int | None = Field(default=None, primary_key=True)
    mark_key: str = personal(PARTICIPATION, max_length=36)
    interview_id: int = personal(PARTICIPATION, foreign_key="interview.id", index=True)
    mark: Mark = personal(PARTICIPATION, sa_type=enum_column(Mark))
    marked_at: datetime = personal(PARTICIPATION)
    noted_at: datetime = personal(PARTICIPATION)
    marked_by: int | None = personal(STAFF, None, foreign_key="account.id")
