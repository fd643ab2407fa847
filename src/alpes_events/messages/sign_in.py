"""Signing in by link or six-digit code: the secrets are made when the mail is sent, and only their hashes are kept."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col

from alpes_events.database.outcome import row_count
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.outbox import NewMessage, enqueue
from alpes_events.people.models import CodePurpose, SignInLink
from alpes_events.people.sessions import secret_hash
from alpes_events.people.sign_in import code_hash

LINK_LIFE = timedelta(minutes=10)
_SECRET_BYTES = 16
_CODE_DIGITS = 6


@dataclass(frozen=True)
class SignInSecrets:
    """What one sign-in mail carries: the secret of its link (128 bits) and a six-digit code."""

    secret: str
    code: str


def ask_sign_in(db: Session, *, account_id: int, browser_hash: str | None, language: str, now: datetime) -> int:
    """Owe the account a link and a code, valid ten minutes; the code only in the browser whose hash this is.

    Gives the id of the `SignInLink` row.
    """
    link = SignInLink(account_id=account_id, browser_hash=browser_hash, asked_at=now, expires_at=now + LINK_LIFE)
    db.add(link)
    db.flush()
    assert link.id is not None
    message = NewMessage(
        MessageKind.SIGN_IN,
        once_key=f"sign_in:{link.id}",
        account_id=account_id,
        language=language,
        facts={"sign_in_link_id": link.id},
    )
    enqueue(db, [message], now=now)
    return link.id


def ask_proof(
    db: Session,
    *,
    account_id: int,
    purpose: CodePurpose,
    address: str | None,
    browser_hash: str,
    language: str,
    now: datetime,
) -> None:
    """Owe a code that proves who somebody is, to their account's address or to a new one; valid like one to sign in."""
    link = SignInLink(
        account_id=account_id,
        browser_hash=browser_hash,
        asked_at=now,
        expires_at=now + LINK_LIFE,
        purpose=purpose,
        address=address,
    )
    db.add(link)
    db.flush()
    message = NewMessage(
        MessageKind.PROOF,
        once_key=f"proof:{link.id}",
        account_id=account_id,
        address=address,
        language=language,
        facts={"sign_in_link_id": link.id, "purpose": purpose.value},
    )
    enqueue(db, [message], now=now)


def say_farewell(
    db: Session,
    account_id: int,
    *,
    address: str,
    language: str,
    now: datetime,
    kept_until: date | None = None,
) -> None:
    """Owe the last message to somebody who was erased: it alone still knows their address, until it has left.

    `kept_until`: it says that the name stays apart until that day, while hours must be proved.
    """
    message = NewMessage(
        MessageKind.FAREWELL,
        once_key=f"farewell:{account_id}",
        account_id=account_id,
        address=address,
        language=language,
        facts={} if kept_until is None else {"kept_until": kept_until.isoformat()},
    )
    enqueue(db, [message], now=now)


def issue_secrets(db: Session, link_id: int, *, key: str, now: datetime) -> SignInSecrets | None:
    """Make the secrets of a link that is about to be sent, and keep their hashes. None when it is used or too old.

    Called again for a second attempt, it makes new ones: those of a mail that may not have left no longer work.
    """
    link = db.get(SignInLink, link_id, with_for_update=True)
    if link is None or link.used_at is not None or link.expires_at <= now:
        return None
    issued = SignInSecrets(
        secret=secrets.token_urlsafe(_SECRET_BYTES), code=f"{secrets.randbelow(10**_CODE_DIGITS):0{_CODE_DIGITS}d}"
    )
    link.secret_hash = secret_hash(issued.secret)
    link.code_hash = code_hash(issued.code, link_id=link_id, key=key)
    db.add(link)
    return issued


def forget_links(db: Session, *, before: datetime) -> int:
    """Remove sign-in links that ended before `before`. Gives how many."""
    old = delete(SignInLink).where(col(SignInLink.expires_at) < before)
    return row_count(db, old.execution_options(synchronize_session=False))
