"""Signing in by a link or a six-digit code: each works once, for ten minutes; a code in the asking browser only.

The secrets are made when the mail is sent (`messages.sign_in`); here they are used.
"""

import hashlib
import hmac
from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select

from alpes_events.database.outcome import row_count
from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.models import Account, CodePurpose, SignInLink
from alpes_events.people.sessions import secret_hash

MOST_TRIES = 5


class UnknownLink(NotFound):
    """A sign-in link that was never made, or whose account is closed."""

    def __init__(self) -> None:
        super().__init__(N_("Ce lien de connexion n’est pas le bon : copiez-le en entier, ou demandez-en un nouveau."))


class UsedLink(Refusal):
    """A sign-in link that somebody used, or that a newer sign-out made worthless."""

    status = 410

    def __init__(self) -> None:
        super().__init__(N_("Ce lien de connexion a déjà servi. Il ne sert qu’une fois : demandez-en un nouveau."))


class ExpiredLink(Refusal):
    """A sign-in link older than ten minutes."""

    status = 410

    def __init__(self) -> None:
        super().__init__(N_("Ce lien de connexion n’est plus valable : il dure dix minutes. Demandez-en un nouveau."))


def code_hash(code: str, *, link_id: int, key: str) -> str:
    """What `SignInLink.code_hash` holds: an HMAC by the deployment's secret, as six digits alone could be tried out."""
    return hmac.new(key.encode(), f"sign-in:{link_id}:{code}".encode(), hashlib.sha256).hexdigest()


def use_link(db: Session, secret: str, *, now: datetime) -> int:
    """Use a link up and give the account it signs in. Of callers at the same moment, one gets it.

    Raises `UnknownLink`, `UsedLink`, `ExpiredLink`.
    """
    link = db.exec(select(SignInLink).where(SignInLink.secret_hash == secret_hash(secret))).first()
    if link is None or link.purpose is not CodePurpose.SIGN_IN or not _is_open(db, link.account_id):
        raise UnknownLink
    if _use_up(db, link, now=now):
        return link.account_id
    raise ExpiredLink if link.used_at is None and link.expires_at <= now else UsedLink


def use_code(db: Session, code: str, *, browser_secret: str, key: str, now: datetime) -> int | None:
    """Use up the code that this browser last asked for, and give the account it signs in.

    None when it is wrong, too old, used, or the five tries are over: one answer for all, and for an address that nobody
    has. `key` is the deployment's secret. The caller commits also for None, else the try would not count.
    """
    link = the_used_code(db, code, purpose=CodePurpose.SIGN_IN, browser_secret=browser_secret, key=key, now=now)
    return None if link is None else link.account_id


def the_used_code(
    db: Session, code: str, *, purpose: CodePurpose, browser_secret: str, key: str, now: datetime
) -> SignInLink | None:
    """Use up the code that this browser last asked for to this end; None like `use_code`, which says when to commit."""
    link = db.exec(
        select(SignInLink)
        .where(SignInLink.browser_hash == secret_hash(browser_secret), SignInLink.purpose == purpose)
        .order_by(col(SignInLink.id).desc())
    ).first()
    if link is None or link.id is None or not _count_try(db, link.id, now=now):
        return None
    typed = code_hash("".join(code.split()), link_id=link.id, key=key)
    right = hmac.compare_digest(typed, link.code_hash or "")
    if not right or not _is_open(db, link.account_id) or not _use_up(db, link, now=now):
        return None
    return link


def _usable(link_id: int | None, *, now: datetime) -> ColumnElement[bool]:
    return (col(SignInLink.id) == link_id) & col(SignInLink.used_at).is_(None) & (col(SignInLink.expires_at) > now)


def _use_up(db: Session, link: SignInLink, *, now: datetime) -> bool:
    """The row count is the lock: 1 for the caller who used it."""
    statement = update(SignInLink).where(_usable(link.id, now=now)).values(used_at=now)
    return row_count(db, statement.execution_options(synchronize_session=False)) == 1


def _count_try(db: Session, link_id: int, *, now: datetime) -> bool:
    statement = (
        update(SignInLink)
        .where(_usable(link_id, now=now), col(SignInLink.try_count) < MOST_TRIES)
        .values(try_count=col(SignInLink.try_count) + 1)
        .execution_options(synchronize_session=False)
    )
    return row_count(db, statement) == 1


def _is_open(db: Session, account_id: int) -> bool:
    account = db.get(Account, account_id)
    return account is not None and account.disabled_at is None
