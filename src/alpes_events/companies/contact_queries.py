"""Contacts of companies as they are read: who they are and what they do there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.companies.models import CompanyContact, ContactRole
from alpes_events.companies.queries import records_of_company, standing_company, the_company
from alpes_events.language.refusal import NotFound
from alpes_events.language.sentence import N_
from alpes_events.people.identity import (
    display_telephone,
)


class UnknownContact(NotFound):
    """No such contact of this company, or one that was erased."""

    def __init__(self) -> None:
        super().__init__(N_("Ce contact n’est pas, ou n’est plus, dans la liste de l’entreprise."))


@dataclass(frozen=True)
class ContactView:
    """A contact as read. `telephone` is written as people read it; `left_at`: does not work there any more."""

    id: int
    company_id: int
    establishment_id: int | None
    given_name: str
    family_name: str
    email: str
    telephone: str
    role: ContactRole
    language: str
    created_at: datetime
    last_active_at: datetime
    left_at: datetime | None

    @property
    def name(self) -> str:
        """Both names."""
        return f"{self.given_name} {self.family_name}".strip()


def the_contact(db: Session, contact_id: int, *, company_ids: tuple[int, ...] = ()) -> CompanyContact:
    """The contact (of one of these records of a company), or `UnknownContact`."""
    row = db.get(CompanyContact, contact_id, populate_existing=True)
    if row is None or row.erased_at is not None or (company_ids and row.company_id not in company_ids):
        raise UnknownContact
    return row


def contacts_of_company(db: Session, company_id: int) -> tuple[ContactView, ...]:
    """The contacts of a company and of the records merged into it: those who left last."""
    kept = standing_company(db, the_company(db, company_id)).id or 0
    return contacts_of_records(db, records_of_company(db, kept))


def contacts_of_records(db: Session, records: Collection[int]) -> tuple[ContactView, ...]:
    """The contacts of these records of a company: those who left last."""
    rows = db.exec(
        select(CompanyContact)
        .where(col(CompanyContact.company_id).in_(records), col(CompanyContact.erased_at).is_(None))
        .order_by(col(CompanyContact.left_at).isnot(None), col(CompanyContact.search_name), col(CompanyContact.id))
    )
    return tuple(contact_view(row) for row in rows)


def contact_view(row: CompanyContact) -> ContactView:
    """The contact as read."""
    return ContactView(
        id=row.id or 0,
        company_id=row.company_id,
        establishment_id=row.establishment_id,
        given_name=row.given_name,
        family_name=row.family_name,
        email=row.email or "",
        telephone=display_telephone(row.telephone),
        role=row.role,
        language=row.language,
        created_at=row.created_at,
        last_active_at=row.last_active_at,
        left_at=row.left_at,
    )
