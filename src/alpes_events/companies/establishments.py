"""Changes to the places where a company works: added, revised, closed. Nothing is deleted."""

from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.companies.draft import (
    BadCompany,
    EstablishmentDraft,
    clean_establishment,
)
from alpes_events.companies.models import Company, Establishment
from alpes_events.companies.queries import (
    records_of_company,
    the_company,
    the_establishment,
)
from alpes_events.companies.siret import BadSiret, siren_of
from alpes_events.companies.trail import record_company
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.folding import fold
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.territory.models import Commune


class CompanyThere(Refusal):
    """The same company is in the list already: by its SIRET, or by name and commune."""

    def __init__(self, *, company_id: int, name: str) -> None:
        super().__init__(N_("Cette entreprise est déjà dans la liste, sous le nom « %(name)s »."), name=name)
        self.company_id = company_id


def add_establishment(
    db: Session, company_id: int, draft: EstablishmentDraft, *, now: datetime, account_id: int | None
) -> int:
    """Add one of a company's places and give its id. Raises `BadSiret` for one of another company, `CompanyThere`."""
    company = the_company(db, company_id)
    place = Establishment(company_id=company_id, created_at=now)
    return _place(db, company, place, draft, now=now, account_id=account_id)


def revise_establishment(
    db: Session, establishment_id: int, draft: EstablishmentDraft, *, now: datetime, account_id: int | None
) -> None:
    """Make one of its places say what the draft says. Raises like `add_establishment`."""
    place = the_establishment(db, establishment_id)
    _place(db, the_company(db, place.company_id), place, draft, now=now, account_id=account_id)


def close_establishment(
    db: Session, establishment_id: int, *, closed: bool, now: datetime, account_id: int | None
) -> None:
    """The company does not work there any more, or does again after all."""
    place = the_establishment(db, establishment_id)
    place.closed_at = (place.closed_at or now) if closed else None
    db.add(place)
    facts: dict[str, Fact] = {"establishment_id": establishment_id, "changed": ["closed_at"]}
    record_company(db, EntryKind.COMPANY_REVISED, place.company_id, facts, now=now, account_id=account_id)


def _place(
    db: Session,
    company: Company,
    place: Establishment,
    draft: EstablishmentDraft,
    *,
    now: datetime,
    account_id: int | None,
) -> int:
    clean = located(db, clean_establishment(draft))
    _check_siret(db, company, place, clean.siret or None)
    place.sqlmodel_update({**asdict(clean), "siret": clean.siret or None})
    company.siren = company.siren or siren_of(place.siret)
    db.add(place)
    db.add(company)
    db.flush()
    assert place.id is not None
    facts: dict[str, Fact] = {"establishment_id": place.id}
    record_company(db, EntryKind.COMPANY_REVISED, place.company_id, facts, now=now, account_id=account_id)
    return place.id


def _check_siret(db: Session, company: Company, place: Establishment, siret: str | None) -> None:
    if siret is None:
        return
    there = db.exec(select(Establishment).where(Establishment.siret == siret)).first()
    if there is not None and there.id != place.id:
        other = db.get_one(Company, there.company_id)
        raise CompanyThere(company_id=other.id or 0, name=other.name)
    others = select(Establishment.id).where(
        col(Establishment.company_id) == company.id, col(Establishment.siret).is_not(None)
    )
    if place.id is not None:
        others = others.where(col(Establishment.id) != place.id)
    if company.siren not in {None, siren_of(siret)} and db.exec(others).first() is not None:
        raise BadSiret(
            N_("Ce SIRET est celui d’une autre entreprise : le SIREN de celle-ci est %(siren)s."),
            field="siret",
            siren=company.siren,
        )
    company.siren = siren_of(siret)


def has_place(db: Session, company_id: int, place: EstablishmentDraft) -> bool:
    """Whether a company, or a record merged into it, is known to work at this (clean) place."""
    records = records_of_company(db, company_id)
    rows = db.exec(select(Establishment).where(col(Establishment.company_id).in_(records))).all()
    if place.siret:
        return any(row.siret == place.siret for row in rows)
    wanted = place.insee_code or fold(place.commune_name)
    return not wanted or any(wanted in {row.insee_code, fold(row.commune_name)} for row in rows)


def located(db: Session, place: EstablishmentDraft) -> EstablishmentDraft:
    """The place with the name of a listed commune as the list has it."""
    if place.insee_code is None:
        return place
    commune = db.get(Commune, place.insee_code)
    if commune is None:
        raise BadCompany(N_("Cette commune n’est pas dans la liste : choisissez-la de nouveau."), field="commune_name")
    return EstablishmentDraft(**{**asdict(place), "commune_name": commune.name})
