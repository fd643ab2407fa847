"""Copies of an event: one at another time, or one for each day of a repetition."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import create_event, the_event
from alpes_events.agenda.draft import EventDraft, SessionDraft
from alpes_events.agenda.models import EventSession, Question
from alpes_events.agenda.repetition import same_wall_time
from alpes_events.agenda.sessions import add_session
from alpes_events.seats.pool import pool_state


def clone_event(db: Session, event_id: int, *, on: date, zone: ZoneInfo, now: datetime, account_id: int | None) -> int:
    """A new draft like this event, on another day at the same wall time, with its places, sessions and questions."""
    event = the_event(db, event_id)
    before = EventDraft.of(event)
    from_on = before.starts_at.astimezone(zone).date()

    def moved(moment: datetime) -> datetime:
        return same_wall_time(moment, from_on=from_on, to_on=on, zone=zone)

    draft = replace(
        before,
        starts_at=moved(before.starts_at),
        ends_at=moved(before.ends_at),
        opens_at=before.opens_at and moved(before.opens_at),
        closes_at=before.closes_at and moved(before.closes_at),
    )
    capacity = pool_state(db, event.pool_id).capacity
    copy_id = create_event(db, draft, capacity=capacity, now=now, account_id=account_id)
    _copy_questions(db, event_id, copy_id)
    for part in db.exec(
        select(EventSession).where(EventSession.event_id == event_id, col(EventSession.cancelled_at).is_(None))
    ).all():
        session = SessionDraft(
            title=part.title,
            room=part.room,
            starts_at=moved(part.starts_at),
            ends_at=moved(part.ends_at),
            capacity=pool_state(db, part.pool_id).capacity,
        )
        add_session(db, copy_id, session, now=now, account_id=account_id)
    return copy_id


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
    return [clone_event(db, event_id, on=day, zone=zone, now=now, account_id=account_id) for day in on_days]


def _copy_questions(db: Session, source_id: int, target_id: int) -> None:
    questions = db.exec(
        select(Question)
        .where(Question.event_id == source_id, col(Question.retired_at).is_(None))
        .order_by(col(Question.position))
    )
    db.add_all(
        Question(event_id=target_id, **question.model_dump(exclude={"id", "event_id"})) for question in questions.all()
    )
