"""Asking an exhibitor again after an event: the row, on which day, and until when the answer may come."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from alpes_events.database.rows import STAFF, Row, enum_column, personal


class FollowUpMoment(StrEnum):
    """When an employer is asked whether they hired somebody they met."""

    SIX_WEEKS = "six_weeks"
    SIX_MONTHS = "six_months"


class FollowUpAnswer(StrEnum):
    """What the employer answered."""

    HIRED = "hired"
    NOBODY = "nobody"


class FollowUp(Row, table=True):
    """One question to one exhibitor, asked once; « later » puts it off to `put_off_to`, and it is asked once more then.

    The link by which it is answered holds `reference`. The contracts that an answer tells are rows of `hire`.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("exhibitor_id", "moment"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer"),
    )

    id: int | None = Field(default=None, primary_key=True)
    exhibitor_id: int = Field(foreign_key="exhibitor.id")
    moment: FollowUpMoment = Field(sa_type=enum_column(FollowUpMoment))
    reference: str = Field(max_length=12, unique=True)
    due_on: date
    asked_at: datetime
    put_off_to: date | None = None
    put_off_count: int = 0
    answer: FollowUpAnswer | None = Field(default=None, sa_type=enum_column(FollowUpAnswer))
    answered_at: datetime | None = None
    answered_by: int | None = personal(STAFF, None, foreign_key="account.id")


WEEKS_6, MONTHS_6 = timedelta(weeks=6), timedelta(days=182)
AFTER = {FollowUpMoment.SIX_WEEKS: WEEKS_6, FollowUpMoment.SIX_MONTHS: MONTHS_6}
"""How long after the last day of an event each question is asked."""

ASKED_FOR = timedelta(days=14)
"""How late a question may still be asked when nobody kept time: what is older is not asked any more."""

PUT_OFF_BY = timedelta(days=14)
MOST_PUT_OFF = 3

_OPEN_FOR = timedelta(days=120)


def due_day(moment: FollowUpMoment, *, ended_on: date) -> date:
    """The day on which the question is asked."""
    return ended_on + AFTER[moment]


def asked_on(day: date, moment: FollowUpMoment, *, ended_on: date) -> bool:
    """Whether the question may first be asked on `day`."""
    due_on = due_day(moment, ended_on=ended_on)
    return due_on <= day < due_on + ASKED_FOR


def last_day(due_on: date) -> date:
    """The last day on which the link answers."""
    return due_on + _OPEN_FOR
