"""Several events (or sign-ups) changed at once: each wholly or not at all, and why not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from alpes_events.agenda.commands import the_event
from alpes_events.agenda.draft import EventDraft
from alpes_events.agenda.local_time import instant, local_day
from alpes_events.agenda.pattern import on_day
from alpes_events.attendance.schedule import reschedule_event
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_, Sentence

MOST_EVENTS = 200
MOST_WEEKS = 104

EventChange = Callable[[Session, int], object]
"""A change of the event with this id; it raises a `Refusal` when it may not be."""


@dataclass(frozen=True)
class BatchOutcome:
    """The ids of the events that were changed, and for each other the reason."""

    done: tuple[int, ...] = ()
    refused: dict[int, Sentence] = field(default_factory=dict)


def change_each(db: Session, event_ids: Iterable[int], change: EventChange) -> BatchOutcome:
    """Change each in the order given, once. What is refused for one leaves that one as it was.

    Rows are held in that order: events by their ids, sign-ups by their sessions, as everyone else does.
    """
    done: list[int] = []
    refused: dict[int, Sentence] = {}
    for event_id in dict.fromkeys(event_ids):
        try:
            with db.begin_nested():
                change(db, event_id)
        except Refusal as refusal:
            refused[event_id] = refusal.sentence
        else:
            done.append(event_id)
    return BatchOutcome(tuple(done), refused)


def check_weeks(weeks: int | None) -> int:
    """By how many weeks to move. Raises `BadInput` for none, or too many."""
    if not weeks or abs(weeks) > MOST_WEEKS:
        raise BadInput(
            N_("Indiquez un nombre de semaines, de 1 à %(most)d."),
            field="weeks",
            most=MOST_WEEKS,
        )
    return weeks


def move_by_weeks(
    db: Session, event_id: int, *, weeks: int, zone: ZoneInfo, now: datetime, account_id: int | None
) -> None:
    """The same event so many weeks later (or earlier), on the same weekday at the same wall time."""
    before = EventDraft.of(the_event(db, event_id))
    day = local_day(before.starts_at, zone)
    reschedule_event(
        db, event_id, on_day(before, day + timedelta(weeks=weeks), zone=zone), now=now, account_id=account_id
    )


class LastsAllDay(Refusal):
    """New hours for an event that has none."""

    def __init__(self) -> None:
        super().__init__(N_("Cet événement dure toute la journée : changez d’abord cela sur sa page."))


@dataclass(frozen=True)
class Alike:
    """What several events get in common, each on its own day; None leaves what each has."""

    starts: time | None = None
    ends: time | None = None
    venue_id: int | None = None
    summary: str | None = None
    description: str | None = None
    to_bring: str | None = None


def make_alike(
    db: Session, event_id: int, common: Alike, *, zone: ZoneInfo, now: datetime, account_id: int | None
) -> None:
    """Give the event what is common; it keeps its day. Raises `LastsAllDay` for hours of an event without."""
    before = EventDraft.of(the_event(db, event_id))
    if before.all_day and (common.starts or common.ends):
        raise LastsAllDay
    changed: dict[str, Any] = {
        name: value
        for name in ("venue_id", "summary", "description", "to_bring")
        if (value := getattr(common, name)) is not None
    }
    for name, at in (("starts_at", common.starts), ("ends_at", common.ends)):
        if at is not None:
            changed[name] = instant(local_day(getattr(before, name), zone), at, zone, field=name)
    reschedule_event(db, event_id, replace(before, **changed), now=now, account_id=account_id)


def put_in_series(db: Session, event_id: int, *, series_id: int | None, now: datetime, account_id: int | None) -> None:
    """Make the event one of a series, or of none."""
    draft = replace(EventDraft.of(the_event(db, event_id)), series_id=series_id)
    reschedule_event(db, event_id, draft, now=now, account_id=account_id)
