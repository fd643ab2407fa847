"""Signed-in browsers. The cookie holds a secret of 256 bits, the row its SHA-256; the server can end any of them."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select

from alpes_events.people.models import Account, AccountSession, Candidate, Role, SignInLink
from alpes_events.people.protection import PasswordLink, SecondFactor
from alpes_events.people.sign_in_rule import asks_second_factor
from alpes_events.territory.models import Organisation

_SECRET_BYTES = 32
TOUCH_EVERY = timedelta(minutes=1)
"""How often at most a browser in use writes that it is."""


@dataclass(frozen=True)
class TimeOuts:
    """A session ends after `idle` without a request, and after `whole` in any case."""

    idle: timedelta
    whole: timedelta


OWN_COMPUTER = TimeOuts(idle=timedelta(hours=2), whole=timedelta(hours=12))
SHARED_COMPUTER = TimeOuts(idle=timedelta(minutes=10), whole=timedelta(hours=1))
"""The cyber-base: the next person sits down soon."""


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in. `touch_due`: call `touch_session` in a transaction of its own. `second_factor_due`: the
    organisation asks a second factor of this person, who has none yet.
    """

    session_id: int
    account_id: int
    role: Role
    name: str
    email: str
    structure: str
    event_id: int | None
    door_on: date | None
    candidate_id: int | None
    language: str
    shared_computer: bool
    ends_at: datetime
    second_factor_due: bool
    touch_due: bool


def secret_hash(secret: str) -> str:
    """SHA-256 of a random secret of at least 128 bits, as every table keeps it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_session(db: Session, account_id: int, *, shared_computer: bool, now: datetime, browser: str = "") -> str:
    """Sign a browser in (`browser`: the code of its kind). Gives the secret for its cookie: a new one each time,
    whatever the browser had before.
    """
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    db.add(
        AccountSession(
            secret_hash=secret_hash(secret),
            account_id=account_id,
            shared_computer=shared_computer,
            browser=browser,
            started_at=now,
            seen_at=now,
            ends_at=now + _time_outs(shared=shared_computer).whole,
        )
    )
    db.flush()
    _keep_candidate_active(db, account_id, now=now)
    return secret


def _keep_candidate_active(db: Session, account_id: int, *, now: datetime) -> None:
    """Signing in is a contact: the clock of retention starts again."""
    own = select(Account.candidate_id).where(Account.id == account_id)
    db.execute(
        update(Candidate)
        .where(col(Candidate.id).in_(own), col(Candidate.erased_at).is_(None))
        .values(last_active_at=now, erasure_announced_at=None)
        .execution_options(synchronize_session=False)
    )


def signed_in(db: Session, secret: str, *, now: datetime) -> SignedIn | None:
    """Who this browser is; None when it is not, or no longer, signed in. Writes nothing."""
    found = db.exec(
        select(AccountSession, Account, SecondFactor.account_id, Organisation.second_factor)
        .join(Account, col(Account.id) == col(AccountSession.account_id))
        .outerjoin(SecondFactor, col(SecondFactor.account_id) == col(Account.id))
        .outerjoin(Organisation, col(Organisation.id) == 1)
        .where(col(AccountSession.secret_hash) == secret_hash(secret), col(AccountSession.ended_at).is_(None))
        .where(col(AccountSession.ends_at) > now, col(Account.disabled_at).is_(None))
    ).first()
    if found is None:
        return None
    session, account, protected, rule = found
    if is_idle(session, now=now):
        return None
    assert session.id is not None
    return SignedIn(
        session_id=session.id,
        account_id=session.account_id,
        role=account.role,
        name=account.name,
        email=account.email,
        structure=account.structure,
        event_id=account.event_id,
        door_on=account.door_on,
        candidate_id=account.candidate_id,
        language=account.language,
        shared_computer=session.shared_computer,
        ends_at=session.ends_at,
        second_factor_due=not protected and rule is not None and asks_second_factor(rule, account.role),
        touch_due=now - session.seen_at >= TOUCH_EVERY,
    )


def touch_session(db: Session, session_id: int, *, now: datetime) -> None:
    """The browser is in use: its idle time starts again."""
    _update(db, col(AccountSession.id) == session_id, seen_at=now)


def end_session(db: Session, session_id: int, *, now: datetime) -> None:
    """Sign one browser out."""
    _update(db, col(AccountSession.id) == session_id, ended_at=now)


def end_other_sessions(db: Session, account_id: int, *, kept_id: int | None, now: datetime) -> None:
    """Sign the account out of every browser but that of one session."""
    others = col(AccountSession.account_id) == account_id
    _update(db, others if kept_id is None else others & (col(AccountSession.id) != kept_id), ended_at=now)


def end_all_sessions(db: Session, account_id: int, *, now: datetime, kept_id: int | None = None) -> None:
    """Sign the account out everywhere (but in the session `kept_id`), and make its links and codes that are still under
    way worthless.
    """
    end_other_sessions(db, account_id, kept_id=kept_id, now=now)
    for link in (SignInLink, PasswordLink):
        db.execute(
            update(link)
            .where(col(link.account_id) == account_id, col(link.used_at).is_(None))
            .values(used_at=now)
            .execution_options(synchronize_session=False)
        )


def is_idle(session: AccountSession, *, now: datetime) -> bool:
    """Whether the browser was left alone for so long that it is signed out."""
    return now - session.seen_at >= _time_outs(shared=session.shared_computer).idle


def _update(db: Session, which: ColumnElement[bool], **values: datetime) -> None:
    db.execute(
        update(AccountSession)
        .where(which, col(AccountSession.ended_at).is_(None))
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _time_outs(*, shared: bool) -> TimeOuts:
    return SHARED_COMPUTER if shared else OWN_COMPUTER
