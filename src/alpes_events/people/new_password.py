"""A new password for an account of staff: judged and hashed while nothing is locked, then given in an instant.

Hashing takes a tenth of a second. In a session that writes it would hold SQLite’s one write lock for as long, and every
sign-up of the site would wait: so a password is made ready in a reading session first.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.people.accounts import record_account, staff_account, the_account
from alpes_events.people.audit import AuditAction, record_access
from alpes_events.people.known_browsers import forget_browsers
from alpes_events.people.models import Account
from alpes_events.people.password import BadPassword, check_strength, hash_password, matches
from alpes_events.people.sessions import end_all_sessions
from alpes_events.people.sign_in_rule import BY_LINK


class WrongPassword(BadInput):
    """The present password is not this one."""

    def __init__(self) -> None:
        super().__init__(N_("Ce n’est pas votre mot de passe actuel."), field="present")


@dataclass(frozen=True)
class NewPassword:
    """A password that is good enough for its account, as it will be kept. `proved_by`: the hash of the present password
    that its owner typed; None when something else allows the change.
    """

    account_id: int
    password_hash: str
    proved_by: str | None = None


def ready_password(db: Session, account_id: int, password: str) -> NewPassword:
    """Judge a password for the account, and hash it. It takes a tenth of a second: ask it in a reading session.

    Raises `UnknownAccount`, `BadPassword`.
    """
    account = the_account(db, account_id)
    return NewPassword(account_id, _hashed(account, password))


def ready_own_password(db: Session, account_id: int, *, present: str, password: str) -> NewPassword:
    """The same for somebody who knows their present password. It takes two tenths: ask it in a reading session.

    Raises `WrongPassword`, `BadPassword`.
    """
    account = check_own_password(db, account_id, present)
    return NewPassword(account_id, _hashed(account, password), proved_by=account.password_hash)


def check_own_password(db: Session, account_id: int, present: str) -> Account:
    """The account whose present password this is, or `WrongPassword`. Slow on purpose: ask it in a reading session."""
    account = staff_account(db, account_id)
    if not matches(present, account.password_hash):
        raise WrongPassword
    return account


def set_password(
    db: Session, new: NewPassword, *, now: datetime, account_id: int | None, kept_session_id: int | None = None
) -> None:
    """Give the account its new password; every browser signed in with the old one is signed out, but the one in which
    it is changed (`kept_session_id`), and none is known any more: somebody else may have signed in from one of them.

    Raises `WrongPassword` when what proved it was changed meanwhile.
    """
    account = db.get_one(Account, new.account_id, with_for_update=True, populate_existing=True)
    if new.proved_by is not None and account.password_hash != new.proved_by:
        raise WrongPassword
    account.password_hash = new.password_hash
    db.add(account)
    end_all_sessions(db, new.account_id, now=now, kept_id=kept_session_id)
    forget_browsers(db, new.account_id)
    record_account(db, EntryKind.ACCOUNT_REVISED, new.account_id, now=now, account_id=account_id)
    subject = ("account", new.account_id)
    record_access(db, AuditAction.PASSWORD_CHANGED, now=now, account_id=account_id, subject=subject)


def _hashed(account: Account, password: str) -> str:
    if account.role in BY_LINK:
        raise BadPassword(N_("Ce compte se connecte par un lien reçu par e-mail : il n’a pas de mot de passe."))
    check_strength(password, email=account.email, name=account.name)
    return hash_password(password)
