"""Beginnings of stories of hiring: a company, an offer that is shown, somebody who applies."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from alpes_events.companies.commands import find_or_add_company
from alpes_events.companies.draft import CompanyDraft, EstablishmentDraft
from alpes_events.hiring.applying import ApplicationForm, apply_for
from alpes_events.hiring.codes import ContractKind, Proposer
from alpes_events.hiring.commands import add_offer, publish_offer
from alpes_events.hiring.offer_draft import OfferDraft
from alpes_events.people.commands import find_or_create_candidate
from tests.support.stories import NOW, somebody


def a_company(db: Session, name: str = "Boulangerie du Beffroi", *, insee_code: str | None = "59328") -> int:
    """A company with one place in Lambersart, unless told otherwise."""
    place = EstablishmentDraft(insee_code=insee_code, commune_name="" if insee_code else "Ailleurs")
    return find_or_add_company(db, CompanyDraft(name), place, now=NOW, account_id=None)


def a_draft(company_id: int, **changes: object) -> OfferDraft:
    """A baker's shop looks for somebody who sells, in Lambersart."""
    draft = OfferDraft(
        title="Vendeur ou vendeuse en boulangerie",
        contract=ContractKind.CDI,
        company_id=company_id,
        insee_code="59328",
        description="Vous servez les clients.\n\nVous tenez la caisse.",
        required_skills=("Accueillir un client",),
    )
    return replace(draft, **changes)  # type: ignore[arg-type]


def an_offer(db: Session, *, now: datetime = NOW, company_id: int | None = None, **changes: object) -> int:
    """An offer that is shown."""
    draft = a_draft(company_id or a_company(db), **changes)
    offer_id = add_offer(db, draft, now=now, account_id=None)
    publish_offer(db, offer_id, now=now, account_id=None)
    return offer_id


def applies(db: Session, offer_id: int, number: int, *, now: datetime = NOW, **changes: object) -> int:
    """Person `number` of the stories applies."""
    candidate_id = find_or_create_candidate(db, somebody(number), now=now)
    form = ApplicationForm(offer_id=offer_id, candidate_id=candidate_id, proposer=Proposer.SELF)
    return apply_for(db, replace(form, **changes), now=now)  # type: ignore[arg-type]
