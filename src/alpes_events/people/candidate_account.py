"""The account of a candidate: made when they first ask to sign in, it follows their e-mail address."""

from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.language.folding import composed
from alpes_events.people.account_address import EmailTaken, address_of_its_own
from alpes_events.people.accounts import LONGEST_NAME, AccountIn, create_account, the_account
from alpes_events.people.models import Account, Candidate, Role
from alpes_events.people.queries import canonical
from alpes_events.people.sessions import end_all_sessions
from alpes_events.people.sign_in_rule import BY_LINK


def account_to_sign_in(db: Session, email: str, *, now: datetime) -> int | None:
    """The account that a sign-in link for this e-mail address would open, made now for a candidate who has none yet.

    None for an address that nobody has, or that is staff's: the page shown must not differ, so that nobody learns who
    is known.
    """
    address = composed(email).lower()
    account = db.exec(select(Account).where(Account.email == address)).first()
    if account is not None:
        return account.id if account.role in BY_LINK and account.disabled_at is None else None
    candidate = db.exec(select(Candidate).where(Candidate.email == address).order_by(col(Candidate.id))).first()
    if candidate is None:
        return None
    kept = canonical(db, candidate)
    name = f"{kept.given_name} {kept.family_name}"[:LONGEST_NAME]
    made = AccountIn(address, name, Role.CANDIDATE, candidate_id=kept.id, language=kept.language)
    try:
        return create_account(db, made, now=now)
    except EmailTaken:  # they asked twice at the same moment
        return account_to_sign_in(db, address, now=now)


def candidates_of(db: Session, account_id: int) -> tuple[int, ...]:
    """The ids of the records that a candidate's account opens: its own, and those that share its e-mail address (a
    family's mailbox gets the messages of all of them anyway), each followed to the record that stands for it.
    """
    account = the_account(db, account_id)
    if account.role is not Role.CANDIDATE:
        return ()
    rows = db.exec(
        select(Candidate)
        .where((col(Candidate.id) == account.candidate_id) | (col(Candidate.email) == account.email))
        .where(col(Candidate.erased_at).is_(None))
        .order_by(col(Candidate.id))
    )
    return tuple(dict.fromkeys(kept.id for kept in (canonical(db, row) for row in rows) if kept.id is not None))


def follow_email(db: Session, candidate_id: int, email: str | None, *, now: datetime) -> None:
    """A candidate's address changed: their account takes the new one, or is disabled when there is none or another
    account has it. Either way every browser is signed out.
    """
    accounts = db.exec(select(Account).where(Account.candidate_id == candidate_id, col(Account.disabled_at).is_(None)))
    for account in accounts.all():
        if email is None or not _takes(db, account, email):
            account.disabled_at = now
            db.add(account)
        end_all_sessions(db, account.id or 0, now=now)


def _takes(db: Session, account: Account, email: str) -> bool:
    """Give the account this address. False when another has it."""
    if account.email == email:
        return True
    try:
        with address_of_its_own(db, email):
            account.email = email
            db.add(account)
    except EmailTaken:
        return False
    return True
