"""What an event is apart from its day: words, hours, venue, places, sessions and questions; and an event made of it.

Stands are no part of it: who comes with a stand is agreed anew for each edition.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from alpes_events.agenda.commands import create_event, the_event
from alpes_events.agenda.draft import EventDraft, SessionDraft
from alpes_events.agenda.local_time import local_day
from alpes_events.agenda.models import EventSession, Series, Venue
from alpes_events.agenda.questions import QuestionDraft, questions_of, set_questions
from alpes_events.agenda.repetition import same_wall_time
from alpes_events.agenda.sessions import add_session
from alpes_events.pictures.models import Upload
from alpes_events.seats.pool import pool_state

_INSTANTS = ("starts_at", "ends_at", "opens_at", "closes_at")


@dataclass(frozen=True)
class Pattern:
    """An event's draft with what stands beside it, on the day that its draft says."""

    draft: EventDraft
    capacity: int | None = None
    sessions: tuple[SessionDraft, ...] = ()
    questions: tuple[QuestionDraft, ...] = ()

    def on(self, day: date, *, zone: ZoneInfo) -> "Pattern":
        """The same on another day, at the same wall time whatever the season."""
        from_on = local_day(self.draft.starts_at, zone)

        def moved(moment: datetime) -> datetime:
            return same_wall_time(moment, from_on=from_on, to_on=day, zone=zone)

        return replace(
            self,
            draft=on_day(self.draft, day, zone=zone),
            sessions=tuple(
                replace(part, starts_at=moved(part.starts_at), ends_at=moved(part.ends_at)) for part in self.sessions
            ),
        )


def on_day(draft: EventDraft, day: date, *, zone: ZoneInfo) -> EventDraft:
    """The draft on another day: its hours and its window of sign-up at the same wall time."""
    from_on = local_day(draft.starts_at, zone)
    moved: dict[str, Any] = {
        name: same_wall_time(moment, from_on=from_on, to_on=day, zone=zone)
        for name in _INSTANTS
        if (moment := getattr(draft, name)) is not None
    }
    return replace(draft, **moved)


def pattern_of(db: Session, event_id: int) -> Pattern:
    """What the event is; sessions that were cancelled and questions no longer asked are left out."""
    event = the_event(db, event_id)
    parts = db.exec(
        select(EventSession)
        .where(EventSession.event_id == event_id, col(EventSession.cancelled_at).is_(None))
        .order_by(col(EventSession.starts_at), col(EventSession.id))
    ).all()
    return Pattern(
        draft=EventDraft.of(event),
        capacity=pool_state(db, event.pool_id).capacity,
        sessions=tuple(
            SessionDraft(part.title, part.starts_at, part.ends_at, part.room, pool_state(db, part.pool_id).capacity)
            for part in parts
        ),
        questions=tuple(
            QuestionDraft(one.kind, one.label, one.hint, tuple(one.choices), one.required)
            for one in questions_of(db, event_id)
        ),
    )


def make_event(
    db: Session, pattern: Pattern, *, on: date, zone: ZoneInfo, now: datetime, account_id: int | None
) -> int:
    """A new draft of the pattern on a day. A venue, series or picture that is no longer there is left out."""
    made = pattern.on(on, zone=zone)
    draft = _still_there(db, made.draft)
    event_id = create_event(db, draft, capacity=made.capacity, now=now, account_id=account_id)
    if made.questions:
        set_questions(db, event_id, made.questions, now=now)
    for part in made.sessions:
        add_session(db, event_id, part, now=now, account_id=account_id)
    return event_id


def as_document(pattern: Pattern) -> dict[str, Any]:
    """The pattern as JSON holds it."""
    document: dict[str, Any] = _PATTERNS.dump_python(pattern, mode="json")
    return document


def from_document(document: Mapping[str, Any]) -> Pattern:
    """The pattern that was kept. What a later version added has its default, what one dropped is left out."""
    return _PATTERNS.validate_python(document)


def _still_there(db: Session, draft: EventDraft) -> EventDraft:
    rows: tuple[tuple[str, type], ...] = (("venue_id", Venue), ("series_id", Series), ("picture_id", Upload))
    gone: dict[str, Any] = {
        name: None for name, row in rows if (row_id := getattr(draft, name)) is not None and db.get(row, row_id) is None
    }
    return replace(draft, **gone)


_PATTERNS = TypeAdapter(Pattern)
