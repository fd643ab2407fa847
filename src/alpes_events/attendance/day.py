"""The day of an event as the door reads it: who is expected, who is there, how many passed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, case
from sqlmodel import Session, col, func, select

from alpes_events.attendance.door_count import HALF_HOUR, half_hour_of
from alpes_events.attendance.listing import SignUpLine, in_order_of_name, lines_of, people_joined, spoken_of
from alpes_events.attendance.models import DoorCount, Presence, Registration, RegistrationState, SignUpReceipt
from alpes_events.attendance.reference import read as read_reference
from alpes_events.database.page import Page, Part

_EXPECTED = (RegistrationState.CONFIRMED, RegistrationState.OFFERED)
_LONGEST_DAY = 48


class Seen(StrEnum):
    """Whom the door looks at."""

    EVERYONE = "everyone"
    UNKNOWN = "unknown"
    ATTENDED = "attended"
    EXCUSED = "excused"
    NO_SHOW = "no_show"


@dataclass(frozen=True)
class HalfHour:
    """Visitors counted in the half-hour that begins at `starts_at`; of the territory, where that was asked."""

    starts_at: datetime
    visitor_count: int
    territory_count: int | None


def expected_people(
    db: Session, event_id: int, *, seen: Seen, text: str, part: Part, session_id: int | None = None
) -> Page[SignUpLine]:
    """One page of those who have a place (or are offered one), by name."""
    conditions = [*_expected(event_id, session_id), *_seen(seen)]
    if text.strip():
        conditions.append(spoken_of(text))
    count = db.exec(people_joined(select(func.count()).select_from(Registration)).where(*conditions)).one()
    ids = db.exec(
        people_joined(select(col(Registration.id)).select_from(Registration))
        .where(*conditions)
        .order_by(*in_order_of_name())
        .offset(part.offset)
        .limit(part.size)
    ).all()
    return Page(tuple(lines_of(db, [found for found in ids if found is not None])), count, part)


def seen_counts(db: Session, event_id: int, *, session_id: int | None = None) -> dict[Seen, int]:
    """How many of those with a place were seen, said absent, or neither."""
    sums = [
        func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
        for condition in (col(Registration.presence) == seen.value for seen in list(Seen)[1:])
    ]
    row = db.execute(select(func.count(), *sums).where(*_expected(event_id, session_id))).one()
    return {seen: int(count) for seen, count in zip(Seen, row, strict=True)}


def everyone_expected(db: Session, event_id: int) -> list[SignUpLine]:
    """All who have a place, by name: what a sheet to sign lists."""
    ids = db.exec(
        people_joined(select(col(Registration.id)).select_from(Registration))
        .where(*_expected(event_id, None))
        .order_by(*in_order_of_name())
    ).all()
    return lines_of(db, [found for found in ids if found is not None])


def by_reference(db: Session, event_id: int, typed: str) -> int | None:
    """The sign-up of this event with this reference, as typed or scanned; None when there is none."""
    reference = read_reference(typed)
    here = select(Registration.id).where(col(Registration.event_id) == event_id)
    own = here.where(col(Registration.reference) == reference)
    repeated = here.join(SignUpReceipt, col(SignUpReceipt.registration_id) == col(Registration.id)).where(
        col(SignUpReceipt.reference) == reference
    )
    return db.exec(own).first() or db.exec(repeated).first()


def half_hours(db: Session, event_id: int, *, starts_at: datetime, ends_at: datetime) -> list[HalfHour]:
    """The door's half-hours of the event, counted or not, and any counted outside them."""
    rows = db.exec(
        select(DoorCount.half_hour_at, func.sum(DoorCount.visitor_count), func.sum(DoorCount.territory_count))
        .where(col(DoorCount.event_id) == event_id)
        .group_by(col(DoorCount.half_hour_at))
    )
    counted = {at: HalfHour(at, int(visitors or 0), None if own is None else int(own)) for at, visitors, own in rows}
    first = half_hour_of(starts_at)
    usual = [first + HALF_HOUR * step for step in range(_LONGEST_DAY) if first + HALF_HOUR * step < ends_at]
    return [counted.get(at, HalfHour(at, 0, None)) for at in sorted({*usual, *counted})]


def _expected(event_id: int, session_id: int | None) -> Sequence[ColumnElement[bool]]:
    conditions = [col(Registration.event_id) == event_id, col(Registration.state).in_(_EXPECTED)]
    return conditions if session_id is None else [*conditions, col(Registration.session_id) == session_id]


def _seen(seen: Seen) -> Sequence[ColumnElement[bool]]:
    return () if seen is Seen.EVERYONE else (col(Registration.presence) == Presence(seen.value),)
