"""The browsers in which an account of staff signed in before: a sign-in from another is told by mail.

A browser is recognised by a random secret in a cookie of its own; nothing is read from the machine.
"""

import secrets
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col

from alpes_events.database.outcome import row_count
from alpes_events.database.upsert import insert_new
from alpes_events.people.protection import KnownBrowser
from alpes_events.people.sessions import secret_hash

_SECRET_OCTETS = 32


def new_browser_secret() -> str:
    """The secret of a browser that has none yet."""
    return secrets.token_urlsafe(_SECRET_OCTETS)


def recognise_browser(db: Session, account_id: int, secret: str, *, now: datetime) -> bool:
    """Note that the account signed in from the browser that holds `secret`. True when it had done so before."""
    own = (col(KnownBrowser.account_id) == account_id) & (col(KnownBrowser.secret_hash) == secret_hash(secret))
    seen = update(KnownBrowser).where(own).values(seen_at=now).execution_options(synchronize_session=False)
    if row_count(db, seen):
        return True
    row = {"account_id": account_id, "secret_hash": secret_hash(secret), "first_at": now, "seen_at": now}
    insert_new(db, KnownBrowser, [row], unless_same=["account_id", "secret_hash"])
    return False


def forget_browsers(db: Session, account_id: int) -> None:
    """No browser is known to the account any more: the next sign-in from each is told by mail."""
    db.execute(delete(KnownBrowser).where(col(KnownBrowser.account_id) == account_id))
