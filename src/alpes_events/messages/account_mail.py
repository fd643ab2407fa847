"""Mail about the accounts of staff: a link to choose a password, and news of what happened to the account.

The secret of a link is made when its mail is sent, and only its hash is kept.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel import Session

from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.sentence import supported
from alpes_events.messages.kinds import AccountChange, MessageKind
from alpes_events.messages.outbox import NewMessage, enqueue
from alpes_events.people.account_changes import AccountDraft, revise_account
from alpes_events.people.account_list import AccountState, staff_line
from alpes_events.people.accounts import AccountIn, create_account, record_account, staff_account, the_account
from alpes_events.people.audit import AuditAction, record_access
from alpes_events.people.protection import LinkPurpose, PasswordLink
from alpes_events.people.sessions import secret_hash

INVITATION_LIFE = timedelta(days=7)
FORGOTTEN_LIFE = timedelta(hours=1)
_LIVES = {LinkPurpose.INVITATION: INVITATION_LIFE, LinkPurpose.FORGOTTEN: FORGOTTEN_LIFE}
_KINDS = {LinkPurpose.INVITATION: MessageKind.INVITATION, LinkPurpose.FORGOTTEN: MessageKind.NEW_PASSWORD}
_SECRET_OCTETS = 24


@dataclass(frozen=True)
class IssuedLink:
    """What one mail carries: the secret of its link (192 bits), and until when it is good."""

    secret: str
    expires_at: datetime


def invite(db: Session, account: AccountIn, *, now: datetime, account_id: int | None) -> int:
    """Make an account without a password and owe its owner the link to choose one. Gives its id.

    Raises what `create_account` does.
    """
    made = create_account(db, account, now=now, account_id=account_id)
    invite_again(db, made, now=now, account_id=account_id)
    return made


def revise_and_tell(
    db: Session, target_id: int, draft: AccountDraft, *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    """Make an account as the draft says. An address that it had is told that it opens the account no more; an
    invitation that the change made worthless goes out anew. Gives the names of what changed.

    Raises what `revise_account` does.
    """
    account = staff_account(db, target_id)
    former, state = account.email, staff_line(db, account, now=now).state
    changed = revise_account(db, target_id, draft, now=now, account_id=account_id)
    if state is AccountState.OPEN and "email" in changed:
        tell_change(db, target_id, AccountChange.EMAIL, now=now, address=former)
    if state is AccountState.INVITED and staff_line(db, account, now=now).state is not state:
        invite_again(db, target_id, now=now, account_id=account_id)
    return changed


def invite_again(db: Session, target_id: int, *, now: datetime, account_id: int | None) -> LinkPurpose:
    """Owe a link for choosing a password, on behalf of an administrator: an invitation, or for an account that has a
    password already the short-lived link of a forgotten one. Gives which.
    """
    subject = ("account", target_id)
    if the_account(db, target_id).password_hash is not None:
        ask_password_link(db, target_id, LinkPurpose.FORGOTTEN, now=now, asked_by="staff")
        record_access(db, AuditAction.PASSWORD_LINK_ASKED, now=now, account_id=account_id, subject=subject)
        return LinkPurpose.FORGOTTEN
    ask_password_link(db, target_id, LinkPurpose.INVITATION, now=now, asked_by="staff")
    record_account(db, EntryKind.ACCOUNT_INVITED, target_id, now=now, account_id=account_id)
    record_access(db, AuditAction.LINK_SENT, now=now, account_id=account_id, subject=subject)
    return LinkPurpose.INVITATION


def ask_new_password(db: Session, account_id: int, *, now: datetime) -> None:
    """Owe a link for choosing another password to whoever forgot theirs. Nobody knows yet who asks."""
    ask_password_link(db, account_id, LinkPurpose.FORGOTTEN, now=now)
    record_access(db, AuditAction.PASSWORD_LINK_ASKED, now=now, subject=("account", account_id))


def ask_password_link(
    db: Session, account_id: int, purpose: LinkPurpose, *, now: datetime, asked_by: Literal["owner", "staff"] = "owner"
) -> int:
    """Owe an account of staff a link by which it chooses a password; the mail says who asked. Gives the link’s id."""
    link = PasswordLink(account_id=account_id, purpose=purpose, asked_at=now, expires_at=now + _LIVES[purpose])
    db.add(link)
    db.flush()
    assert link.id is not None
    facts: dict[str, Fact] = {"password_link_id": link.id, "asked_by": asked_by}
    _owe(db, _KINDS[purpose], account_id, key=f"password_link:{link.id}", facts=facts, now=now)
    return link.id


def issue_password_link(db: Session, link_id: int, *, now: datetime) -> IssuedLink | None:
    """Make the secret of a link that is about to be sent, and keep its hash. None when it is used or too old.

    Called again for a second attempt, it makes a new one: that of a mail that may not have left no longer works.
    """
    link = db.get(PasswordLink, link_id, with_for_update=True)
    if link is None or link.used_at is not None or link.expires_at <= now:
        return None
    secret = secrets.token_urlsafe(_SECRET_OCTETS)
    link.secret_hash = secret_hash(secret)
    db.add(link)
    return IssuedLink(secret, link.expires_at)


def tell_new_browser(db: Session, account_id: int, *, browser: str, now: datetime) -> None:
    """Owe the owner the news that their account was opened in a browser where it was not before."""
    _owe(db, MessageKind.NEW_BROWSER, account_id, facts={"browser": browser, "at": now.isoformat()}, now=now)


def tell_change(
    db: Session, account_id: int, change: AccountChange, *, now: datetime, address: str | None = None
) -> None:
    """Owe the owner the news of what was done to their account, whoever did it; at `address` when it is not its own."""
    facts = {"change": change.value, "at": now.isoformat()}
    _owe(db, MessageKind.ACCOUNT_CHANGE, account_id, facts=facts, now=now, address=address)


def _owe(
    db: Session,
    kind: MessageKind,
    account_id: int,
    *,
    facts: Mapping[str, Fact],
    now: datetime,
    key: str = "",
    address: str | None = None,
) -> None:
    message = NewMessage(
        kind,
        once_key=key or f"{kind.value}:{account_id}:{secrets.token_hex(8)}",
        account_id=account_id,
        address=address,
        language=supported(the_account(db, account_id).language),
        facts=facts,
    )
    enqueue(db, [message], now=now)
