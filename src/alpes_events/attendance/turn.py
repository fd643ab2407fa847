"""Whose turn it is among those who wait: staff priority first, then who has waited longest."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col

from alpes_events.attendance.models import Registration


def in_turn() -> tuple[Any, ...]:
    """The order in which those who wait come, to sort a question by."""
    return col(Registration.priority).desc(), col(Registration.queued_at), col(Registration.id)


def last_in_turn() -> tuple[Any, ...]:
    """The other way round: who waits longest for their turn comes first."""
    return col(Registration.priority), col(Registration.queued_at).desc(), col(Registration.id).desc()


def ahead_of(waiting: Registration) -> ColumnElement[bool]:
    """The same order as a condition: whose turn comes before that of somebody who waits in the same queue."""
    priority, queued_at, number = col(Registration.priority), col(Registration.queued_at), col(Registration.id)
    earlier = (queued_at < waiting.queued_at) | ((queued_at == waiting.queued_at) & (number < waiting.id))
    return (priority > waiting.priority) | ((priority == waiting.priority) & earlier)
