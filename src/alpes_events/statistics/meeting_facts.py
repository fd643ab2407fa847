"""What meetings at an event came to: wishes and those met, interviews that did not take place, waiting in queues."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, extract, func, literal, select
from sqlmodel import col

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import HOLDING, Registration
from alpes_events.fair.meetings import Interview, MeetingWish
from alpes_events.fair.models import Exhibitor
from alpes_events.people.models import Candidate
from alpes_events.people.records import canonical_id, merged_records

MEETINGS = ("meeting_wishes", "wishes_met", "interviews_not_held", "queue_waits", "queue_minutes")
"""Indicators counted of wishes and interviews."""

_MINUTE = 60


def meetings(indicator: str, event_ids: Collection[int]) -> Select[Any]:
    """The acts of one indicator: `event_id`, `starts_at`, `title`, `what` (the person), `detail` (the exhibitor),
    `person_id` and `amount`; the amounts add up to the figure.
    """
    act, conditions, amount = _ACTS[indicator]
    merged = merged_records()
    person = canonical_id(col(Registration.candidate_id), merged)
    name = col(Candidate.family_name) + " " + col(Candidate.given_name)
    columns: tuple[Any, ...] = (
        col(Event.id).label("event_id"),
        col(Event.starts_at).label("starts_at"),
        col(Event.title).label("title"),
        name.label("what"),
        col(Exhibitor.name).label("detail"),
        person.label("person_id"),
        amount.label("amount"),
    )
    return (
        select(*columns)
        .select_from(act)
        .join(Registration, col(Registration.id) == act.registration_id)
        .join(Event, col(Event.id) == col(Registration.event_id))
        .join(Exhibitor, col(Exhibitor.id) == act.exhibitor_id)
        .outerjoin(merged, merged.c.id == col(Registration.candidate_id))
        .join(Candidate, col(Candidate.id) == person)
        .where(col(Registration.event_id).in_(event_ids), *conditions)
    )


def meeting_sums(event_ids: Collection[int]) -> Iterator[tuple[str, Select[Any]]]:
    """For each indicator its name, and a question that gives `event_id`, how many acts, and their sum."""
    for indicator in MEETINGS:
        acts = meetings(indicator, event_ids).subquery(indicator)
        columns: tuple[Any, ...] = (acts.c.event_id, func.count(), func.sum(acts.c.amount))
        yield indicator, select(*columns).group_by(acts.c.event_id)


def _met() -> ColumnElement[bool]:
    """Whether the person of a wish had an interview with that exhibitor."""
    held: Select[Any] = select(col(Interview.id)).where(
        col(Interview.registration_id) == col(MeetingWish.registration_id),
        col(Interview.exhibitor_id) == col(MeetingWish.exhibitor_id),
        col(Interview.held_at).is_not(None),
    )
    return held.exists()


def _waited() -> ColumnElement[int]:
    """Whole minutes in a queue until the call."""
    seconds = extract("epoch", col(Interview.called_at)) - extract("epoch", col(Interview.queued_at))
    return cast(seconds, Integer) // literal(_MINUTE, Integer)


_WISH = (col(MeetingWish.ended_at).is_(None), col(Registration.state).in_(HOLDING))
_CALLED = (and_(col(Interview.queued_at).is_not(None), col(Interview.called_at).is_not(None)),)
_ACTS: dict[str, tuple[Any, tuple[ColumnElement[bool], ...], ColumnElement[int]]] = {
    "meeting_wishes": (MeetingWish, _WISH, literal(1)),
    "wishes_met": (MeetingWish, (*_WISH, _met()), literal(1)),
    "interviews_not_held": (Interview, (col(Interview.not_held_at).is_not(None),), literal(1)),
    "queue_waits": (Interview, _CALLED, literal(1)),
    "queue_minutes": (Interview, _CALLED, _waited()),
}
