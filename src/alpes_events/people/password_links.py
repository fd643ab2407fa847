"""Links by which somebody of staff chooses a password: each works once, for a while, and can be revoked.

The secrets are made when the mail is sent (`messages.account_mail`); here they are used.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from alpes_events.database.outcome import row_count
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import composed
from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.accounts import record_account
from alpes_events.people.audit import AuditAction, record_access
from alpes_events.people.models import Account
from alpes_events.people.new_password import NewPassword, set_password
from alpes_events.people.protection import PasswordLink
from alpes_events.people.sessions import secret_hash
from alpes_events.people.sign_in_rule import BY_LINK


class UnknownPasswordLink(NotFound):
    """A link that was never made, or whose account is closed."""

    def __init__(self) -> None:
        super().__init__(N_("Ce lien n’est pas le bon : copiez-le en entier, ou demandez-en un nouveau."))


class SpentPasswordLink(Refusal):
    """A link that served, is too old, or was revoked."""

    status = 410

    def __init__(self) -> None:
        super().__init__(N_("Ce lien ne sert plus : il a déjà servi, ou son délai est passé. Demandez-en un nouveau."))


@dataclass(frozen=True)
class GoodLink:
    """A link that can be used now, and whose account it is. `had_password`: what is chosen is not its first."""

    id: int
    account_id: int
    had_password: bool
    name: str
    email: str


def good_link(db: Session, secret: str, *, now: datetime) -> GoodLink:
    """The link of this secret. Raises `UnknownPasswordLink`, `SpentPasswordLink`. Writes nothing."""
    found = db.exec(
        select(PasswordLink, Account)
        .join(Account, col(Account.id) == col(PasswordLink.account_id))
        .where(PasswordLink.secret_hash == secret_hash(secret), col(Account.disabled_at).is_(None))
    ).first()
    if found is None:
        raise UnknownPasswordLink
    link, account = found
    if link.used_at is not None or link.expires_at <= now:
        raise SpentPasswordLink
    assert link.id is not None
    return GoodLink(link.id, link.account_id, account.password_hash is not None, account.name, account.email)


def choose_password(db: Session, secret: str, new: NewPassword, *, now: datetime) -> int:
    """Use a link up and give its account this password; every browser and every other link of it is ended. Gives the
    account's id. Of callers at the same moment one gets it.

    Raises `UnknownPasswordLink`, `SpentPasswordLink`.
    """
    link = good_link(db, secret, now=now)
    assert link.account_id == new.account_id, "made ready for the account of this link"
    use = (
        update(PasswordLink)
        .where(col(PasswordLink.id) == link.id, col(PasswordLink.used_at).is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    if row_count(db, use) != 1:
        raise SpentPasswordLink
    set_password(db, new, now=now, account_id=link.account_id)
    return link.account_id


def revoke_invitation(db: Session, target_id: int, *, now: datetime, account_id: int | None) -> bool:
    """Make the links that are under way to the account worthless. False when there was none."""
    statement = (
        update(PasswordLink)
        .where(
            col(PasswordLink.account_id) == target_id,
            col(PasswordLink.used_at).is_(None),
            col(PasswordLink.expires_at) > now,
        )
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    if not row_count(db, statement):
        return False
    record_account(db, EntryKind.INVITATION_REVOKED, target_id, now=now, account_id=account_id)
    record_access(db, AuditAction.LINK_REVOKED, now=now, account_id=account_id, subject=("account", target_id))
    return True


def account_to_write(db: Session, email: str) -> int | None:
    """The open account of staff that has this address and a password, which is sent a link when that was forgotten;
    else None: an invitation that was taken back stays so. The page shown must not differ.
    """
    row = db.exec(select(Account).where(Account.email == composed(email).lower())).first()
    if row is None or row.disabled_at is not None or row.role in BY_LINK or row.password_hash is None:
        return None
    return row.id
