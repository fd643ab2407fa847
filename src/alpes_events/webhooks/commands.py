"""Changes of webhooks: add one, close it, make a call again."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import Select, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from alpes_events.database.outcome import row_count
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import BadInput, NotFound
from alpes_events.language.sentence import N_
from alpes_events.webhooks.models import CallState, HookKind, Webhook, WebhookCall

_LONGEST_URL = 500
_LONGEST_NAME = 100


class UnknownWebhook(NotFound):
    """A webhook that does not exist."""

    def __init__(self) -> None:
        super().__init__(N_("Cet envoi à un autre système n’existe pas : revenez à la liste."))


def add_webhook(
    db: Session,
    *,
    name: str,
    url: str,
    kinds: Sequence[HookKind],
    insecure: bool = False,
    now: datetime,
    account_id: int | None,
) -> int:
    """Tell another system from now on. Only https, unless `insecure`. Raises `BadInput` for what cannot be called."""
    name, url = name.strip(), url.strip()
    if not name or len(name) > _LONGEST_NAME:
        raise BadInput(N_("Donnez un nom à cet envoi, de cent caractères au plus."), field="name")
    if not kinds:
        raise BadInput(N_("Choisissez au moins une nouvelle à envoyer."), field="kinds")
    if not _callable(url, insecure=insecure):
        raise BadInput(N_("Écrivez une adresse entière qui commence par https://, sans mot de passe."), field="url")
    hook = Webhook(name=name, url=url, kinds=list(kinds), salt=secrets.token_hex(16), created_at=now)
    db.add(hook)
    db.flush()
    assert hook.id is not None
    record(db, EntryKind.WEBHOOK_ADDED, subject=("webhook", hook.id), now=now, account_id=account_id)
    return hook.id


def close_webhook(db: Session, webhook_id: int, *, now: datetime, account_id: int | None) -> None:
    """Tell it nothing any more; what is owed is dropped, the log stays. Closing twice is closing once."""
    hook = the_webhook(db, webhook_id)
    if hook.closed_at is not None:
        return
    hook.closed_at = now
    db.add(hook)
    waiting = col(WebhookCall.state).in_((CallState.WAITING, CallState.CALLING))
    db.execute(
        update(WebhookCall)
        .where(col(WebhookCall.webhook_id) == webhook_id, waiting)
        .values(state=CallState.DROPPED, settled_at=now, leased_until=None)
        .execution_options(synchronize_session=False)
    )
    record(db, EntryKind.WEBHOOK_CLOSED, subject=("webhook", webhook_id), now=now, account_id=account_id)


def call_again(db: Session, call_id: int, *, now: datetime) -> bool:
    """Put a call that was given up (or already made) back in the row. False when it waits already or is closed."""
    open_hooks = col(WebhookCall.webhook_id).in_(_open_ids())
    statement = (
        update(WebhookCall)
        .where(
            col(WebhookCall.id) == call_id,
            col(WebhookCall.state).in_((CallState.FAILED, CallState.DONE)),
            open_hooks,
        )
        .values(state=CallState.WAITING, attempt_count=0, next_try_at=now, settled_at=None)
        .execution_options(synchronize_session=False)
    )
    return row_count(db, statement) == 1


def the_webhook(db: Session, webhook_id: int) -> Webhook:
    """One webhook. Raises `UnknownWebhook`."""
    found = db.get(Webhook, webhook_id)
    if found is None:
        raise UnknownWebhook
    return found


def _open_ids() -> Select[int | None]:
    return sql_select(col(Webhook.id)).where(col(Webhook.closed_at).is_(None))


def _callable(url: str, *, insecure: bool) -> bool:
    if len(url) > _LONGEST_URL or any(sign.isspace() or not sign.isprintable() for sign in url):
        return False
    try:
        parts = urlsplit(url)
        port_is_right = parts.port != 0
    except ValueError:
        return False
    schemes = {"https", "http"} if insecure else {"https"}
    return port_is_right and parts.scheme in schemes and bool(parts.hostname) and "@" not in parts.netloc
