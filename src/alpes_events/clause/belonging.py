"""Whether somebody of the team belongs to a company: then they decide nothing about its hours."""

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
    account = db.get_one(Account, account_id)
    records = records_of_company(db, standing_company(db, the_company(db, company_id)).id or 0)
    if set(records) & set(spoken_for(db, account_id)):
        return True
    address, _, domain = account.email.lower().partition("@")
    contact = select(CompanyContact.id).where(
        col(CompanyContact.company_id).in_(records),
        col(CompanyContact.email) == f"{address}@{domain}",
        col(CompanyContact.left_at).is_(None),
    )
    mailed = select(CompanyDomain.domain).where(
        col(CompanyDomain.company_id).in_(records), CompanyDomain.domain == domain
    )
    if db.exec(contact).first() is not None or db.exec(mailed).first() is not None:
        return True
    names = set(db.exec(select(Company.core_name).where(col(Company.id).in_(records))))
    return bool(account.structure) and core_name(account.structure) in names


def check_is_not_own(db: Session, account_id: int | None, *company_ids: int | None) -> None:
    """Raises `OwnCompany` for somebody who would decide for a company they belong to: the one for which hours count,
    or the one that employs in its place (None: nobody does).
    """
    if account_id is None:
        return
    if any(belongs_to(db, account_id, one) for one in sorted({one for one in company_ids if one is not None})):
        raise OwnCompany
