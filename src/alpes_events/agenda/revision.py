"""Revising an event: what changed, whether calendars must follow, and the sessions that move with it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from alpes_events.agenda.commands import columns_of, hold_event
from alpes_events.agenda.draft import BadDraft, EventDraft, check_draft
from alpes_events.agenda.lifecycle import changed_fields, moves
from alpes_events.agenda.models import UNSEEN, Event, EventSession, EventState
from alpes_events.agenda.sessions import draft_of, revise_session
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import N_, say


@dataclass(frozen=True)
class Revision:
    """What a revision did: the fields that changed, and whether time or place moved."""

    changed: tuple[str, ...]
    moved: bool


def revise_event(db: Session, event_id: int, draft: EventDraft, *, now: datetime, account_id: int | None) -> Revision:
    """Change an event as the draft says. A published event that moves is announced to the people signed up.

    Sessions that would no longer lie within the event all move by as much as its start does. Raises `BadDraft` when
    one of them does not fit even so.
    """
    draft = draft.written()
    check_draft(draft)
    event = hold_event(db, event_id)
    before = EventDraft.of(event)
    changed = changed_fields(before, draft)
    if not changed:
        return Revision(changed=(), moved=False)
    following = _following(db, event_id, draft, by=draft.starts_at - before.starts_at)
    moved = moves(changed)
    _store(db, event, draft, changed, now=now)
    facts: dict[str, Fact] = {"moved": moved and event.state is EventState.PUBLISHED, "changed": list(changed)}
    record(db, EntryKind.EVENT_REVISED, subject=("event", event_id), now=now, account_id=account_id, facts=facts)
    for session_id, by in following.items():
        _move_session(db, session_id, by=by, now=now, account_id=account_id)
    return Revision(changed=tuple(changed), moved=moved)


def _store(db: Session, event: Event, draft: EventDraft, changed: list[str], *, now: datetime) -> None:
    columns = columns_of(draft)
    event.sqlmodel_update({name: columns[name] for name in changed})
    event.revised_at = now
    if moves(changed) and event.state not in UNSEEN:
        event.sequence += 1
    db.add(event)
    db.flush()


def _following(db: Session, event_id: int, draft: EventDraft, *, by: timedelta) -> dict[int, timedelta]:
    """The sessions that must move with the event, and by how much: none while all of them lie within its new hours."""
    parts = db.exec(
        select(EventSession)
        .where(EventSession.event_id == event_id, col(EventSession.cancelled_at).is_(None))
        .order_by(col(EventSession.pool_id))
    ).all()
    if all(draft.starts_at <= part.starts_at and part.ends_at <= draft.ends_at for part in parts):
        return {}
    for part in parts:
        if part.starts_at + by < draft.starts_at or part.ends_at + by > draft.ends_at:
            problem = N_("La séance « %(title)s » ne tient plus dans ces heures : changez-la ou annulez-la d’abord.")
            raise BadDraft({"ends_at": say(problem, title=part.title)})
    return {part.id: by for part in parts if part.id is not None}


def _move_session(db: Session, session_id: int, *, by: timedelta, now: datetime, account_id: int | None) -> None:
    draft = draft_of(db, session_id)
    moved = replace(draft, starts_at=draft.starts_at + by, ends_at=draft.ends_at + by)
    revise_session(db, session_id, moved, now=now, account_id=account_id)
