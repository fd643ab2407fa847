"""Questions about companies: which record stands for one, where it works, whether it is of the territory on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from alpes_events.companies.draft import CompanyDraft, EstablishmentDraft
from alpes_events.companies.models import Company, CompanySize, Establishment, SiaeKind
from alpes_events.companies.records import families
from alpes_events.language.folding import fold
from alpes_events.language.refusal import NotFound
from alpes_events.language.sentence import N_
from alpes_events.territory.queries import territory_members
from alpes_matching.companies import CompanyRecord, core_name, same_company


class UnknownCompany(NotFound):
    """No such company."""

    def __init__(self) -> None:
        super().__init__(N_("Cette entreprise n’est pas dans la liste."))


class UnknownEstablishment(NotFound):
    """No such establishment of this company."""

    def __init__(self) -> None:
        super().__init__(N_("Cet établissement n’est pas, ou n’est plus, dans la liste de l’entreprise."))


@dataclass(frozen=True)
class EstablishmentView:
    """One of a company's places, as read."""

    id: int
    company_id: int
    name: str
    siret: str | None
    address: str
    insee_code: str | None
    commune_name: str
    postal_code: str
    closed_at: datetime | None


@dataclass(frozen=True)
class CompanyView:
    """A company with its places, the open ones first. `in_territory` None: nobody said where it works."""

    id: int
    name: str
    siren: str | None
    naf: str | None
    size: CompanySize | None
    siae_kind: SiaeKind | None
    website: str
    activity: str
    logo_id: int | None
    created_at: datetime
    merged_into: int | None
    establishments: tuple[EstablishmentView, ...]
    in_territory: bool | None

    @property
    def home(self) -> EstablishmentView | None:
        """Where it is said to be: its first open place, else its first."""
        return next(iter(self.establishments), None)


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
    places = _places(db, [row.id or 0 for row in rows])
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


def company_view(db: Session, company_id: int, *, on: date) -> CompanyView:
    """A company as it is on a day. Raises `UnknownCompany`."""
    return company_views(db, [the_company(db, company_id)], on=on)[0]


def company_views(db: Session, rows: Sequence[Company], *, on: date) -> list[CompanyView]:
    """These companies, in their order, with the places of the records merged into them, and what only those say."""
    if not rows:
        return []
    family = families(db, (row.id or 0 for row in rows))
    places = _places(db, [one for ids in family.values() for one in ids])
    members = territory_members(db, on=on)
    views = [_view(row, [place for one in family[row.id or 0] for place in places[one]], members) for row in rows]
    merged = [one for own, ids in family.items() for one in ids if one != own]
    if not merged:
        return views
    others = db.exec(select(Company).where(col(Company.id).in_(merged)).order_by(col(Company.id))).all()
    return [_completed(view, [one for one in others if one.id in family[view.id]]) for view in views]


COMPLETED = ("siren", "naf", "size", "siae_kind", "website", "activity", "logo_id")
"""What a record that was merged says of the company where the one that stands says nothing."""


def _completed(view: CompanyView, others: Sequence[Company]) -> CompanyView:
    """The view with what only a record merged into it says. Nothing is written: parted, each has its own."""
    found = {
        name: next((getattr(one, name) for one in others if getattr(one, name)), None)
        for name in COMPLETED
        if not getattr(view, name)
    }
    return replace(view, **{name: value for name, value in found.items() if value})


def companies_numbered(db: Session, ids: Iterable[int], *, on: date) -> list[CompanyView]:
    """The companies with these ids, by name."""
    rows = db.exec(select(Company).where(col(Company.id).in_(list(ids))).order_by(col(Company.search_name))).all()
    return company_views(db, rows, on=on)


def _view(row: Company, places: Iterable[Establishment], members: frozenset[str]) -> CompanyView:
    ordered = sorted(places, key=lambda place: (place.closed_at is not None, place.id or 0))
    return CompanyView(
        id=row.id or 0,
        name=row.name,
        siren=row.siren,
        naf=row.naf,
        size=row.size,
        siae_kind=row.siae_kind,
        website=row.website,
        activity=row.activity,
        logo_id=row.logo_id,
        created_at=row.created_at,
        merged_into=row.merged_into,
        establishments=tuple(_place_view(place) for place in ordered),
        in_territory=_inside(ordered, members),
    )


def _place_view(place: Establishment) -> EstablishmentView:
    return EstablishmentView(
        id=place.id or 0,
        company_id=place.company_id,
        name=place.name,
        siret=place.siret,
        address=place.address,
        insee_code=place.insee_code,
        commune_name=place.commune_name,
        postal_code=place.postal_code,
        closed_at=place.closed_at,
    )


def _inside(places: Sequence[Establishment], members: frozenset[str]) -> bool | None:
    """Whether one of its open places is in the territory; a commune that is not listed is outside it."""
    said = [place for place in places if place.closed_at is None and (place.insee_code or place.commune_name)]
    return any(place.insee_code in members for place in said) if said else None


def _places(db: Session, company_ids: Sequence[int]) -> dict[int, list[Establishment]]:
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
