"""Questions about companies: which record stands for one, and which is certainly the one that is meant."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from alpes_events.companies.draft import CompanyDraft, EstablishmentDraft
from alpes_events.companies.models import Company, Establishment
from alpes_events.companies.records import families
from alpes_events.language.folding import fold
from alpes_events.language.refusal import NotFound
from alpes_events.language.sentence import N_
from alpes_matching.companies import CompanyRecord, core_name, same_company


class UnknownCompany(NotFound):
    """No such company."""

    def __init__(self) -> None:
        super().__init__(N_("Cette entreprise n’est pas dans la liste."))


class UnknownEstablishment(NotFound):
    """No such establishment of this company."""

    def __init__(self) -> None:
        super().__init__(N_("Cet établissement n’est pas, ou n’est plus, dans la liste de l’entreprise."))


def the_company(db: Session, company_id: int) -> Company:
    """The company, or `UnknownCompany`."""
    row = db.get(Company, company_id, populate_existing=True)
    if row is None:
        raise UnknownCompany
    return row


def the_establishment(db: Session, establishment_id: int, *, company_id: int | None = None) -> Establishment:
    """The establishment (of this company), or `UnknownEstablishment`."""
    row = db.get(Establishment, establishment_id, populate_existing=True)
    if row is None or company_id not in {None, row.company_id}:
        raise UnknownEstablishment
    return row


def company_draft(db: Session, company_id: int) -> CompanyDraft:
    """What the company would be written as. Raises `UnknownCompany`."""
    row = the_company(db, company_id)
    return CompanyDraft(
        row.name,
        naf=row.naf or "",
        size=row.size,
        siae_kind=row.siae_kind,
        website=row.website,
        activity=row.activity,
        logo_id=row.logo_id,
    )


def establishment_draft(row: Establishment) -> EstablishmentDraft:
    """What one of its places would be written as."""
    return EstablishmentDraft(row.name, row.siret or "", row.address, row.insee_code, row.commune_name, row.postal_code)


def standing_company(db: Session, row: Company) -> Company:
    """The record that stands for this one after merges: itself, or the end of the chain."""
    seen = {row.id}
    while row.merged_into is not None and row.merged_into not in seen:
        seen.add(row.merged_into)
        row = db.get_one(Company, row.merged_into)
    return row


def records_of_company(db: Session, company_id: int) -> tuple[int, ...]:
    """The company's record and every record merged into it, directly or by way of another, by id. Ask with the record
    that stands.
    """
    return families(db, [company_id])[company_id]


def certain_company(db: Session, name: str, place: EstablishmentDraft) -> Company | None:
    """The company that is certainly this one: the same SIRET, else the same name (accents, legal form and punctuation
    apart) in the same commune, with no SIREN that differs. The record that stands for it.
    """
    if place.siret:
        owner = db.exec(
            select(Company)
            .join(Establishment, col(Establishment.company_id) == col(Company.id))
            .where(Establishment.siret == place.siret)
        ).first()
        if owner is not None:
            return standing_company(db, owner)
    rows = db.exec(select(Company).where(Company.core_name == core_name(name)).order_by(col(Company.id))).all()
    sirets = (place.siret,) if place.siret else ()
    wanted = CompanyRecord(0, name, siren=place.siret[:9], sirets=sirets, communes=_communes(place))
    known = {record.id: record for record in company_records(db, rows)}
    found = next((row for row in rows if same_company(wanted, known[row.id or 0])), None)
    return None if found is None else standing_company(db, found)


def company_records(db: Session, rows: Sequence[Company]) -> list[CompanyRecord]:
    """What is compared of these companies, in their order."""
    places = establishments_of(db, [row.id or 0 for row in rows])
    return [
        CompanyRecord(
            row.id or 0,
            row.name,
            siren=row.siren or "",
            sirets=tuple(place.siret for place in places[row.id or 0] if place.siret),
            communes=tuple(name for place in places[row.id or 0] for name in _communes(place)),
        )
        for row in rows
    ]


def establishments_of(db: Session, company_ids: Sequence[int]) -> dict[int, list[Establishment]]:
    """The places of each of these records, by id."""
    found: dict[int, list[Establishment]] = {one: [] for one in company_ids}
    rows = db.exec(
        select(Establishment).where(col(Establishment.company_id).in_(company_ids)).order_by(col(Establishment.id))
    )
    for row in rows:
        found[row.company_id].append(row)
    return found


def _communes(place: EstablishmentDraft | Establishment) -> tuple[str, ...]:
    """The place's commune by its code, else by its folded name."""
    said = place.insee_code or fold(place.commune_name)
    return (said,) if said else ()
