"""Copies of an event: one at another time, or one for each day of a repetition."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from alpes_events.agenda.pattern import make_event, pattern_of


def clone_event(db: Session, event_id: int, *, on: date, zone: ZoneInfo, now: datetime, account_id: int | None) -> int:
    """A new draft like this event, on another day at the same wall time, with its places, sessions and questions."""
    return make_event(db, pattern_of(db, event_id), on=on, zone=zone, now=now, account_id=account_id)


def repeat_event(
    db: Session,
    event_id: int,
    *,
    on_days: Iterable[date],
    zone: ZoneInfo,
    now: datetime,
    account_id: int | None,
) -> list[int]:
    """One draft for each day: each occurrence is an event with places, sign-ups and a life of its own."""
    pattern = pattern_of(db, event_id)
    return [make_event(db, pattern, on=day, zone=zone, now=now, account_id=account_id) for day in on_days]
