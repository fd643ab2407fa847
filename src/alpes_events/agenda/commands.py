"""Changes to events: written, published, revised, withdrawn, cancelled, closed, copied."""

import secrets
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select

from alpes_events.agenda.draft import EventDraft, check_draft, clean_reason
from alpes_events.agenda.lifecycle import check_step
from alpes_events.agenda.models import UNSEEN, Event, EventState
from alpes_events.agenda.slug import slug_of
from alpes_events.database.outcome import row_count
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_
from alpes_events.seats.pool import lock_pool, open_pool


class UnknownEvent(NotFound):
    """No such event."""

    def __init__(self) -> None:
        super().__init__(N_("Cet événement n’existe pas, ou n’est plus proposé. L’agenda montre les prochains."))


class NotOver(Refusal):
    """An event is closed before its end."""

    def __init__(self) -> None:
        super().__init__(N_("Cet événement n’est pas encore terminé : il sera clos après sa fin."))


def create_event(
    db: Session,
    draft: EventDraft,
    *,
    capacity: int | None,
    now: datetime,
    account_id: int | None,
    import_key: str | None = None,
) -> int:
    """Store a draft with its pool of `capacity` places (None: without limit). Gives its id."""
    draft = draft.written()
    check_draft(draft)
    event = Event(
        uid=secrets.token_hex(16),
        slug=_free_slug(db, draft),
        pool_id=open_pool(db, capacity=capacity),
        created_at=now,
        revised_at=now,
        import_key=import_key,
        **columns_of(draft),
    )
    db.add(event)
    db.flush()
    assert event.id is not None
    _record(db, EntryKind.EVENT_CREATED, event.id, now=now, account_id=account_id)
    return event.id


def publish_event(db: Session, event_id: int, *, now: datetime, account_id: int | None) -> None:
    """Put a draft (or a withdrawn event) in the agenda and the feeds."""
    event = hold_event(db, event_id)
    check_step(event.state, EventState.PUBLISHED)
    if event.state is EventState.WITHDRAWN:
        event.sequence += 1
    event.state = EventState.PUBLISHED
    event.published_at = event.published_at or now
    event.revised_at = now
    event.ended_at = None
    db.add(event)
    _record(db, EntryKind.EVENT_PUBLISHED, event_id, now=now, account_id=account_id)


def mark_ended(db: Session, event_id: int, *, state: EventState, reason: str = "", now: datetime) -> Event:
    """Set `cancelled`, `withdrawn` or `done`; calendars see the first two as cancelled. Who was signed up is told by
    `attendance.release.call_off_event`, the only caller for those two.
    """
    event = hold_event(db, event_id)
    check_step(event.state, state)
    event.state = state
    event.cancellation_reason = clean_reason(reason)
    event.ended_at = now
    if state is not EventState.DONE:
        event.sequence += 1
        event.revised_at = now
    db.add(event)
    return event


def close_event(db: Session, event_id: int, *, now: datetime, account_id: int | None) -> None:
    """An event that is over becomes done. It turns nobody into a no-show. Raises `NotOver` before its end."""
    if now < hold_event(db, event_id).ends_at:
        raise NotOver
    mark_ended(db, event_id, state=EventState.DONE, now=now)
    _record(db, EntryKind.EVENT_CLOSED, event_id, now=now, account_id=account_id)


def mark_revised(
    db: Session, whose: ColumnElement[bool], *, moved: bool, changed: str, now: datetime, account_id: int | None
) -> None:
    """Something that several events show was changed (their venue, their series): calendars see a new revision of each
    that was published, and a new sequence when it `moved`; those to come say so in the journal.
    """
    known = (whose, col(Event.state).not_in(UNSEEN))
    values = {"revised_at": now, "sequence": col(Event.sequence) + int(moved)}
    row_count(db, update(Event).where(*known).values(values).execution_options(synchronize_session="fetch"))
    to_come = select(Event.id).where(*known, col(Event.state) == EventState.PUBLISHED, col(Event.ends_at) > now)
    facts: dict[str, Fact] = {"moved": moved, "changed": [changed]}
    for event_id in db.exec(to_come.order_by(col(Event.id))).all():
        assert event_id is not None
        _record(db, EntryKind.EVENT_REVISED, event_id, now=now, account_id=account_id, facts=facts)


def hold_event(db: Session, event_id: int) -> Event:
    """The event, held until the transaction ends: no other change to it and no sign-up for it comes in between."""
    lock_pool(db, select(col(Event.pool_id)).where(col(Event.id) == event_id).scalar_subquery())
    return the_event(db, event_id)


def the_event(db: Session, event_id: int) -> Event:
    """The event, or `UnknownEvent`."""
    event = db.get(Event, event_id, populate_existing=True)
    if event is None:
        raise UnknownEvent
    return event


def columns_of(draft: EventDraft) -> dict[str, Any]:
    """The draft as columns: tuples as lists."""
    columns = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(draft).items()}
    return columns | {name: getattr(draft, name) for name in ("kind", "organiser_role", "entry")}


def _free_slug(db: Session, draft: EventDraft) -> str:
    """An address made of the title and the day, with a number when it is taken."""
    wanted = slug_of(draft.title, draft.starts_at.date())
    taken = set(db.exec(select(Event.slug).where(col(Event.slug).startswith(wanted, autoescape=True))))
    number = 2
    slug = wanted
    while slug in taken:
        slug = f"{wanted}-{number}"
        number += 1
    return slug


def _record(
    db: Session,
    kind: EntryKind,
    event_id: int,
    *,
    now: datetime,
    account_id: int | None,
    facts: dict[str, Fact] | None = None,
) -> None:
    record(db, kind, subject=("event", event_id), now=now, account_id=account_id, facts=facts)
