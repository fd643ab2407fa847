"""Which company a line of a file means, when it names one and little more: nothing is guessed where two fit."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.companies.commands import find_or_add_company
from alpes_events.companies.company_views import company_view
from alpes_events.companies.draft import CompanyDraft, EstablishmentDraft, clean_company, clean_establishment
from alpes_events.companies.establishments import add_establishment, has_place
from alpes_events.companies.models import Company, Establishment
from alpes_events.companies.queries import company_records, standing_company
from alpes_events.language.folding import fold
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_matching.companies import CompanyRecord, core_name


class SeveralCompaniesFit(BadInput):
    """More than one company of the list could be the one that is named."""

    def __init__(self, *, name: str, others: str) -> None:
        super().__init__(
            N_(
                "Plusieurs entreprises peuvent être « %(name)s » : %(others)s. Ajoutez le SIRET ou la commune, ou"
                " réunissez les fiches, puis importez de nouveau."
            ),
            field="name",
            name=name[:80],
            others=others,
        )


def tie_company(db: Session, name: str, place: EstablishmentDraft, *, now: datetime, account_id: int | None) -> int:
    """The company that this name and place mean, or a new one; what was not known of where it works is filled in.

    By SIRET; else the only one of this name (as companies are recognised) in this commune; else, where either commune
    is not known, the only one of this name. Raises `SeveralCompaniesFit`, `BadCompany`, `BadSiret`.
    """
    clean, where = clean_company(CompanyDraft(name)), clean_establishment(place)
    fitting = fitting_companies(db, clean.name, where)
    if len(fitting) > 1:
        raise SeveralCompaniesFit(name=clean.name, others=_told(db, fitting, now=now))
    if not fitting:
        return find_or_add_company(db, clean, where, now=now, account_id=account_id)
    company_id = fitting[0].id or 0
    if where.says_something and not has_place(db, company_id, where):
        add_establishment(db, company_id, where, now=now, account_id=account_id)
    return company_id


def fitting_companies(db: Session, name: str, place: EstablishmentDraft) -> list[Company]:
    """The companies that stand and could be the one of this name and (clean) place, by id: one for each company."""
    if place.siret and (owner := _owner(db, place.siret)) is not None:
        return [owner]
    alike = select(Company).where(Company.core_name == core_name(name)).order_by(col(Company.id))
    rows = [row for row in db.exec(alike) if not _contradicts(row.siren, place.siret)]
    there = {fold(place.insee_code or place.commune_name)} - {""}
    known = company_records(db, rows)
    near = [row for row, record in zip(rows, known, strict=True) if _meets(record, there)]
    open_ = [row for row, record in zip(rows, known, strict=True) if not there or not record.communes]
    standing = {one.id or 0: one for one in (standing_company(db, row) for row in near or open_)}
    return [standing[number] for number in sorted(standing)]


def _owner(db: Session, siret: str) -> Company | None:
    row = db.exec(
        select(Company)
        .join(Establishment, col(Establishment.company_id) == col(Company.id))
        .where(Establishment.siret == siret)
    ).first()
    return None if row is None else standing_company(db, row)


def _contradicts(siren: str | None, siret: str) -> bool:
    return bool(siren and siret) and siren != siret[:9]


def _meets(record: CompanyRecord, there: set[str]) -> bool:
    return not there.isdisjoint(fold(one) for one in record.communes)


def _told(db: Session, companies: Sequence[Company], *, now: datetime) -> str:
    """« Filature (Lambersart, n° 12), Filature (n° 15) »."""
    views = [company_view(db, one.id or 0, on=now.date()) for one in companies[:5]]
    named = ((view.name, view.home.commune_name if view.home else "", f"n° {view.id}") for view in views)
    return ", ".join(f"{name} ({', '.join(filter(None, about))})" for name, *about in named)
