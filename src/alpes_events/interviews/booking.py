"""How interviews get, change and lose their times: one way for the published timetable, moves and the day itself.

Every time that an interview to come takes of its table and of its person is a row of `InterviewHold`: two interviews
that overlap cannot be written, by whomever, on both databases.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from alpes_events.database.parts import parts
from alpes_events.fair.meetings import Interview
from alpes_events.interviews.live import to_come
from alpes_events.interviews.models import GRAIN, Held, InterviewHold
from alpes_events.interviews.refusals import DoubleBooked


@dataclass(frozen=True)
class Slot:
    """One interview of a timetable: whose, with whom, at which table, in [`starts`, `ends`) minutes of the event."""

    registration_id: int
    exhibitor_id: int
    table_id: int
    starts: int
    ends: int
    pinned: bool = False

    @property
    def pair(self) -> tuple[int, int]:
        """Who meets whom: a timetable holds each pair once."""
        return self.registration_id, self.exhibitor_id


@dataclass(frozen=True)
class Booked:
    """What a change was to each sign-up: its interviews that are new, elsewhere or gone."""

    given: dict[int, int] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)
    called_off: dict[int, int] = field(default_factory=dict)

    @property
    def people(self) -> list[int]:
        """Each sign-up whose times changed, once."""
        return sorted({*self.given, *self.moved, *self.called_off})


def book(
    db: Session, event_id: int, wanted: Sequence[Slot], *, now: datetime, people: Collection[int] | None = None
) -> Booked:
    """Make these the interviews to come of the event (of these `people` only), and call off those that are not among
    them.

    An interview that stays keeps its row, also when its time changes or when it waited in a queue; queues are left
    alone otherwise. The caller holds the day (`days.hold_day`). Raises `DoubleBooked` when two overlap.
    """
    try:
        with db.begin_nested():
            return _book(db, event_id, wanted, people, now=now)
    except IntegrityError as clash:
        raise DoubleBooked from clash


def call_off(db: Session, interviews: Collection[Interview], *, now: datetime) -> Booked:
    """These interviews do not take place: their times are free again. Those that are over already stay as they are."""
    open_ones = [row for row in interviews if not (row.held_at or row.not_held_at or row.called_off_at)]
    booked = Booked()
    _free(db, [row.id or 0 for row in open_ones])
    for row in open_ones:
        _end(row, now=now)
        if row.starts is not None:
            _count(booked.called_off, row.registration_id)
    db.add_all(open_ones)
    db.flush()
    return booked


def free_times(db: Session, interview: Interview) -> None:
    """The interview is over, or did not take place: it holds no time any more."""
    _free(db, [interview.id or 0])


def hold_times(db: Session, interview: Interview) -> None:
    """The interview is to come again (a mark was taken back). Raises `DoubleBooked` when its time went meanwhile."""
    try:
        with db.begin_nested():
            _write(db, [interview])
    except IntegrityError as clash:
        raise DoubleBooked from clash


def _book(
    db: Session, event_id: int, wanted: Sequence[Slot], people: Collection[int] | None, *, now: datetime
) -> Booked:
    of_them = [] if people is None else [col(Interview.registration_id).in_(people)]
    coming = db.exec(select(Interview).where(col(Interview.event_id) == event_id, to_come(), *of_them))
    rows = {(row.registration_id, row.exhibitor_id): row for row in coming}
    pairs = {slot.pair for slot in wanted}
    booked = Booked()
    gone = [row for pair, row in rows.items() if pair not in pairs and row.starts is not None]
    changed = [(rows[slot.pair], slot) for slot in wanted if slot.pair in rows and _differs(rows[slot.pair], slot)]
    _free(db, [row.id or 0 for row in [*gone, *(row for row, _slot in changed)]])
    for row in gone:
        _end(row, now=now)
        _count(booked.called_off, row.registration_id)
    for row, slot in changed:
        was = (row.table_id, row.starts, row.ends)
        if was != (slot.table_id, slot.starts, slot.ends):
            _count(booked.moved if row.starts is not None else booked.given, row.registration_id)
            _note_change(row, now=now)
        _sit(row, slot)
    added = [_new(event_id, slot, now=now) for slot in wanted if slot.pair not in rows]
    for row in added:
        _count(booked.given, row.registration_id)
    db.add_all([*gone, *(row for row, _slot in changed), *added])
    _write(db, [*(row for row, _slot in changed), *added])
    return booked


def _differs(row: Interview, slot: Slot) -> bool:
    there = (row.table_id, row.starts, row.ends, row.pinned)
    return there != (slot.table_id, slot.starts, slot.ends, slot.pinned)


def _sit(row: Interview, slot: Slot) -> None:
    row.table_id, row.starts, row.ends, row.pinned = slot.table_id, slot.starts, slot.ends, slot.pinned
    row.queued_at = row.queue_number = row.called_at = None


def _end(row: Interview, *, now: datetime) -> None:
    row.called_off_at = now
    if row.booked_at is not None:
        row.changed_at, row.change_count = now, row.change_count + 1


def _note_change(row: Interview, *, now: datetime) -> None:
    if row.booked_at is None:
        row.booked_at = now
    else:
        row.changed_at, row.change_count = now, row.change_count + 1


def _new(event_id: int, slot: Slot, *, now: datetime) -> Interview:
    row = Interview(event_id=event_id, registration_id=slot.registration_id, exhibitor_id=slot.exhibitor_id)
    row.booked_at = now
    _sit(row, slot)
    return row


def _free(db: Session, interview_ids: Sequence[int]) -> None:
    for part in parts(interview_ids):
        gone = delete(InterviewHold).where(col(InterviewHold.interview_id).in_(part))
        db.execute(gone.execution_options(synchronize_session=False))


def _write(db: Session, rows: Iterable[Interview]) -> None:
    db.flush()
    holds = [hold for row in rows for hold in _holds(row)]
    if holds:
        db.execute(insert(InterviewHold), holds)


def _holds(row: Interview) -> Iterable[dict[str, Any]]:
    if row.starts is None or row.ends is None:
        return
    for minute in range(row.starts - row.starts % GRAIN, row.ends, GRAIN):
        for kind, who in ((Held.TABLE, row.table_id), (Held.PERSON, row.registration_id)):
            yield {"kind": kind, "who": who, "minute": minute, "interview_id": row.id}


def _count(counts: dict[int, int], registration_id: int) -> None:
    counts[registration_id] = counts.get(registration_id, 0) + 1
