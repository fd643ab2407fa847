"""Interviews as they stand: to come at a table, waiting in a queue, held, not held, called off."""

from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from alpes_events.fair.meetings import Interview


class InterviewState(StrEnum):
    """Where an interview stands."""

    PLANNED = "planned"
    QUEUED = "queued"
    HELD = "held"
    NOT_HELD = "not_held"
    CALLED_OFF = "called_off"


def state_of(interview: Interview) -> InterviewState:
    """Where it stands, from its instants."""
    if interview.held_at is not None:
        return InterviewState.HELD
    if interview.not_held_at is not None:
        return InterviewState.NOT_HELD
    if interview.called_off_at is not None:
        return InterviewState.CALLED_OFF
    return InterviewState.QUEUED if interview.starts is None else InterviewState.PLANNED


def to_come() -> ColumnElement[bool]:
    """Interviews that are still to come, at a table or from a queue."""
    return and_(
        col(Interview.held_at).is_(None),
        col(Interview.not_held_at).is_(None),
        col(Interview.called_off_at).is_(None),
        col(Interview.starts).is_not(None) | col(Interview.queued_at).is_not(None),
    )


def at_a_table() -> ColumnElement[bool]:
    """Interviews with a time in the timetable, marked or not, but those called off."""
    return and_(col(Interview.starts).is_not(None), col(Interview.called_off_at).is_(None))


def timetable_of(db: Session, event_id: int) -> list[Interview]:
    """Every interview of the published timetable, marked or not, but those called off; by time, table and person."""
    rows = db.exec(select(Interview).where(col(Interview.event_id) == event_id, at_a_table()))
    return sorted(rows, key=lambda one: (one.starts or 0, one.table_id or 0, one.registration_id))


def planned_of_people(db: Session, registration_ids: Collection[int]) -> list[Interview]:
    """The interviews that these sign-ups have at a table, marked or not, but those called off; by time."""
    rows = db.exec(select(Interview).where(col(Interview.registration_id).in_(registration_ids), at_a_table()))
    return sorted(rows, key=lambda one: (one.starts or 0, one.id or 0))
