"""The day of one stand as it reads it on a telephone: its interviews by time, its queue, and who comes next."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Registration
from alpes_events.fair.meetings import Interview, MeetingOutcome, NotHeld
from alpes_events.fair.wish_queries import named_wishers
from alpes_events.interviews.live import InterviewState, state_of
from alpes_events.interviews.models import InterviewTable
from alpes_events.interviews.times import moment

_SHORT = 3
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class StandMeeting:
    """One interview as its exhibitor reads it. `name` is empty unless the person agreed; then it reads the end of
    their reference, which the person has on paper or on a telephone. `candidate_id`: whose name it is.
    """

    id: int
    state: InterviewState
    name: str
    candidate_id: int | None
    reference_end: str
    table: str
    starts_at: datetime | None
    ends_at: datetime | None
    queue_number: int | None
    queued_at: datetime | None
    called_at: datetime | None
    held_at: datetime | None
    not_held_why: NotHeld | None
    outcome: MeetingOutcome | None

    @property
    def open(self) -> bool:
        """Whether it is to come."""
        return self.state in {InterviewState.PLANNED, InterviewState.QUEUED}


@dataclass(frozen=True)
class StandDay:
    """The interviews of a stand: at its tables by time, and from its queue by number. Called off: only of the queue."""

    planned: tuple[StandMeeting, ...]
    queued: tuple[StandMeeting, ...]
    table_count: int

    @property
    def meetings(self) -> tuple[StandMeeting, ...]:
        """All of them."""
        return self.planned + self.queued

    @property
    def next(self) -> StandMeeting | None:
        """Who comes next at a table."""
        return next((one for one in self.planned if one.open), None)

    @property
    def waiting(self) -> tuple[StandMeeting, ...]:
        """Who waits in the queue and was not called."""
        return tuple(one for one in self.queued if one.open and one.called_at is None)

    @property
    def held_count(self) -> int:
        """How many interviews were held."""
        return sum(one.state is InterviewState.HELD for one in self.meetings)


def stand_day(db: Session, event: Event, exhibitor_id: int, *, with_names: bool) -> StandDay:
    """Everything of one stand, in three questions. `with_names`: names may still be read at all."""
    rows = db.exec(
        select(Interview, Registration.reference, InterviewTable.name)
        .join(Registration, col(Registration.id) == col(Interview.registration_id))
        .join(InterviewTable, col(InterviewTable.id) == col(Interview.table_id), isouter=True)
        .where(col(Interview.exhibitor_id) == exhibitor_id)
    )
    wishers = named_wishers(db, [exhibitor_id]).get(exhibitor_id, []) if with_names else []
    names = {one.registration_id: (one.name, one.candidate_id) for one in wishers}
    found = [
        _meeting(event, row, reference, table or "", names.get(row.registration_id, ("", None)))
        for row, reference, table in rows
        if is_listed(row)
    ]
    return StandDay(
        planned=_in_order(one for one in found if one.queue_number is None),
        queued=_in_order(one for one in found if one.queue_number is not None),
        table_count=_table_count(found),
    )


def is_listed(row: Interview) -> bool:
    """Whether a stand reads the interview: all but those that never had a time, and those of a table called off."""
    if row.queue_number is not None:
        return True
    return (row.starts is not None or row.held_at is not None) and state_of(row) is not InterviewState.CALLED_OFF


def _in_order(found: Iterable[StandMeeting]) -> tuple[StandMeeting, ...]:
    """By time (a meeting without one by when it was held), by number in a queue."""
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.queue_number or 0,
                (one.starts_at or one.held_at or one.queued_at or _LONG_AGO),
                one.table,
                one.id,
            ),
        )
    )


def _table_count(found: Sequence[StandMeeting]) -> int:
    return len({one.table for one in found if one.table})


def _meeting(event: Event, row: Interview, reference: str, table: str, named: tuple[str, int | None]) -> StandMeeting:
    name, candidate_id = named
    return StandMeeting(
        id=row.id or 0,
        state=state_of(row),
        name=name,
        candidate_id=candidate_id,
        reference_end=reference[-_SHORT:],
        table=table,
        starts_at=None if row.starts is None else moment(event, row.starts),
        ends_at=None if row.ends is None else moment(event, row.ends),
        queue_number=row.queue_number,
        queued_at=row.queued_at,
        called_at=row.called_at,
        held_at=row.held_at,
        not_held_why=row.not_held_why,
        outcome=row.outcome,
    )


def seal_of_stand(db: Session, exhibitor_id: int) -> str:
    """The same as long as nothing of the stand's interviews changes, in one question: a page asks for its list again
    only when this is another.
    """
    rows = db.execute(
        columns(
            col(Interview.id),
            col(Interview.table_id),
            col(Interview.starts),
            col(Interview.called_at),
            col(Interview.held_at),
            col(Interview.not_held_at),
            col(Interview.called_off_at),
            col(Interview.outcome),
        )
        .where(col(Interview.exhibitor_id) == exhibitor_id)
        .order_by(col(Interview.id))
    )
    return hashlib.sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()[:16]
