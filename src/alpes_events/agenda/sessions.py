"""The parts of an event that have their own hours and places."""

import secrets
from datetime import datetime

from sqlmodel import Session

from alpes_events.agenda.commands import hold_event
from alpes_events.agenda.draft import EventDraft, SessionDraft, check_session
from alpes_events.agenda.models import EventSession, EventState
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import NotFound
from alpes_events.language.sentence import N_
from alpes_events.seats.pool import open_pool, pool_state

_FIELDS = ("title", "room", "starts_at", "ends_at")


class UnknownSession(NotFound):
    """No such session at this event."""

    def __init__(self) -> None:
        super().__init__(N_("Cette séance n’existe pas, ou n’est plus proposée. Choisissez-en une autre."))


def add_session(db: Session, event_id: int, draft: SessionDraft, *, now: datetime, account_id: int | None) -> int:
    """Add a session with its own pool to an event. Gives its id."""
    draft = draft.written()
    event = hold_event(db, event_id)
    check_session(draft, event=EventDraft.of(event))
    session = EventSession(
        event_id=event_id,
        uid=secrets.token_hex(16),
        title=draft.title,
        room=draft.room,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        pool_id=open_pool(db, capacity=draft.capacity),
        created_at=now,
        revised_at=now,
    )
    db.add(session)
    db.flush()
    assert session.id is not None
    record(
        db,
        EntryKind.SESSION_REVISED,
        subject=("event", event_id),
        now=now,
        account_id=account_id,
        facts={"session_id": session.id, "moved": False},
    )
    return session.id


def revise_session(db: Session, session_id: int, draft: SessionDraft, *, now: datetime, account_id: int | None) -> bool:
    """Change title, room or hours (capacity: `attendance.places`). True when its time or room moved."""
    draft = draft.written()
    event = hold_event(db, the_session(db, session_id).event_id)
    session = the_session(db, session_id)
    if session.cancelled_at is not None:
        raise UnknownSession
    check_session(draft, event=EventDraft.of(event))
    changed = [name for name in _FIELDS if getattr(session, name) != getattr(draft, name)]
    if not changed:
        return False
    moved = changed != ["title"]
    published = event.state is EventState.PUBLISHED
    session.sqlmodel_update({name: getattr(draft, name) for name in changed})
    session.sequence += int(moved and published)
    session.revised_at = now
    db.add(session)
    facts: dict[str, Fact] = {"session_id": session_id, "moved": moved and published, "changed": changed}
    subject = ("event", session.event_id)
    record(db, EntryKind.SESSION_REVISED, subject=subject, now=now, account_id=account_id, facts=facts)
    return moved


def draft_of(db: Session, session_id: int) -> SessionDraft:
    """The draft that a stored session would come from."""
    session = the_session(db, session_id)
    capacity = pool_state(db, session.pool_id).capacity
    return SessionDraft(session.title, session.starts_at, session.ends_at, session.room, capacity)


def the_session(db: Session, session_id: int) -> EventSession:
    """The session, or `UnknownSession`."""
    session = db.get(EventSession, session_id, populate_existing=True)
    if session is None:
        raise UnknownSession
    return session
