"""Changes to companies and their establishments: found or added, revised, closed. Nothing is deleted."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from alpes_events.companies.doubles import propose_doubles_of
from alpes_events.companies.draft import (
    NOWHERE,
    BadCompany,
    CompanyDraft,
    EstablishmentDraft,
    clean_company,
    clean_establishment,
)
from alpes_events.companies.models import Company, Establishment
from alpes_events.companies.queries import (
    certain_company,
    company_draft,
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
from alpes_events.versions.commands import keep_former
from alpes_matching.companies import core_name

_DERIVED = frozenset({"search_name", "core_name"})


class CompanyThere(Refusal):
    """The same company is in the list already: by its SIRET, or by name and commune."""

    def __init__(self, *, company_id: int, name: str) -> None:
        super().__init__(N_("Cette entreprise est déjà dans la liste, sous le nom « %(name)s »."), name=name)
        self.company_id = company_id


def add_company(
    db: Session,
    company: CompanyDraft,
    establishment: EstablishmentDraft = NOWHERE,
    *,
    now: datetime,
    account_id: int | None,
) -> int:
    """Add a company with its first establishment (when anything is said of it) and give its id.

    Raises `CompanyThere`, `BadCompany`, `BadSiret`.
    """
    clean, place = clean_company(company), _located(db, clean_establishment(establishment))
    known = certain_company(db, clean.name, place)
    if known is not None:
        raise CompanyThere(company_id=known.id or 0, name=known.name)
    return _add(db, clean, place, now=now, account_id=account_id)


def find_or_add_company(
    db: Session,
    company: CompanyDraft,
    establishment: EstablishmentDraft = NOWHERE,
    *,
    now: datetime,
    account_id: int | None,
) -> int:
    """The company that is certainly this one (`queries.certain_company`), or a new one. Gives its id.

    What was known is not overwritten; what was missing is filled in, and a place that was not known is added.
    """
    clean, place = clean_company(company), _located(db, clean_establishment(establishment))
    known = certain_company(db, clean.name, place)
    if known is None:
        return _add(db, clean, place, now=now, account_id=account_id)
    assert known.id is not None
    _fill_in(db, known, clean, now=now, account_id=account_id)
    if place.says_something and not has_place(db, known.id, place):
        add_establishment(db, known.id, place, now=now, account_id=account_id)
    return known.id


def company_as_named(
    db: Session, company: CompanyDraft, establishment: EstablishmentDraft, *, now: datetime, account_id: int | None
) -> int:
    """The company that is certainly this one, left as it is (whoever names it may not speak for it), or a new one."""
    clean, place = clean_company(company), _located(db, clean_establishment(establishment))
    known = certain_company(db, clean.name, place)
    return _add(db, clean, place, now=now, account_id=account_id) if known is None else known.id or 0


def revise_company(
    db: Session, company_id: int, draft: CompanyDraft, *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    """Make a company say what the draft says. Gives the names of what changed. Raises `BadCompany`."""
    company, before = the_company(db, company_id), asdict(company_draft(db, company_id))
    changed = _write(db, company, _columns(clean_company(draft)), now=now, account_id=account_id)
    if changed:
        keep_former(db, company_subject(company_id), before, now=now, account_id=account_id)
    return changed


def company_subject(company_id: int) -> tuple[str, str]:
    """Whose former versions those of a company are."""
    return "company", str(company_id)


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


def _add(db: Session, clean: CompanyDraft, place: EstablishmentDraft, *, now: datetime, account_id: int | None) -> int:
    company = Company(**_columns(clean), siren=siren_of(place.siret or None), created_at=now, revised_at=now)
    db.add(company)
    db.flush()
    assert company.id is not None
    record_company(db, EntryKind.COMPANY_ADDED, company.id, now=now, account_id=account_id)
    if place.says_something:
        add_establishment(db, company.id, place, now=now, account_id=account_id)
    propose_doubles_of(db, company.id, now=now)
    return company.id


def _columns(clean: CompanyDraft) -> dict[str, Any]:
    core = core_name(clean.name)
    return {**asdict(clean), "naf": clean.naf or None, "search_name": fold(clean.name), "core_name": core}


def _fill_in(db: Session, company: Company, clean: CompanyDraft, *, now: datetime, account_id: int | None) -> None:
    wanted = _columns(clean)
    missing = {name: wanted[name] for name in ("naf", "size", "siae_kind", "website", "activity")}
    _write(
        db,
        company,
        {name: value for name, value in missing.items() if value and not getattr(company, name)},
        now=now,
        account_id=account_id,
    )


def _write(
    db: Session, company: Company, wanted: dict[str, Any], *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    changed = [name for name, value in wanted.items() if getattr(company, name) != value and name not in _DERIVED]
    if changed:
        company.sqlmodel_update({**wanted, "revised_at": now})
        db.add(company)
        facts: dict[str, Fact] = {"changed": changed}
        record_company(db, EntryKind.COMPANY_REVISED, company.id or 0, facts, now=now, account_id=account_id)
    return tuple(changed)


def _place(
    db: Session,
    company: Company,
    place: Establishment,
    draft: EstablishmentDraft,
    *,
    now: datetime,
    account_id: int | None,
) -> int:
    clean = _located(db, clean_establishment(draft))
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


def _located(db: Session, place: EstablishmentDraft) -> EstablishmentDraft:
    """The place with the name of a listed commune as the list has it."""
    if place.insee_code is None:
        return place
    commune = db.get(Commune, place.insee_code)
    if commune is None:
        raise BadCompany(N_("Cette commune n’est pas dans la liste : choisissez-la de nouveau."), field="commune_name")
    return EstablishmentDraft(**{**asdict(place), "commune_name": commune.name})
