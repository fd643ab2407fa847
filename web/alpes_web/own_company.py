"""The company that an employer asks for by its address, when they speak for it."""

from sqlmodel import Session

from alpes_events.companies.company_views import CompanyView, company_view
from alpes_events.companies.speaking import own_company
from alpes_web.clocks import today
from alpes_web.visitor import the_visitor


def the_own_company(db: Session, company_id: int) -> CompanyView:
    """The company as it stands; 404 when the visitor does not speak for it, as for one that does not exist."""
    return company_view(db, own_company(db, company_id, account_id=the_visitor().account_id).id or 0, on=today())
