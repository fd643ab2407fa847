"""The consumer `webhooks` of the journal: it owes a call to each system that wants to know."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.database.upsert import insert_new
from alpes_events.journal.kinds import EntryKind
from alpes_events.journal.models import JournalEntry
from alpes_events.webhooks.models import CallState, HookKind, Webhook, WebhookCall

HOOK_KINDS: Mapping[str, HookKind] = {
    EntryKind.EVENT_PUBLISHED: HookKind.PUBLISHED,
    EntryKind.EVENT_REVISED: HookKind.CHANGED,
    EntryKind.SESSION_REVISED: HookKind.CHANGED,
    EntryKind.SESSION_CANCELLED: HookKind.CHANGED,
    EntryKind.CAPACITY_CHANGED: HookKind.CHANGED,
    EntryKind.CATALOGUE_CHANGED: HookKind.CHANGED,
    EntryKind.EVENT_CANCELLED: HookKind.CANCELLED,
    EntryKind.EVENT_WITHDRAWN: HookKind.WITHDRAWN,
}
"""What each kind of entry is called outside."""


def owe_calls(db: Session, entry: JournalEntry, now: datetime) -> None:
    """Owe a call for `entry` to every open webhook that asked for its kind. Drafts are nobody's business."""
    kind = HOOK_KINDS.get(entry.kind)
    event = db.get(Event, entry.subject_id) if kind is not None else None
    if kind is None or event is None or event.published_at is None:
        return
    hooks = db.exec(select(Webhook).where(col(Webhook.closed_at).is_(None)).order_by(col(Webhook.id)))
    rows = [
        {
            "webhook_id": hook.id,
            "entry_id": entry.id,
            "event_id": event.id,
            "kind": kind,
            "state": CallState.WAITING,
            "created_at": now,
            "attempt_count": 0,
            "next_try_at": now,
        }
        for hook in hooks
        if kind in hook.kinds
    ]
    if rows:
        insert_new(db, WebhookCall, rows, unless_same=("webhook_id", "entry_id"))
