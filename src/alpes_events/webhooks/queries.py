"""Questions to webhooks: which there are, what they were told, and what is in trouble."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from alpes_events.agenda.models import Event
from alpes_events.database.page import Page, Part
from alpes_events.webhooks.models import CallState, HookKind, Webhook, WebhookCall


@dataclass(frozen=True)
class CallView:
    """One call of the log. `status` is what the other system answered; None: it did not."""

    id: int
    kind: HookKind
    state: CallState
    event_title: str
    created_at: datetime
    settled_at: datetime | None
    next_try_at: datetime
    attempt_count: int
    status: int | None
    error: str


def webhooks(db: Session) -> list[Webhook]:
    """All of them: the open ones first, then by name."""
    return list(db.exec(select(Webhook).order_by(col(Webhook.closed_at).is_not(None), col(Webhook.name))))


def call_counts(db: Session) -> Mapping[int, Mapping[CallState, int]]:
    """How many calls of each state each webhook has."""
    found: dict[int, dict[CallState, int]] = {}
    rows = db.exec(
        select(WebhookCall.webhook_id, WebhookCall.state, func.count()).group_by(
            col(WebhookCall.webhook_id), col(WebhookCall.state)
        )
    )
    for webhook_id, state, count in rows:
        found.setdefault(webhook_id, {})[CallState(state)] = count
    return found


def calls_of(db: Session, webhook_id: int, *, part: Part) -> Page[CallView]:
    """The log of one webhook, the latest first."""
    whose = col(WebhookCall.webhook_id) == webhook_id
    count = db.exec(select(func.count()).select_from(WebhookCall).where(whose)).one()
    rows = db.exec(
        select(WebhookCall, Event.title)
        .join(Event, col(Event.id) == col(WebhookCall.event_id))
        .where(whose)
        .order_by(col(WebhookCall.id).desc())
        .offset(part.offset)
        .limit(part.size)
    )
    views = tuple(
        CallView(
            id=call.id or 0,
            kind=call.kind,
            state=call.state,
            event_title=title,
            created_at=call.created_at,
            settled_at=call.settled_at,
            next_try_at=call.next_try_at,
            attempt_count=call.attempt_count,
            status=call.status,
            error=call.last_error or "",
        )
        for call, title in rows
    )
    return Page(views, count, part)
