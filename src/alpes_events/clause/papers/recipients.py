"""To whom a document is addressed: a company with the address of its first open establishment."""

from sqlmodel import Session

from alpes_events.companies.models import Company
from alpes_events.companies.queries import establishments_of, records_of_company


def recipient_words(db: Session, company_id: int) -> str:
    """Name, street, postal code and town, a line each; the name alone when no address is known."""
    places = establishments_of(db, records_of_company(db, company_id))
    own = [place for record in (company_id, *places) for place in places.get(record, []) if place.closed_at is None]
    place = next((one for one in own if one.address or one.commune_name), None)
    lines = [db.get_one(Company, company_id).name]
    if place is not None:
        lines += [place.address, f"{place.postal_code} {place.commune_name}".strip()]
    return "\n".join(line for line in lines if line)
