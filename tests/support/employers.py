"""Companies, contacts and employers for tests."""

from datetime import datetime

from sqlmodel import Session

from alpes_events.companies.commands import add_company
from alpes_events.companies.draft import NOWHERE, CompanyDraft, EstablishmentDraft
from alpes_events.companies.employer_account import employer_account
from alpes_events.companies.speakers import speak_by_invitation
from tests.support.stories import NOW

LAMBERSART = EstablishmentDraft(insee_code="59328")
LA_MADELEINE = EstablishmentDraft(insee_code="59368")
SIRET = "55210055400013"
SAME_SIREN = "55210055400021"
OTHER_SIRET = "73282932000074"


def a_company(
    db: Session, name: str = "Atelier du Nord", place: EstablishmentDraft = LAMBERSART, *, now: datetime = NOW
) -> int:
    """A company in Lambersart. Gives its id."""
    return add_company(db, CompanyDraft(name), place, now=now, account_id=None)


def an_employer(db: Session, email: str = "rh@atelier.example", *, company_id: int | None = None) -> int:
    """An employer's account, which speaks for the company when one is given. Gives its id."""
    account_id = employer_account(db, email, name="Rachida Haddad", now=NOW, account_id=None)
    if company_id is not None:
        speak_by_invitation(db, company_id, account_id, now=NOW, account_id=None)
    return account_id


__all__ = ["LAMBERSART", "LA_MADELEINE", "NOWHERE", "OTHER_SIRET", "SAME_SIREN", "SIRET", "a_company", "an_employer"]
