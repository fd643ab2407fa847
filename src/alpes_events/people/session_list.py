"""The browsers in which an account is signed in now, as their owner looks through them and ends them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.language.refusal import NotFound
from alpes_events.language.sentence import N_
from alpes_events.people.audit import AuditAction, record_access
from alpes_events.people.models import AccountSession
from alpes_events.people.sessions import end_other_sessions, end_session, is_idle


class UnknownSession(NotFound):
    """No such signed-in browser, or another account's, or one that was signed out meanwhile."""

    def __init__(self) -> None:
        super().__init__(N_("Ce navigateur n’est plus connecté à votre compte."))


@dataclass(frozen=True)
class OpenSession:
    """One signed-in browser. `browser` is its code (`firefox:windows`), empty when it is not known."""

    id: int
    browser: str
    shared_computer: bool
    started_at: datetime
    seen_at: datetime
    ends_at: datetime


def open_sessions(db: Session, account_id: int, *, now: datetime) -> list[OpenSession]:
    """The account's open sessions, the last seen first."""
    rows = db.exec(
        select(AccountSession)
        .where(AccountSession.account_id == account_id, col(AccountSession.ended_at).is_(None))
        .where(col(AccountSession.ends_at) > now)
        .order_by(col(AccountSession.seen_at).desc(), col(AccountSession.id).desc())
    )
    return [_open(row) for row in rows if not is_idle(row, now=now)]


def end_own_session(db: Session, account_id: int, session_id: int, *, now: datetime) -> None:
    """Sign one browser of the account out. Raises `UnknownSession`; another account's does not exist."""
    if session_id not in {one.id for one in open_sessions(db, account_id, now=now)}:
        raise UnknownSession
    end_session(db, session_id, now=now)
    _audit(db, account_id, now=now)


def end_every_other_session(db: Session, account_id: int, *, kept_id: int, now: datetime) -> int:
    """Sign out every browser of the account but one. Gives how many were open."""
    count = sum(one.id != kept_id for one in open_sessions(db, account_id, now=now))
    end_other_sessions(db, account_id, kept_id=kept_id, now=now)
    if count:
        _audit(db, account_id, now=now, count=count)
    return count


def _open(row: AccountSession) -> OpenSession:
    assert row.id is not None
    return OpenSession(row.id, row.browser, row.shared_computer, row.started_at, row.seen_at, row.ends_at)


def _audit(db: Session, account_id: int, *, now: datetime, count: int | None = None) -> None:
    action = AuditAction.SESSION_ENDED
    record_access(db, action, now=now, account_id=account_id, subject=("account", account_id), count=count)
