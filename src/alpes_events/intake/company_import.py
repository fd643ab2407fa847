"""Writing the rows of `companies`."""

from sqlmodel import Session, col, func, select

from alpes_events.companies.commands import find_or_add_company
from alpes_events.companies.contacts import find_or_add_contact
from alpes_events.companies.draft import EstablishmentDraft
from alpes_events.companies.models import Company
from alpes_events.intake.company_rows import CompanyRecord
from alpes_events.intake.desk import Desk, Outcome
from alpes_events.intake.event_import import listed_commune


def write_company(db: Session, desk: Desk, record: CompanyRecord) -> Outcome:
    """Add a company, or complete the one that it certainly is; and the contact there, if one is named."""
    insee_code = listed_commune(db, record.place) if record.place.said else None
    place = EstablishmentDraft(
        siret=record.siret,
        address=record.address,
        insee_code=insee_code,
        commune_name=record.place.name,
        postal_code=record.place.postal_code,
    )
    newest = db.exec(select(func.max(col(Company.id)))).one() or 0
    company_id = find_or_add_company(db, record.company, place, now=desk.now, account_id=desk.account_id)
    if record.contact is not None:
        find_or_add_contact(db, company_id, record.contact, now=desk.now, account_id=desk.account_id)
    return Outcome.ADDED if company_id > newest else Outcome.THERE
