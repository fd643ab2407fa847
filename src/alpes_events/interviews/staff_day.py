"""The day of interviews as staff run it: who is due and not there yet, what happens at each table, who waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Presence, Registration
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.meetings import Interview
from alpes_events.fair.models import Exhibitor
from alpes_events.interviews.live import InterviewState, state_of
from alpes_events.interviews.models import InterviewHours, InterviewTable
from alpes_events.interviews.times import moment
from alpes_events.people.models import Candidate
from alpes_events.people.records import canonical_id, merged_records

SOON = timedelta(minutes=30)


@dataclass(frozen=True)
class DayMeeting:
    """An interview of the day with whose it is. `comes_at`: they said that they come then; `left_at`: seen to leave."""

    id: int
    registration_id: int
    name: str
    reference: str
    presence: Presence
    comes_at: datetime | None
    left_at: datetime | None
    exhibitor_id: int
    exhibitor: str
    table_id: int | None
    table: str
    state: InterviewState
    starts_at: datetime | None
    ends_at: datetime | None
    queue_number: int | None
    called_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether it is to come."""
        return self.state in {InterviewState.PLANNED, InterviewState.QUEUED}

    @property
    def missing(self) -> bool:
        """Whether nobody has seen the person, or they left."""
        return self.presence is Presence.UNKNOWN or self.left_at is not None


@dataclass(frozen=True)
class TableNow:
    """A table: who is due there now (begun and not marked), and who is next."""

    id: int
    name: str
    is_closed: bool
    now: DayMeeting | None
    next: DayMeeting | None


@dataclass(frozen=True)
class StandNow:
    """A stand: its tables, how many were held there, who was called and how many wait."""

    exhibitor_id: int
    name: str
    tables: tuple[TableNow, ...]
    held_count: int
    called: int | None
    waiting_count: int


@dataclass(frozen=True)
class EventDay:
    """The whole day of an event."""

    meetings: tuple[DayMeeting, ...]
    stands: tuple[StandNow, ...]

    def due(self, now: datetime) -> list[DayMeeting]:
        """Each person whose next interview begins soon, or began, and whom nobody has seen; once."""
        found: dict[int, DayMeeting] = {}
        for one in self.meetings:
            soon = one.starts_at is not None and one.starts_at <= now + SOON
            waits = one.comes_at is not None and one.comes_at > now
            if one.state is InterviewState.PLANNED and soon and one.missing and not (waits and one.left_at is None):
                found.setdefault(one.registration_id, one)
        return list(found.values())

    def count(self, *states: InterviewState) -> int:
        """How many interviews are in one of these states."""
        return sum(one.state in states for one in self.meetings)


def event_day(db: Session, event: Event, *, now: datetime) -> EventDay:
    """Everything, in three questions."""
    meetings = tuple(_meetings(db, event))
    tables = db.exec(
        select(InterviewTable)
        .where(InterviewTable.event_id == event.id, col(InterviewTable.retired_at).is_(None))
        .order_by(col(InterviewTable.id))
    ).all()
    stands = db.exec(
        select(Exhibitor).where(Exhibitor.event_id == event.id, Exhibitor.state == ExhibitorState.ACCEPTED)
    )
    found = [_stand(one, tables, meetings, now=now) for one in stands]
    return EventDay(meetings, tuple(sorted(found, key=lambda one: one.name.casefold())))


def _stand(
    exhibitor: Exhibitor, tables: Iterable[InterviewTable], meetings: Sequence[DayMeeting], *, now: datetime
) -> StandNow:
    own = [one for one in meetings if one.exhibitor_id == exhibitor.id]
    queue = [one for one in own if one.state is InterviewState.QUEUED]
    calls = [(one.called_at, one.queue_number) for one in queue if one.called_at is not None]
    return StandNow(
        exhibitor_id=exhibitor.id or 0,
        name=exhibitor.name,
        tables=tuple(_table(one, own, now=now) for one in tables if one.exhibitor_id == exhibitor.id),
        held_count=sum(one.state is InterviewState.HELD for one in own),
        called=max(calls)[1] if calls else None,
        waiting_count=len(queue) - len(calls),
    )


def _table(table: InterviewTable, own: Iterable[DayMeeting], *, now: datetime) -> TableNow:
    due = [one for one in own if one.table_id == table.id and one.state is InterviewState.PLANNED and one.starts_at]
    begun = [one for one in due if one.starts_at is not None and one.starts_at <= now]
    ahead = [one for one in due if one.starts_at is not None and one.starts_at > now]
    return TableNow(
        id=table.id or 0,
        name=table.name,
        is_closed=table.closed_from is not None,
        now=begun[-1] if begun else None,
        next=ahead[0] if ahead else None,
    )


def _meetings(db: Session, event: Event) -> list[DayMeeting]:
    merged = merged_records()
    person = canonical_id(col(Registration.candidate_id), merged)
    rows = db.exec(
        select(Interview, Registration, Candidate, Exhibitor.name, InterviewTable.name, InterviewHours)  # type: ignore[call-overload]
        .join(Registration, col(Registration.id) == col(Interview.registration_id))
        .outerjoin(merged, merged.c.id == col(Registration.candidate_id))
        .join(Candidate, col(Candidate.id) == person)
        .join(Exhibitor, col(Exhibitor.id) == col(Interview.exhibitor_id))
        .outerjoin(InterviewTable, col(InterviewTable.id) == col(Interview.table_id))
        .outerjoin(InterviewHours, col(InterviewHours.registration_id) == col(Registration.id))
        .where(col(Interview.event_id) == event.id)
    )
    found = [_meeting(event, *row) for row in rows]
    shown = [one for one in found if one.state is not InterviewState.CALLED_OFF or one.queue_number is not None]
    return sorted(shown, key=lambda one: (one.starts_at or event.ends_at, one.queue_number or 0, one.id))


def _meeting(
    event: Event,
    row: Interview,
    registration: Registration,
    person: Candidate,
    exhibitor: str,
    table: str | None,
    hours: InterviewHours | None,
) -> DayMeeting:
    return DayMeeting(
        id=row.id or 0,
        registration_id=row.registration_id,
        name=f"{person.given_name} {person.family_name}".strip(),
        reference=registration.reference,
        presence=registration.presence,
        comes_at=None if hours is None or hours.comes is None else moment(event, hours.comes),
        left_at=None if hours is None else hours.left_at,
        exhibitor_id=row.exhibitor_id,
        exhibitor=exhibitor,
        table_id=row.table_id,
        table=table or "",
        state=state_of(row),
        starts_at=None if row.starts is None else moment(event, row.starts),
        ends_at=None if row.ends is None else moment(event, row.ends),
        queue_number=row.queue_number,
        called_at=row.called_at,
    )
