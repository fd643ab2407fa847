"""What the timetable of an event is asked to arrange: its tables, the people with their hours, wishes and pins, as the
planner reads them. Keys are the ids of tables, exhibitors, halls and sign-ups.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.agenda.commands import the_event
from alpes_events.agenda.models import Event
from alpes_events.attendance.models import Presence, Registration, RegistrationState
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.meetings import Interview, MeetingWish
from alpes_events.fair.models import Booth, Exhibitor
from alpes_events.interviews.booking import Slot
from alpes_events.interviews.days import day_of_event
from alpes_events.interviews.live import to_come
from alpes_events.interviews.models import InterviewDay, InterviewHours, InterviewTable
from alpes_events.interviews.times import length, minute_at
from alpes_matching.timetable import Day, Person, Pin, Span, Table, Wish, slots_between

_AWAY = frozenset({Presence.EXCUSED, Presence.NO_SHOW})


@dataclass(frozen=True)
class Asked:
    """The day as it stands, and the number of the timetable (`InterviewDay.number`) beside which it was read."""

    day: Day
    number: int


def asked(db: Session, event_id: int, *, pins: Sequence[Pin] | None = None, now: datetime | None = None) -> Asked:
    """What is to be arranged at an event, in a fixed number of questions to the database.

    People are the sign-ups that have a place and a wish, an interview to come, or a pin. Who did not say hours is there
    all the time; who is excused or absent, at none. `pins` None: the interviews to come that are pinned. `now`: what
    begins before it is past. Raises `UnknownEvent`.
    """
    event = the_event(db, event_id)
    day = day_of_event(db, event_id) or InterviewDay(event_id=event_id, changed_at=event.created_at)
    tables = _tables(db, event)
    planned = _planned(db, event_id)
    if pins is None:
        pins = [Pin(one.person, one.exhibitor, one.start, one.table) for one, pinned in planned if pinned]
    wishes = _wishes(db, event_id)
    known = {one.person for one in wishes} | {one.person for one, _ in planned} | {one.person for one in pins}
    people = tuple(one for one in _people(db, event, most=day.most_each) if one.key in known)
    return Asked(
        Day(
            tables=tables,
            people=people,
            wishes=wishes,
            pins=tuple(pins),
            walks=walks_between((table.hall for table in tables), day.walk_minutes),
            now=None if now is None or now < event.starts_at else minute_at(event, now),
        ),
        day.number,
    )


def table_slots(table: InterviewTable, *, until: int) -> tuple[Span, ...]:
    """The slots of a table within the event (`until`: its last minute), those before it was closed."""
    closes = min(table.closes, until, table.closes if table.closed_from is None else table.closed_from)
    breaks = [Span(first, last) for first, last in table.breaks]
    return slots_between(max(0, table.opens), closes, length=table.minutes, breaks=breaks)


def hours_of(hours: InterviewHours | None, presence: Presence, event: Event) -> tuple[Span, ...]:
    """When somebody is there, from what they said and what was seen."""
    if presence in _AWAY:
        return ()
    comes, leaves = 0, length(event)
    if hours is not None:
        comes, leaves = hours.comes or 0, leaves if hours.leaves is None else min(leaves, hours.leaves)
        if hours.left_at is not None:
            leaves = min(leaves, minute_at(event, hours.left_at))
    return (Span(comes, leaves),) if comes < leaves else ()


def has_room(db: Session, event: Event, slots: Collection[Slot]) -> bool:
    """Whether people who have a place are there at these times, and the tables have such slots, as things are now."""
    of_tables = col(InterviewTable.id).in_({slot.table_id for slot in slots})
    of_people = col(Registration.id).in_({slot.registration_id for slot in slots})
    opened = {(table.key, span) for table in _tables(db, event, of_tables) for span in table.slots}
    hours = {person.key: person.hours for person in _people(db, event, of_people, most=0)}
    return all(
        (str(slot.table_id), Span(slot.starts, slot.ends)) in opened
        and any(
            span.start <= slot.starts and slot.ends <= span.end for span in hours.get(str(slot.registration_id), ())
        )
        for slot in slots
    )


def walks_between(halls: Iterable[str], minutes: int) -> dict[tuple[str, str], int]:
    """The same walk between any two halls; none to or from a stand whose hall is not known."""
    return dict.fromkeys(combinations(sorted({hall for hall in halls if hall}), 2), minutes) if minutes else {}


def _tables(db: Session, event: Event, *only: ColumnElement[bool]) -> tuple[Table, ...]:
    """The tables (`only` these) of those who come, each in the hall of its exhibitor; none that is closed all day."""
    rows = db.exec(
        select(InterviewTable, col(Booth.hall_id))
        .join(Exhibitor, col(Exhibitor.id) == col(InterviewTable.exhibitor_id))
        .join(Booth, col(Booth.exhibitor_id) == col(Exhibitor.id), isouter=True)
        .where(
            col(InterviewTable.event_id) == event.id,
            col(InterviewTable.retired_at).is_(None),
            col(Exhibitor.state) == ExhibitorState.ACCEPTED,
            *only,
        )
        .order_by(col(InterviewTable.id))
    )
    return tuple(
        Table(
            str(row.id),
            str(row.exhibitor_id),
            table_slots(row, until=length(event)),
            "" if hall_id is None else str(hall_id),
        )
        for row, hall_id in rows
        if row.closed_from is None or row.closed_from > row.opens
    )


def _people(db: Session, event: Event, *only: ColumnElement[bool], most: int) -> list[Person]:
    rows = db.exec(
        select(col(Registration.id), Registration.presence, InterviewHours)
        .join(InterviewHours, col(InterviewHours.registration_id) == col(Registration.id), isouter=True)
        .where(col(Registration.event_id) == event.id, col(Registration.state) == RegistrationState.CONFIRMED, *only)
        .order_by(col(Registration.id))
    )
    return [
        Person(
            str(registration_id),
            hours_of(hours, Presence(presence), event),
            most if hours is None or hours.most is None else min(hours.most, most),
        )
        for registration_id, presence, hours in rows
    ]


def _wishes(db: Session, event_id: int) -> tuple[Wish, ...]:
    """Wishes that stand, of sign-ups that have a place, and those that ended because the exhibitor does not come: the
    planner refuses them by name.
    """
    left = and_(col(Exhibitor.state) != ExhibitorState.ACCEPTED, col(MeetingWish.ended_at) == col(Exhibitor.changed_at))
    rows = db.exec(
        select(MeetingWish)
        .join(Registration, col(Registration.id) == col(MeetingWish.registration_id))
        .join(Exhibitor, col(Exhibitor.id) == col(MeetingWish.exhibitor_id))
        .where(
            col(Registration.event_id) == event_id,
            col(Registration.state) == RegistrationState.CONFIRMED,
            or_(col(MeetingWish.ended_at).is_(None), left),
        )
        .order_by(col(MeetingWish.registration_id), col(MeetingWish.position), col(MeetingWish.id))
    )
    return tuple(
        Wish(str(row.registration_id), str(row.exhibitor_id), row.position, interest=row.interest_at is not None)
        for row in rows
    )


def _planned(db: Session, event_id: int) -> list[tuple[Pin, bool]]:
    """The interviews to come at a table, and whether each is pinned."""
    rows = db.execute(
        columns(
            col(Interview.registration_id),
            col(Interview.exhibitor_id),
            col(Interview.starts),
            col(Interview.table_id),
            col(Interview.pinned),
        )
        .where(col(Interview.event_id) == event_id, to_come(), col(Interview.starts).is_not(None))
        .order_by(col(Interview.starts), col(Interview.id))
    )
    return [
        (Pin(str(person), str(exhibitor), starts, str(table)), pinned)
        for person, exhibitor, starts, table, pinned in rows
    ]
