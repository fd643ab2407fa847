"""The timetable arranged again while the day runs: what would move, be lost and be new, and accepting just that."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import the_event
from alpes_events.attendance.models import Presence, Registration
from alpes_events.fair.meetings import Interview, NotHeld
from alpes_events.interviews.asked import asked, has_room
from alpes_events.interviews.booking import Booked, Slot, book
from alpes_events.interviews.days import hold_day
from alpes_events.interviews.ending import tell_times
from alpes_events.interviews.live import InterviewState, state_of, to_come
from alpes_events.interviews.refusals import DoubleBooked, PlanChanged
from alpes_events.interviews.times import minute_at, moment
from alpes_matching.timetable import Day, Wish, resolve
from alpes_matching.timetable import Interview as Meeting

LEAD_MINUTES = 10
"""Nobody is given a new time that begins sooner: they must hear of it, and walk there."""
_STANDS_FOR = timedelta(minutes=15)
_FIRST = 1
_Pair = tuple[int, int]
_DONE = (InterviewState.HELD, InterviewState.QUEUED)


@dataclass(frozen=True)
class Proposal:
    """What arranging the rest of the day again would change, from the minute `at` on, beside the timetable `number`.

    `moved` pairs what was with what would be.
    """

    number: int
    at: int
    moved: tuple[tuple[Slot, Slot], ...]
    lost: tuple[Slot, ...]
    added: tuple[Slot, ...]

    @property
    def is_empty(self) -> bool:
        """Whether everything can stay as it is."""
        return not (self.moved or self.lost or self.added)

    @property
    def people(self) -> set[int]:
        """The sign-ups that it changes something for."""
        slots = (*(slot for _was, slot in self.moved), *self.lost, *self.added)
        return {slot.registration_id for slot in slots}

    @property
    def new(self) -> tuple[Slot, ...]:
        """The times that it gives."""
        return (*(one for _was, one in self.moved), *self.added)


def propose(db: Session, event_id: int, *, now: datetime, at: int | None = None) -> Proposal:
    """How the rest of the day could go on, as few interviews as possible moved. Writes nothing.

    What begins before `at` (None: what has begun `now`) stands. A meeting that the exhibitor missed is looked for
    again; one that the person missed, once, and only when they have been seen to come.
    """
    event = the_event(db, event_id)
    if at is None:
        at = minute_at(event, now) + 1
    found = asked(db, event_id, pins=())
    rows = db.exec(select(Interview).where(Interview.event_id == event_id, col(Interview.called_off_at).is_(None)))
    meetings = sorted(rows, key=lambda one: (one.starts or 0, one.id or 0))
    planned = [one for one in meetings if state_of(one) is InterviewState.PLANNED]
    day = _as_it_stands(found.day, meetings, _closed_pairs(db, meetings), planned, at=at)
    before = [_meeting(one) for one in meetings if one.starts is not None and _counts(one, at)]
    missed = {_pair(one) for one in meetings if state_of(one) is InterviewState.NOT_HELD}
    changed = resolve(day, before, now=at, missed=missed)
    return Proposal(
        number=found.number,
        at=at,
        moved=tuple((_slot(was), _slot(one)) for was, one in changed.moved),
        lost=tuple(_slot(one) for one in changed.lost),
        added=tuple(_slot(one) for one in changed.added),
    )


def accept(db: Session, event_id: int, proposal: Proposal, *, now: datetime, account_id: int | None) -> Booked:
    """Make the proposal that was read the timetable, as far as the day has not overtaken it, and tell those whose times
    it changes. What was marked or noted meanwhile of others does not matter.

    Raises `PlanChanged` when another timetable was published or accepted since, when an interview that it changes is
    not what it was, or when a time that it gives is not to be had any more; then nothing changes.
    """
    event = the_event(db, event_id)
    day = hold_day(db, event_id, now=now)
    read_at = moment(event, proposal.at)
    if day.number != proposal.number or not read_at - _STANDS_FOR <= now < read_at + _STANDS_FOR:
        raise PlanChanged
    people = proposal.people
    of_them = (Interview.event_id == event_id, to_come(), col(Interview.registration_id).in_(people))
    rows = db.exec(select(Interview).where(*of_them)).all()
    planned = {slot.pair: slot for slot in map(_slot_of, rows) if slot is not None}
    coming = {(row.registration_id, row.exhibitor_id) for row in rows}
    if not _stands(proposal, planned, coming) or not has_room(db, event, proposal.new):
        raise PlanChanged
    try:
        booked = book(db, event_id, _wanted(planned, proposal), now=now, people=people)
    except DoubleBooked as clash:
        raise PlanChanged from clash
    day.number += 1
    day.changed_at = now
    db.add(day)
    db.flush()
    tell_times(db, event_id, booked, now=now, account_id=account_id)
    return booked


def _stands(proposal: Proposal, planned: Mapping[_Pair, Slot], coming: Collection[_Pair]) -> bool:
    """Whether each interview that the proposal changes is what it was, and none that it adds is there."""
    before = [*(was for was, _one in proposal.moved), *proposal.lost]
    return all(planned.get(was.pair) == was for was in before) and not any(one.pair in coming for one in proposal.added)


def _wanted(planned: Mapping[_Pair, Slot], proposal: Proposal) -> list[Slot]:
    """What is to come of the people concerned: as it is, but for what the proposal changes."""
    gone = {slot.pair for slot in proposal.lost}
    stays = {pair: slot for pair, slot in planned.items() if pair not in gone}
    return list((stays | {slot.pair: slot for slot in proposal.new}).values())


def _slot_of(row: Interview) -> Slot | None:
    if state_of(row) is not InterviewState.PLANNED:
        return None
    return Slot(row.registration_id, row.exhibitor_id, row.table_id or 0, row.starts or 0, row.ends or 0, row.pinned)


def _counts(row: Interview, at: int) -> bool:
    """Whether an interview takes part: one to come, or one of the past that was not missed."""
    return state_of(row) is InterviewState.PLANNED or (
        row.held_at is not None and row.starts is not None and row.starts < at
    )


def _closed_pairs(db: Session, meetings: Iterable[Interview]) -> set[tuple[str, str]]:
    """The pairs that are not looked for again: they met, wait in a queue, or the person is not there, or not again."""
    missed = [one for one in meetings if one.not_held_why is NotHeld.PERSON_ABSENT]
    there = set(
        db.exec(
            select(Registration.id).where(
                col(Registration.id).in_({one.registration_id for one in missed}),
                Registration.presence == Presence.ATTENDED,
            )
        )
    )
    times = Counter(_pair(one) for one in missed)
    return {_pair(one) for one in meetings if state_of(one) in _DONE} | {
        _pair(one) for one in missed if one.registration_id not in there or times[_pair(one)] > 1
    }


def _as_it_stands(
    day: Day,
    meetings: Sequence[Interview],
    closed: set[tuple[str, str]],
    planned: Sequence[Interview],
    *,
    at: int,
) -> Day:
    """The day with what is left to arrange: wishes that are open, tables' slots that people can still hear of."""
    to_come = {_pair(one) for one in planned}
    wishes = [one for one in day.wishes if (one.person, one.exhibitor) not in closed - to_come]
    known = {(one.person, one.exhibitor) for one in wishes}
    wishes += [Wish(*pair, rank=_FIRST) for pair in sorted(to_come - known)]
    taken = {(str(one.table_id), one.starts) for one in planned}
    tables = tuple(
        replace(
            table,
            slots=tuple(
                slot
                for slot in table.slots
                if slot.start < at or slot.start >= at + LEAD_MINUTES or (table.key, slot.start) in taken
            ),
        )
        for table in day.tables
    )
    ahead = Counter(
        str(one.registration_id) for one in meetings if one.held_at is not None and not _counts(one, at)
    )  # held sooner than planned, or from a queue: no time of the past speaks for them
    people = tuple(replace(one, most=max(0, one.most - ahead[one.key])) for one in day.people)
    return replace(day, tables=tables, wishes=tuple(wishes), people=people)


def _pair(row: Interview) -> tuple[str, str]:
    return str(row.registration_id), str(row.exhibitor_id)


def _meeting(row: Interview) -> Meeting:
    person, exhibitor = _pair(row)
    return Meeting(
        start=row.starts or 0,
        exhibitor=exhibitor,
        table=str(row.table_id),
        person=person,
        end=row.ends or 0,
        pinned=row.pinned,
    )


def _slot(one: Meeting) -> Slot:
    return Slot(int(one.person), int(one.exhibitor), int(one.table), one.start, one.end, one.pinned)
