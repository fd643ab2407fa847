"""An account of staff changed after it was made: who it is, what it may do; closed and open again; by oneself."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import composed
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_, supported
from alpes_events.people.account_address import address_of_its_own
from alpes_events.people.accounts import (
    check_door,
    checked_identity,
    keep_an_administrator,
    record_account,
    staff_account,
)
from alpes_events.people.audit import AuditAction, record_access
from alpes_events.people.models import Account, Role
from alpes_events.people.sessions import end_all_sessions
from alpes_events.people.sign_in_rule import BY_LINK

_ENDS_SESSIONS = frozenset({"email", "role", "event_id", "door_on"})
"""What a signed-in browser was let in with: when it changes, it is signed out."""


class OwnAccount(Refusal):
    """What nobody does to themselves."""

    def __init__(self) -> None:
        super().__init__(N_("C’est votre propre compte : demandez à une autre personne de l’administration."))


@dataclass(frozen=True)
class AccountDraft:
    """What an administrator may change of an account of staff."""

    email: str
    name: str
    role: Role
    structure: str = ""
    event_id: int | None = None
    door_on: date | None = None

    @classmethod
    def of(cls, account: Account) -> "AccountDraft":
        """The draft that the stored account would come from."""
        return cls(account.email, account.name, account.role, account.structure, account.event_id, account.door_on)


def revise_account(
    db: Session, target_id: int, draft: AccountDraft, *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    """Make the account as the draft says. Gives the names of what changed. A changed address or role signs it out
    everywhere, and makes its links worthless: they went to the address before.

    Raises `BadInput` by field, `EmailTaken`, `LastAdministrator`.
    """
    account = staff_account(db, target_id)
    wanted = _wanted(draft)
    changed = tuple(name for name, value in wanted.items() if getattr(account, name) != value)
    if not changed:
        return ()
    if "role" in changed:
        keep_an_administrator(db, account)
    with address_of_its_own(db, str(wanted["email"])) if "email" in changed else nullcontext():
        account.sqlmodel_update({name: wanted[name] for name in changed})
        db.add(account)
    if not _ENDS_SESSIONS.isdisjoint(changed):
        end_all_sessions(db, target_id, now=now)
    record_account(db, EntryKind.ACCOUNT_REVISED, target_id, now=now, account_id=account_id)
    record_access(db, AuditAction.ACCOUNT_CHANGED, now=now, account_id=account_id, subject=("account", target_id))
    return changed


def _wanted(draft: AccountDraft) -> dict[str, object]:
    email, name = checked_identity(draft.email, draft.name)
    if draft.role in BY_LINK:
        raise BadInput(N_("Choisissez un rôle de l’équipe."), field="role")
    check_door(draft.role, draft.event_id)
    keeps_a_door = draft.role is Role.DOOR
    return {
        "email": email,
        "name": name,
        "role": draft.role,
        "structure": composed(draft.structure),
        "event_id": draft.event_id if keeps_a_door else None,
        "door_on": draft.door_on if keeps_a_door else None,
    }


def reopen_account(db: Session, target_id: int, *, now: datetime, account_id: int | None) -> None:
    """Let a closed account sign in again. A second time changes nothing."""
    account = staff_account(db, target_id)
    if account.disabled_at is None:
        return
    account.disabled_at = None
    db.add(account)
    record_account(db, EntryKind.ACCOUNT_REOPENED, target_id, now=now, account_id=account_id)
    record_access(db, AuditAction.ACCOUNT_CHANGED, now=now, account_id=account_id, subject=("account", target_id))


def revise_own_account(db: Session, account_id: int, *, name: str, language: str, now: datetime) -> None:
    """Somebody of staff writes their own name and chooses the language of their mails. Raises `BadInput`."""
    account = staff_account(db, account_id)
    _email, account.name = checked_identity(account.email, name)
    account.language = supported(language)
    db.add(account)
    record_account(db, EntryKind.ACCOUNT_REVISED, account_id, now=now, account_id=account_id)


def refuse_own(target_id: int, account_id: int) -> None:
    """Raise `OwnAccount` when somebody would close or reset their own account from the administrators' page."""
    if target_id == account_id:
        raise OwnAccount
