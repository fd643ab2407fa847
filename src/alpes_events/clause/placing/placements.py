"""The placements of a lot, as its page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from alpes_events.clause.eligibility.placement_states import OPEN_PLACEMENTS
from alpes_events.clause.tables.placement_rows import Placement
from alpes_events.companies.models import Company
from alpes_events.companies.records import merged_companies, standing_id
from alpes_events.people.records import standing_records


@dataclass(frozen=True)
class PlacementLine:
    """A placement with names; `person_id` is the record that stands for the person, None once they are erased."""

    placement: Placement
    person_id: int | None
    name: str
    company: str


def placements_of_lot(db: Session, lot_id: int) -> list[PlacementLine]:
    """The placements of a lot, those that wait for something first, then the last moved; in a fixed number of
    questions.
    """
    merged = merged_companies()
    rows = db.exec(
        select(Placement, Company.name)
        .join(merged, merged.c.id == col(Placement.company_id), isouter=True)
        .outerjoin(Company, col(Company.id) == standing_id(col(Placement.company_id), merged))
        .where(Placement.lot_id == lot_id)
        .order_by(col(Placement.moved_at).desc(), col(Placement.id).desc())
    ).all()
    names = person_names(db, [row.candidate_id for row, _company in rows])
    lines = [PlacementLine(row, *names[row.candidate_id], company or "") for row, company in rows]
    return sorted(lines, key=lambda one: one.placement.state not in OPEN_PLACEMENTS)


def person_names(db: Session, candidate_ids: list[int]) -> Mapping[int, tuple[int | None, str]]:
    """For each record the id and name of who stands for it; None and no name once they are erased."""
    found = standing_records(db, candidate_ids)
    return {
        one: (row.id, f"{row.given_name} {row.family_name}")
        if (row := found.get(one)) is not None and row.erased_at is None
        else (None, "")
        for one in candidate_ids
    }
