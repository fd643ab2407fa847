"""The account of an employer: made when a contact first asks to sign in, or when somebody is invited."""

from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.companies.contact_queries import contact_view
from alpes_events.companies.contacts import contacts_are_active
from alpes_events.companies.domains import company_of_domain
from alpes_events.companies.models import Company, CompanyContact
from alpes_events.companies.queries import standing_company
from alpes_events.companies.speakers import NoEmployer, speak_by_domain
from alpes_events.language.folding import composed
from alpes_events.people.accounts import LONGEST_NAME, AccountIn, create_account
from alpes_events.people.identity import clean_email
from alpes_events.people.models import Account, Role


def employer_to_sign_in(db: Session, email: str, *, now: datetime) -> int | None:
    """The employer's account that a sign-in link for this address would open, made now for a contact, or for somebody
    at a domain that a coordinator approved, who has none yet.

    None for an address that nobody here has, or that has another account: the page shown must not differ.
    """
    address = composed(email).lower()
    account = db.exec(select(Account).where(Account.email == address)).first()
    if account is not None:
        opens = account.role is Role.EMPLOYER and account.disabled_at is None
        return account.id if opens else None
    contact = _contact(db, address)
    if contact is None and company_of_domain(db, address) is None:
        return None
    return employer_account(db, address, now=now, account_id=None)


def employer_account(
    db: Session, email: str, *, name: str = "", language: str = "fr", now: datetime, account_id: int | None
) -> int:
    """The employer's account with this address, made when there is none. Gives its id.

    Raises `BadInput` by field, `NoEmployer` for an address with another kind of account, or one that is closed.
    """
    address = clean_email(email)
    account = db.exec(select(Account).where(Account.email == address)).first()
    if account is not None:
        if account.role is not Role.EMPLOYER or account.disabled_at is not None:
            raise NoEmployer
        return account.id or 0
    contact = _contact(db, address)
    if contact is not None:
        name, language = name or contact_view(contact).name, contact.language
    made = AccountIn(address, (name or address)[:LONGEST_NAME], Role.EMPLOYER, language=language)
    return create_account(db, made, now=now, account_id=account_id)


def employer_signed_in(db: Session, account_id: int, *, now: datetime) -> None:
    """Somebody proved that they read mail at this address: their contacts are alive, and an approved domain lets them
    speak for its company.
    """
    account = db.get_one(Account, account_id)
    if account.role is Role.EMPLOYER:
        account.last_active_at = now
        db.add(account)
        contacts_are_active(db, account.email, now=now)
        speak_by_domain(db, account_id, now=now)


def companies_of_contact(db: Session, email: str) -> tuple[int, ...]:
    """The companies (the records that stand) where somebody with this address is a contact who has not left."""
    rows = db.exec(
        select(Company)
        .join(CompanyContact, col(CompanyContact.company_id) == col(Company.id))
        .where(
            CompanyContact.email == email,
            col(CompanyContact.left_at).is_(None),
            col(CompanyContact.erased_at).is_(None),
        )
    )
    return tuple(sorted({standing_company(db, row).id or 0 for row in rows}))


def _contact(db: Session, address: str) -> CompanyContact | None:
    return db.exec(
        select(CompanyContact)
        .where(CompanyContact.email == address, col(CompanyContact.erased_at).is_(None))
        .order_by(col(CompanyContact.left_at).isnot(None), col(CompanyContact.id))
    ).first()
