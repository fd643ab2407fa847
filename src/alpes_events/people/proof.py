"""A code that proves once more who somebody is, before what cannot be undone: another address, or erasure.

The secrets are made when the mail is sent (`messages.sign_in`), as for signing in. What a code is for stands in its
row, and it serves for nothing else.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from alpes_events.people.models import AccountSession, CodePurpose
from alpes_events.people.sign_in import the_used_code

RECENT = timedelta(minutes=10)
"""For how long a sign-in is proof enough by itself: as long as its code would have been."""


@dataclass(frozen=True)
class Proof:
    """What a code proved. `address` is the e-mail address that it was sent to, when that is not the account's own."""

    address: str | None


def prove(
    db: Session, code: str, *, account_id: int, purpose: CodePurpose, browser_secret: str, key: str, now: datetime
) -> Proof | None:
    """Use up the code that this browser last asked for to this end. None for a wrong, old or used one, or another's.

    The caller commits also for None, else the try would not count.
    """
    link = the_used_code(db, code, purpose=purpose, browser_secret=browser_secret, key=key, now=now)
    return None if link is None or link.account_id != account_id else Proof(link.address)


def signed_in_just_now(db: Session, session_id: int, *, now: datetime) -> bool:
    """Whether this browser's sign-in is so recent that it needs no further proof."""
    session = db.get(AccountSession, session_id)
    return session is not None and session.ended_at is None and now - session.started_at < RECENT
