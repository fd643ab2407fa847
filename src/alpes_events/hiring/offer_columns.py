"""A clean draft as the columns of an offer: its place and whose it is looked up, its words put into stems."""

from dataclasses import asdict
from typing import Any

from sqlmodel import Session

from alpes_events.companies.models import Company, Establishment
from alpes_events.companies.queries import the_company, the_establishment
from alpes_events.fair.models import Exhibitor
from alpes_events.hiring.models import RecruitmentOperation
from alpes_events.hiring.offer_draft import BadOffer, OfferDraft, clean_offer
from alpes_events.language.sentence import N_, say
from alpes_events.occupations.queries import version_of
from alpes_events.territory.models import Commune
from alpes_matching.stems import stems

_LONGEST_WORDS = 4000


def offer_columns(db: Session, draft: OfferDraft) -> dict[str, Any]:
    """The draft as columns of `JobOffer`, its place and whose it is looked up."""
    clean = clean_offer(draft)
    company = the_company(db, clean.company_id)
    place = None
    if clean.establishment_id is not None:
        place = the_establishment(db, clean.establishment_id, company_id=clean.company_id)
    _check_whose(db, clean)
    columns: dict[str, Any] = {**asdict(clean), **_workplace(db, clean, place)}
    columns |= {name: list(columns[name]) for name in ("required_skills", "desirable_skills", "languages")}
    if clean.rome_code and not clean.rome_version:
        columns["rome_version"] = version_of(db, clean.rome_code)
    columns |= {name: columns[name] or None for name in ("rome_code", "rome_version")}
    return {**columns, "search_words": _search_words(clean, company, columns["commune_name"])}


def _workplace(db: Session, draft: OfferDraft, place: Establishment | None) -> dict[str, str | None]:
    """Where the work is done: as written, else the establishment's commune."""
    if place is not None and draft.insee_code is None and not draft.commune_name:
        return {name: getattr(place, name) for name in ("insee_code", "commune_name", "postal_code")}
    if draft.insee_code is None:
        return {"insee_code": None, "commune_name": draft.commune_name, "postal_code": draft.postal_code}
    commune = db.get(Commune, draft.insee_code)
    if commune is None:
        raise BadOffer({"commune_name": say(N_("Cette commune n’est pas dans la liste : choisissez-la de nouveau."))})
    return {"insee_code": draft.insee_code, "commune_name": commune.name, "postal_code": draft.postal_code}


def _check_whose(db: Session, draft: OfferDraft) -> None:
    """The stand or the operation is that of the same company."""
    if draft.exhibitor_id is not None:
        stand = db.get(Exhibitor, draft.exhibitor_id)
        if stand is None or stand.company_id not in {None, draft.company_id}:
            raise BadOffer({"exhibitor_id": say(N_("Ce stand n’est pas celui de cette entreprise."))})
    if draft.operation_id is not None:
        operation = db.get(RecruitmentOperation, draft.operation_id)
        if operation is None or operation.company_id != draft.company_id:
            raise BadOffer({"operation_id": say(N_("Cette opération n’est pas celle de cette entreprise."))})


def _search_words(draft: OfferDraft, company: Company, commune: str) -> str:
    told = " ".join((draft.title, company.name, commune, *draft.required_skills, *draft.desirable_skills))
    return f" {' '.join(stems(told))} "[:_LONGEST_WORDS]
