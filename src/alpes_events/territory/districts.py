"""The priority districts (QPV) that are known, list by list: each national list counts between its own days."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from alpes_events.territory.models import Commune, PriorityDistrict
from alpes_events.territory.priority_districts import GENERATIONS


@dataclass(frozen=True)
class DistrictLine:
    """One district, with the commune where it lies."""

    code: str
    name: str
    commune: str


@dataclass(frozen=True)
class DistrictList:
    """One national list, valid in `[from_on, until_on)`, with the districts that we know of it."""

    year: int
    from_on: date
    until_on: date | None
    districts: tuple[DistrictLine, ...]

    def counts_on(self, day: date) -> bool:
        """Whether this is the list that counts on that day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


def district_lists(db: Session) -> list[DistrictList]:
    """Every list, the newest first."""
    rows = db.exec(
        select(PriorityDistrict, Commune.name)
        .join(Commune, col(Commune.insee_code) == col(PriorityDistrict.insee_code))
        .order_by(col(Commune.search_name), col(PriorityDistrict.name))
    ).all()
    return [
        DistrictList(
            year=one.year,
            from_on=one.from_on,
            until_on=one.until_on,
            districts=tuple(
                DistrictLine(district.code, district.name, commune)
                for district, commune in rows
                if district.generation == one.year
            ),
        )
        for one in sorted(GENERATIONS.values(), key=lambda one: -one.year)
    ]
