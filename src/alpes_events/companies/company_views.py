"""A company as it is read on a day: its places, and whether it is of the territory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from alpes_events.companies.models import Company, CompanySize, Establishment, SiaeKind
from alpes_events.companies.queries import establishments_of, the_company
from alpes_events.companies.records import families
from alpes_events.territory.queries import territory_members

COMPLETED = ("siren", "naf", "size", "siae_kind", "website", "activity", "logo_id")
"""What a record that was merged says of the company where the one that stands says nothing."""


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


def company_view(db: Session, company_id: int, *, on: date) -> CompanyView:
    """A company as it is on a day. Raises `UnknownCompany`."""
    return company_views(db, [the_company(db, company_id)], on=on)[0]


def company_views(db: Session, rows: Sequence[Company], *, on: date) -> list[CompanyView]:
    """These companies, in their order, with the places of the records merged into them, and what only those say."""
    if not rows:
        return []
    family = families(db, (row.id or 0 for row in rows))
    places = establishments_of(db, [one for ids in family.values() for one in ids])
    members = territory_members(db, on=on)
    views = [_view(row, [place for one in family[row.id or 0] for place in places[one]], members) for row in rows]
    merged = [one for own, ids in family.items() for one in ids if one != own]
    if not merged:
        return views
    others = db.exec(select(Company).where(col(Company.id).in_(merged)).order_by(col(Company.id))).all()
    return [_completed(view, [one for one in others if one.id in family[view.id]]) for view in views]


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


def _completed(view: CompanyView, others: Sequence[Company]) -> CompanyView:
    """The view with what only a record merged into it says. Nothing is written: parted, each has its own."""
    found = {
        name: next((getattr(one, name) for one in others if getattr(one, name)), None)
        for name in COMPLETED
        if not getattr(view, name)
    }
    return replace(view, **{name: value for name, value in found.items() if value})
