"""Changing an event or session that people are signed up for: places that may move by themselves again do so at once.

When the start moves to later, or the cut-off is shortened, a place that waited for staff to decide goes to the next
person like any other. These commands stand above those of the agenda, which know nobody.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.agenda import sessions
from alpes_events.agenda.draft import EventDraft, SessionDraft
from alpes_events.agenda.models import EventSession
from alpes_events.agenda.revision import Revision, revise_event
from alpes_events.attendance.places import fill_free_places, hold_place


def reschedule_event(
    db: Session, event_id: int, draft: EventDraft, *, now: datetime, account_id: int | None
) -> Revision:
    """`agenda.revision.revise_event`, and every free place that someone waits for is offered if it may be now."""
    revision = revise_event(db, event_id, draft, now=now, account_id=account_id)
    if revision.changed:
        parts = select(EventSession.id).where(EventSession.event_id == event_id).order_by(col(EventSession.pool_id))
        for session_id in [None, *db.exec(parts).all()]:
            _fill(db, event_id, session_id, now=now)
    return revision


def reschedule_session(
    db: Session, session_id: int, draft: SessionDraft, *, now: datetime, account_id: int | None
) -> bool:
    """`agenda.sessions.revise_session`, and its free places are offered if they may be now. True when it moved."""
    moved = sessions.revise_session(db, session_id, draft, now=now, account_id=account_id)
    if moved:
        _fill(db, sessions.the_session(db, session_id).event_id, session_id, now=now)
    return moved


def _fill(db: Session, event_id: int, session_id: int | None, *, now: datetime) -> None:
    fill_free_places(db, hold_place(db, event_id, session_id), now=now)
