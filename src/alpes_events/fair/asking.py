"""Asking for a stand without an account: the company found or added, its contact, and the request, in one go."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, select

from alpes_events.companies.commands import find_or_add_company
from alpes_events.companies.company_views import company_view
from alpes_events.companies.contacts import ContactDraft, find_or_add_contact
from alpes_events.companies.draft import CompanyDraft, EstablishmentDraft
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.refusals import BadRequest
from alpes_events.fair.request import StandDraft
from alpes_events.fair.requests import Asker, StandAnswerGiven, request_stand
from alpes_events.language.sentence import N_


def ask_for_stand(
    db: Session,
    event_id: int,
    draft: StandDraft,
    *,
    place: EstablishmentDraft,
    contact: ContactDraft,
    form_key: str,
    now: datetime,
    language: str = "fr",
) -> StandAnswerGiven:
    """Ask for a stand as somebody at a company, who proved nothing: what was known of the company is not overwritten.

    Raises what `request_stand`, `find_or_add_company` and `add_contact` do, each with the field.
    """
    if not contact.email.strip():
        raise BadRequest(N_("Indiquez une adresse e-mail : nous y répondons à votre demande."), field="email")
    known = db.exec(select(Exhibitor).where(Exhibitor.form_key == form_key)).first()
    if known is not None:
        return request_stand(db, event_id, draft, Asker(language=language), form_key=form_key, now=now)
    company = CompanyDraft(draft.exhibitor.name)
    company_id = find_or_add_company(db, company, place, now=now, account_id=None)
    contact_id = find_or_add_contact(db, company_id, contact, now=now, account_id=None)
    asker = Asker(company_id, contact_id, rules_accepted=True, language=language)
    located = replace(draft, exhibitor=replace(draft.exhibitor, insee_code=place.insee_code))
    if place.insee_code is None and place.commune_name:
        located = replace(located, exhibitor=replace(located.exhibitor, in_territory=False))
    elif place.insee_code is None:
        home = company_view(db, company_id, on=now.date()).home
        located = replace(located, exhibitor=replace(draft.exhibitor, insee_code=home.insee_code if home else None))
    return request_stand(db, event_id, located, asker, form_key=form_key, now=now)
