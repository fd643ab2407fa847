"""The interviews of somebody who signed up, as they read them: when, with whom, where."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Registration
from alpes_events.fair.meetings import Interview
from alpes_events.fair.models import Booth, Exhibitor, Hall
from alpes_events.interviews.live import InterviewState, at_a_table, state_of
from alpes_events.interviews.models import InterviewTable
from alpes_events.interviews.times import moment_from


@dataclass(frozen=True)
class OwnTime:
    """One interview at a table, with its exhibitor. `booth` and `hall` say where (empty: not placed yet); `table` which
    one, where the exhibitor has several (else empty).

    `changed_at` is when it got its time or that changed last, `change_count` how often since.
    """

    interview_id: int
    registration_id: int
    event_id: int
    exhibitor_id: int
    exhibitor: str
    booth: str
    hall: str
    table: str
    starts_at: datetime
    ends_at: datetime
    state: InterviewState
    booked_at: datetime
    changed_at: datetime
    change_count: int


def own_times(db: Session, registration_ids: Collection[int]) -> list[OwnTime]:
    """The interviews that these sign-ups have or had at a table but those called off, by time."""
    if not registration_ids:
        return []
    return _read(db, [col(Interview.registration_id).in_(registration_ids), at_a_table()])


def times_of_person(db: Session, candidate_ids: Collection[int]) -> list[OwnTime]:
    """Every interview that these records of a person have or had at a table, also those called off; by time."""
    theirs = columns(col(Registration.id)).where(col(Registration.candidate_id).in_(candidate_ids))
    return _read(db, [col(Interview.registration_id).in_(theirs), col(Interview.starts).is_not(None)])


def times_of_event(db: Session, event_id: int, exhibitor_id: int | None = None) -> list[OwnTime]:
    """The interviews of an event's tables, or of one exhibitor's, but those called off; by time and table."""
    wanted = [col(Interview.event_id) == event_id, at_a_table()]
    wanted += [] if exhibitor_id is None else [col(Interview.exhibitor_id) == exhibitor_id]
    return _read(db, wanted)


def _read(db: Session, wanted: Sequence[ColumnElement[bool]]) -> list[OwnTime]:
    tables = (
        columns(func.count())
        .where(
            col(InterviewTable.exhibitor_id) == col(Interview.exhibitor_id), col(InterviewTable.retired_at).is_(None)
        )
        .correlate(Interview)
        .scalar_subquery()
    )
    shown: Any = (
        Interview,
        col(Event.starts_at),
        col(Exhibitor.name),
        col(InterviewTable.name),
        col(Booth.number),
        col(Hall.name),
    )
    rows = db.execute(
        columns(*shown, tables)
        .join(Event, col(Event.id) == col(Interview.event_id))
        .join(Exhibitor, col(Exhibitor.id) == col(Interview.exhibitor_id))
        .join(InterviewTable, col(InterviewTable.id) == col(Interview.table_id))
        .outerjoin(Booth, col(Booth.exhibitor_id) == col(Exhibitor.id))
        .outerjoin(Hall, col(Hall.id) == col(Booth.hall_id))
        .where(*wanted)
        .order_by(col(Interview.starts), col(Interview.table_id), col(Interview.id))
    ).all()
    return [
        _own(row, starts_at, name, table if count > 1 else "", booth, hall)
        for row, starts_at, name, table, booth, hall, count in rows
    ]


def _own(
    row: Interview, event_starts_at: datetime, name: str, table: str, booth: str | None, hall: str | None
) -> OwnTime:
    booked_at = row.booked_at or event_starts_at
    return OwnTime(
        interview_id=row.id or 0,
        registration_id=row.registration_id,
        event_id=row.event_id,
        exhibitor_id=row.exhibitor_id,
        exhibitor=name,
        booth=booth or "",
        hall=hall or "",
        table=table,
        starts_at=moment_from(event_starts_at, row.starts or 0),
        ends_at=moment_from(event_starts_at, row.ends or 0),
        state=state_of(row),
        booked_at=booked_at,
        changed_at=row.changed_at or booked_at,
        change_count=row.change_count,
    )
