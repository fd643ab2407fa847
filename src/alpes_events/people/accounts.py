"""Accounts: made by an administrator, or when a candidate first asks to sign in; disabled, never deleted."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import composed
from alpes_events.language.refusal import NotFound, Refusal
from alpes_events.language.sentence import N_, supported
from alpes_events.people.account_address import address_of_its_own
from alpes_events.people.audit import AuditAction, record_access
from alpes_events.people.identity import BadPerson, clean_email
from alpes_events.people.models import Account, Role
from alpes_events.people.password import check_strength, hash_password, matches
from alpes_events.people.sessions import end_all_sessions
from alpes_events.people.sign_in_rule import BY_LINK

LONGEST_NAME = 150


class UnknownAccount(NotFound):
    """No such account."""

    def __init__(self) -> None:
        super().__init__(N_("Ce compte n’existe pas : vérifiez l’adresse e-mail."))


class LastAdministrator(Refusal):
    """Nobody could manage accounts any more."""

    def __init__(self) -> None:
        super().__init__(N_("C’est le dernier compte d’administration : créez-en un autre d’abord."))


@dataclass(frozen=True)
class AccountIn:
    """An account to make. Staff need a password, or are `invited` to choose one; door staff need their event."""

    email: str
    name: str
    role: Role
    password: str = ""
    structure: str = ""
    event_id: int | None = None
    door_on: date | None = None
    candidate_id: int | None = None
    language: str = "fr"
    invited: bool = False


def create_account(db: Session, account: AccountIn, *, now: datetime, account_id: int | None = None) -> int:
    """Make an account and give its id; `account_id` is who makes it. Hashing takes a tenth of a second: it is done
    before the first statement, so that no lock is held meanwhile when this opens the transaction.

    Raises `BadInput` by field, `EmailTaken`.
    """
    row = _row(account, now=now)
    with address_of_its_own(db, row.email):
        db.add(row)
    assert row.id is not None
    record_account(db, EntryKind.ACCOUNT_CREATED, row.id, now=now, account_id=account_id)
    return row.id


def _row(account: AccountIn, *, now: datetime) -> Account:
    email, name = checked_identity(account.email, account.name)
    check_door(account.role, account.event_id)
    without_password = account.role in BY_LINK or account.invited
    if not without_password:
        check_strength(account.password, email=email, name=name)
    return Account(
        email=email,
        name=name,
        role=account.role,
        structure=composed(account.structure),
        password_hash=None if without_password else hash_password(account.password),
        candidate_id=account.candidate_id,
        event_id=account.event_id,
        door_on=account.door_on,
        language=supported(account.language),
        created_at=now,
    )


def checked_identity(email: str, name: str) -> tuple[str, str]:
    """The e-mail address and the name of an account as they are kept. Raises `BadInput` by field."""
    email, name = clean_email(email), composed(name)
    if not email:
        raise BadPerson(N_("Indiquez l’adresse e-mail."), field="email")
    if not name or len(name) > LONGEST_NAME:
        raise BadPerson(N_("Indiquez un nom, de %(longest)d caractères au plus."), field="name", longest=LONGEST_NAME)
    return email, name


def check_door(role: Role, event_id: int | None) -> None:
    """Door staff keep the door of an event. Raises `BadInput`."""
    if role is Role.DOOR and event_id is None:
        raise BadPerson(N_("Choisissez l’événement dont cette personne tient l’accueil."), field="event_id")


def disable_account(db: Session, target_id: int, *, now: datetime, account_id: int | None = None) -> None:
    """Nobody signs in with it any more, and who is signed in is signed out. A second time changes nothing.

    Raises `LastAdministrator`.
    """
    account = the_account(db, target_id)
    if account.disabled_at is not None:
        return
    keep_an_administrator(db, account)
    account.disabled_at = now
    db.add(account)
    end_all_sessions(db, target_id, now=now)
    record_account(db, EntryKind.ACCOUNT_DISABLED, target_id, now=now, account_id=account_id)
    record_access(db, AuditAction.ACCOUNT_CHANGED, now=now, account_id=account_id, subject=("account", target_id))


def the_account(db: Session, account_id: int) -> Account:
    """The account with this id, or `UnknownAccount`."""
    row = db.get(Account, account_id)
    if row is None:
        raise UnknownAccount
    return row


def staff_account(db: Session, account_id: int) -> Account:
    """The account of somebody of staff, or `UnknownAccount`: those of candidates follow their file."""
    account = the_account(db, account_id)
    if account.role in BY_LINK:
        raise UnknownAccount
    return account


def account_of_email(db: Session, email: str) -> Account:
    """The account with this e-mail address, or `UnknownAccount`."""
    row = db.exec(select(Account).where(Account.email == composed(email).lower())).first()
    if row is None:
        raise UnknownAccount
    return row


def account_id_of_email(db: Session, email: str) -> int | None:
    """The id of the account with this address, open or closed; None when there is none."""
    return db.exec(select(Account.id).where(Account.email == composed(email).lower())).first()


def account_with_password(db: Session, *, email: str, password: str) -> int | None:
    """The enabled staff account whose password this is. An unknown address takes as long as a wrong password.

    It takes a tenth of a second: ask it in a reading session.
    """
    row = db.exec(
        select(Account).where(Account.email == composed(email).lower(), col(Account.disabled_at).is_(None))
    ).first()
    usable = row is not None and row.role not in BY_LINK
    right = matches(password, row.password_hash if row is not None and usable else None)
    return row.id if right and row is not None else None


def keep_an_administrator(db: Session, account: Account) -> None:
    """Before `account` stops being an administrator: somebody else must be one who can sign in (an invited
    colleague cannot yet), or `LastAdministrator`. All their rows are held: two who end each other are taken one after
    the other.
    """
    if account.role is not Role.ADMINISTRATOR or account.disabled_at is not None:
        return
    open_ones = (
        select(Account.id)
        .where(
            col(Account.role) == Role.ADMINISTRATOR,
            col(Account.disabled_at).is_(None),
            col(Account.password_hash).is_not(None),
        )
        .order_by(col(Account.id))
        .with_for_update()
    )
    if set(db.exec(open_ones)) <= {account.id}:
        raise LastAdministrator


def record_account(db: Session, kind: EntryKind, target_id: int, *, now: datetime, account_id: int | None) -> None:
    """Write to the journal what became of an account; `account_id` is who did it."""
    record(db, kind, subject=("account", target_id), now=now, account_id=account_id)
