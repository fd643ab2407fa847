"""E-mail domains approved for companies: whoever reads mail at one may speak for the company."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.companies.email_domain import BadDomain, clean_domain, domain_of
from alpes_events.companies.models import Company, CompanyDomain
from alpes_events.companies.queries import records_of_company, standing_company, the_company
from alpes_events.companies.trail import record_company
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import NotFound
from alpes_events.language.sentence import N_


class UnknownDomain(NotFound):
    """The domain is not approved for this company."""

    def __init__(self) -> None:
        super().__init__(N_("Ce domaine n’est pas, ou n’est plus, accepté pour cette entreprise."))


def approve_domain(db: Session, company_id: int, text: str, *, now: datetime, account_id: int | None) -> str:
    """Whoever reads mail at this domain may speak for the company from now on. Gives the domain. Raises `BadDomain`."""
    company, domain = standing_company(db, the_company(db, company_id)), clean_domain(text)
    row = db.get(CompanyDomain, domain)
    if row is not None:
        owner = standing_company(db, db.get_one(Company, row.company_id))
        if owner.id != company.id:
            raise BadDomain(N_("Ce domaine est déjà celui de « %(name)s »."), name=owner.name)
        return domain
    db.add(CompanyDomain(domain=domain, company_id=company.id or 0, approved_at=now, approved_by=account_id))
    _record(db, company.id or 0, now=now, account_id=account_id)
    return domain


def drop_domain(db: Session, company_id: int, domain: str, *, now: datetime, account_id: int | None) -> None:
    """Nobody new speaks for the company by this domain; who does already goes on. Raises `UnknownDomain`."""
    row = db.get(CompanyDomain, domain.strip().lower())
    if row is None or row.company_id not in records_of_company(db, company_id):
        raise UnknownDomain
    db.delete(row)
    _record(db, company_id, now=now, account_id=account_id)


def domains_of_company(db: Session, company_id: int) -> tuple[str, ...]:
    """The domains approved for a company and the records merged into it."""
    return domains_of_records(db, records_of_company(db, company_id))


def domains_of_records(db: Session, records: Collection[int]) -> tuple[str, ...]:
    """The domains approved for these records of a company."""
    rows = db.exec(select(CompanyDomain.domain).where(col(CompanyDomain.company_id).in_(records)))
    return tuple(sorted(rows))


def company_of_domain(db: Session, email: str) -> int | None:
    """The company that stands for the one whose approved domain this address is at; None for none."""
    row = db.get(CompanyDomain, domain_of(email))
    return None if row is None else standing_company(db, db.get_one(Company, row.company_id)).id


def _record(db: Session, company_id: int, *, now: datetime, account_id: int | None) -> None:
    db.flush()
    facts: dict[str, Fact] = {"changed": ["domain"]}
    record_company(db, EntryKind.COMPANY_REVISED, company_id, facts, now=now, account_id=account_id)
