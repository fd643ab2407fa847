"""Whether somebody of the team belongs to a company: then they decide nothing about its hours."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from alpes_events.clause.refusals import OwnCompany
from alpes_events.companies.models import Company, CompanyContact, CompanyDomain
from alpes_events.companies.queries import records_of_company, standing_company, the_company
from alpes_events.companies.speaking import spoken_for
from alpes_events.people.models import Account
from alpes_matching.companies import core_name


def belongs_to(db: Session, account_id: int, company_id: int) -> bool:
    """Whether the account speaks for the company, is one of its contacts, writes from its domain, or names it as its
    own structure.
    """
    return the_company(db, company_id).id in own_companies(db, account_id)


def own_companies(db: Session, account_id: int) -> frozenset[int]:
    """Every record of the companies that an account belongs to."""
    account = db.get_one(Account, account_id)
    address = account.email.lower()
    contact = select(CompanyContact.company_id).where(
        col(CompanyContact.email) == address, col(CompanyContact.left_at).is_(None)
    )
    mailed = select(CompanyDomain.company_id).where(CompanyDomain.domain == address.partition("@")[2])
    found = {*spoken_for(db, account_id), *db.exec(contact), *db.exec(mailed)}
    if account.structure:
        found |= {
            one or 0 for one in db.exec(select(Company.id).where(Company.core_name == core_name(account.structure)))
        }
    return frozenset(record for one in found for record in _every_record(db, one))


def _every_record(db: Session, company_id: int) -> Collection[int]:
    return records_of_company(db, standing_company(db, the_company(db, company_id)).id or 0)


def check_is_not_own(db: Session, account_id: int | None, *company_ids: int | None) -> None:
    """Raises `OwnCompany` for somebody who would decide for a company they belong to: the one for which hours count,
    or the one that employs in its place (None: nobody does).
    """
    if account_id is None:
        return
    if any(belongs_to(db, account_id, one) for one in sorted({one for one in company_ids if one is not None})):
        raise OwnCompany
