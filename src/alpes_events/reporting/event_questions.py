"""What is asked of events besides their statistics."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, func
from sqlalchemy import select as columns_of
from sqlmodel import col

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import DoorCount
from alpes_events.fair.models import Village
from alpes_events.pathways.models import Enrolment
from alpes_events.people.records import canonical_id, merged_records
from alpes_events.statistics.models import Participation

SCHEME = "CEJ"
"""The scheme whose participants are counted at events."""
Ids = Sequence[int]
Asked = Select[*tuple[Any, ...]]


def _editions(ids: Ids) -> Asked:
    return columns_of(col(Event.id), col(Event.edition)).where(col(Event.id).in_(ids), col(Event.edition).is_not(None))


def standing(ids: Ids) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The villages of events that were not removed."""
    return col(Village.event_id).in_(ids), col(Village.retired_at).is_(None)


def _villages(ids: Ids) -> Asked:
    """How many villages stand at each event that has some."""
    return columns_of(col(Village.event_id), func.count()).where(*standing(ids)).group_by(col(Village.event_id))


def in_scheme(ids: Ids) -> Asked:
    """Each event, with each of its participants who was in the scheme on the day of the event, once or more."""
    merged = merged_records()
    person = canonical_id(col(Enrolment.candidate_id), merged)
    return (
        columns_of(col(Participation.event_id), col(Participation.person_id))
        .join(Event, col(Event.id) == col(Participation.event_id))
        .join(Enrolment, Enrolment.scheme_code == SCHEME)  # type: ignore[arg-type]
        .outerjoin(merged, merged.c.id == col(Enrolment.candidate_id))
        .where(
            col(Participation.event_id).in_(ids),
            person == col(Participation.person_id),
            col(Participation.attended) > 0,
            col(Enrolment.withdrawn_at).is_(None),
            col(Enrolment.entered_on) <= func.date(col(Event.starts_at)),
            col(Enrolment.closed_on).is_(None) | (col(Enrolment.closed_on) >= func.date(col(Event.starts_at))),
        )
    )


def _scheme_counts(ids: Ids) -> Asked:
    one = in_scheme(ids).subquery("one")
    return columns_of(one.c.event_id, func.count(distinct(one.c.person_id))).group_by(one.c.event_id)


def _door_counts(ids: Ids) -> Asked:
    asked = columns_of(col(DoorCount.event_id), func.count()).where(col(DoorCount.event_id).in_(ids))
    return asked.where(col(DoorCount.visitor_count) != 0).group_by(col(DoorCount.event_id))


def _interviewed(ids: Ids) -> Asked:
    asked = columns_of(col(Participation.event_id), func.count()).where(col(Participation.event_id).in_(ids))
    return asked.where(col(Participation.interviews) > 0).group_by(col(Participation.event_id))


ASKED: Mapping[str, Callable[[Ids], Asked]] = {
    "edition": _editions,
    "villages": _villages,
    "participants_cej": _scheme_counts,
}
"""What is asked besides the statistics, by event."""
ROWS: Mapping[str, Callable[[Ids], Asked]] = {"visitors": _door_counts, "interviews": _interviewed}
"""How many rows are behind figures that are sums, by event."""
