"""Companies, contacts and employers for tests."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from alpes_events.companies.awareness import note_awareness
from alpes_events.companies.awareness_rows import AwarenessSubject
from alpes_events.companies.commands import add_company, revise_company
from alpes_events.companies.contacts import ContactDraft, add_contact
from alpes_events.companies.domains import approve_domain
from alpes_events.companies.draft import CompanyDraft, EstablishmentDraft
from alpes_events.companies.employer_account import employer_account
from alpes_events.companies.logo import give_logo
from alpes_events.companies.queries import company_draft
from alpes_events.companies.speakers import ask_to_speak, speak_by_invitation
from tests.support.drawn import picture
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


def settle_companies(db: Session) -> None:
    """Two companies that may be one, with a contact, a domain, somebody who speaks for the first and who asks to."""
    place = EstablishmentDraft(siret=SIRET, address="3 rue du Lys", insee_code="59328")
    draft = CompanyDraft("Atelier du Nord", website="https://atelier.example", activity="Menuiserie")
    company_id = add_company(db, draft, place, now=NOW, account_id=None)
    a_company(db, "Ateliers du Nord")
    contact = ContactDraft("Haddad", "Rachida", "rh@atelier.example", "03 20 00 00 00")
    add_contact(db, company_id, contact, now=NOW, account_id=None)
    approve_domain(db, company_id, "atelier.example", now=NOW, account_id=None)
    note_awareness(db, company_id, AwarenessSubject.WORK_STUDY, NOW.date(), today=NOW.date(), now=NOW, account_id=None)
    an_employer(db, "employer-0@example.org", company_id=company_id)
    ask_to_speak(db, company_id, asker_id=an_employer(db, "paul.petit@example.org"), now=NOW)
    give_logo(db, company_id, picture(), name="logo.png", now=NOW, account_id=None)
    draft = company_draft(db, company_id)
    revise_company(db, company_id, replace(draft, activity="Menuiserie et charpente"), now=NOW, account_id=None)


__all__ = [
    "LAMBERSART",
    "LA_MADELEINE",
    "OTHER_SIRET",
    "SAME_SIREN",
    "SIRET",
    "a_company",
    "an_employer",
    "settle_companies",
]
