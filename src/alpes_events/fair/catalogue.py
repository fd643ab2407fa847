"""The catalogue of an event: who will be there, village by village, as everybody reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from alpes_events.companies.models import Company
from alpes_events.companies.records import merged_companies
from alpes_events.fair.call import villages_of
from alpes_events.fair.logo import logos_of_stands
from alpes_events.fair.models import Booth, Exhibitor, Hall
from alpes_events.fair.plan_queries import comers
from alpes_events.territory.models import Commune


@dataclass(frozen=True)
class CatalogueStand:
    """An exhibitor as everybody sees it: no name of a person. `village_id` None is outside the villages, `booth` « »
    has no number yet, `logo_id` None is no logo.
    """

    id: int
    name: str
    village_id: int | None
    village: str
    booth: str
    hall: str
    commune: str
    looking_for: str
    activity: str
    website: str
    logo_id: int | None

    @property
    def text(self) -> str:
        """What a search looks into."""
        return f"{self.name} {self.looking_for} {self.activity} {self.village} {self.commune}"


def catalogue_of(db: Session, event_id: int) -> list[CatalogueStand]:
    """Who will be there: village by village in their order, by name; who is in no village comes last."""
    rows = comers(db, event_id)
    villages = {village.id or 0: village.name for village in villages_of(db, event_id)}
    spots, communes, companies = _spots(db, event_id), _communes(db, rows), _companies(db, rows)
    logos = logos_of_stands(db, rows)
    stands = [
        CatalogueStand(
            id=row.id or 0,
            name=row.name,
            village_id=row.village_id if row.village_id in villages else None,
            village=villages.get(row.village_id or 0, ""),
            booth=spots.get(row.id, ("", ""))[0],
            hall=spots.get(row.id, ("", ""))[1],
            commune=communes.get(row.insee_code or "", ""),
            looking_for=row.looking_for,
            activity=companies.get(row.company_id, ("", ""))[0],
            website=companies.get(row.company_id, ("", ""))[1],
            logo_id=logos.get(row.id or 0),
        )
        for row in rows
    ]
    order = {village_id: place for place, village_id in enumerate(villages)}
    return sorted(stands, key=lambda one: (order.get(one.village_id or 0, len(order)), one.name.casefold()))


def _spots(db: Session, event_id: int) -> dict[int | None, tuple[str, str]]:
    """The number and the hall of each exhibitor who has a booth."""
    rows = db.exec(
        select(Booth.exhibitor_id, Booth.number, Hall.name)
        .join(Hall, col(Hall.id) == col(Booth.hall_id))
        .where(col(Booth.event_id) == event_id, col(Booth.exhibitor_id).is_not(None))
    )
    return {exhibitor_id: (number, hall) for exhibitor_id, number, hall in rows}


def _communes(db: Session, rows: Sequence[Exhibitor]) -> dict[str, str]:
    codes = {row.insee_code for row in rows if row.insee_code}
    named = select(Commune.insee_code, Commune.name).where(col(Commune.insee_code).in_(codes))
    return dict(db.exec(named).all())


def _companies(db: Session, rows: Sequence[Exhibitor]) -> dict[int | None, tuple[str, str]]:
    """What each company does, and its site, as the record says that stands for it."""
    merged, kept = merged_companies(), aliased(Company)
    found = db.exec(
        select(
            Company.id,
            func.coalesce(kept.activity, Company.activity),
            func.coalesce(kept.website, Company.website),
        )
        .outerjoin(merged, merged.c.id == Company.id)
        .outerjoin(kept, col(kept.id) == merged.c.kept_id)
        .where(col(Company.id).in_({row.company_id for row in rows if row.company_id is not None}))
    )
    return {company_id: (activity, website) for company_id, activity, website in found}
