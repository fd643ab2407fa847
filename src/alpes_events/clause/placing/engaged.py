"""Where people are taken: at work on a lot, or proposed for one."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy import select as columns
from sqlmodel import Session, col

from alpes_events.clause.eligibility.placement_states import OPEN_PLACEMENTS
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.placement_rows import Placement, PlacementPlan, PlacementState
from alpes_events.people.records import canonical_id, merged_records

FULL_WEEK = 35 * 60
"""Minutes a week of somebody who did not say otherwise: the legal working time."""
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Engagement:
    """A person on a lot in [`first_on`, `last_on`], both included (None: no end is known). `state` of a placement that
    is open; None: at work. `weekly` minutes, where they are known; `planned` minutes of a placement in all.
    """

    lot_id: int
    first_on: date | None
    last_on: date | None
    state: PlacementState | None = None
    weekly: int | None = None
    planned: int | None = None

    @property
    def works(self) -> bool:
        """Whether there is an employment contract."""
        return self.state is None

    def meets(self, first: date, last: date | None) -> bool:
        """Whether it takes a day of [`first`, `last`]."""
        begins, ends = self.first_on or date.min, self.last_on or date.max
        return begins <= (last or date.max) and first <= ends


def engagements(
    db: Session, candidate_ids: Collection[int] | None, *, since: date
) -> dict[int, tuple[Engagement, ...]]:
    """By person (the record that stands for them), where they are taken on that day or later; in three questions.

    None: everybody.
    """
    found: defaultdict[int, list[Engagement]] = defaultdict(list)
    merged = merged_records()
    person = canonical_id(col(EmploymentContract.candidate_id), merged)
    works = columns(EmploymentContract, person).outerjoin(merged, merged.c.id == col(EmploymentContract.candidate_id))
    for row, who in _rows(db, works.where(col(EmploymentContract.withdrawn_at).is_(None)), person, candidate_ids):
        last = row.ended_on or row.ends_on
        if last is None or last >= since:
            found[who].append(Engagement(row.lot_id, row.starts_on, last, weekly=row.weekly_minutes))
    merged = merged_records()
    person = canonical_id(col(Placement.candidate_id), merged)
    placed = columns(Placement, person).outerjoin(merged, merged.c.id == col(Placement.candidate_id))
    rows = _rows(db, placed.where(col(Placement.state).in_(OPEN_PLACEMENTS)), person, candidate_ids)
    ends = _planned_ends(db, {row.plan_id for row, _who in rows if row.plan_id is not None})
    for row, who in rows:
        last = ends.get((row.plan_id, row.candidate_id, row.lot_id, row.starts_on)) or last_of(row)
        found[who].append(Engagement(row.lot_id, row.starts_on, last, row.state, planned=row.planned_minutes))
    return {who: tuple(sorted(ones, key=_order)) for who, ones in found.items()}


def weeks_needed(minutes: int, weekly: int) -> int:
    """Whole weeks for so many minutes."""
    return -(-minutes // weekly)


def _rows(
    db: Session, asked: Select[Any, int], person: ColumnElement[int], candidate_ids: Collection[int] | None
) -> list[tuple[Any, int]]:
    if candidate_ids is not None:
        asked = asked.where(person.in_(candidate_ids))
    return [(row, who) for row, who in db.execute(asked)]


def _planned_ends(db: Session, plan_ids: set[int]) -> dict[tuple[int | None, int, int, date | None], date]:
    """The last day of each line of these plans, by plan, person, lot and first day."""
    plans = db.execute(
        columns(col(PlacementPlan.id), col(PlacementPlan.stints)).where(col(PlacementPlan.id).in_(plan_ids))
    )
    return {
        (plan_id, who, lot_id, date.fromisoformat(first)): date.fromisoformat(end) - timedelta(days=1)
        for plan_id, stints in plans
        for who, lot_id, first, end, _minutes in stints
    }


def last_of(placement: Placement) -> date | None:
    """The last day that a placement would take, at full weeks; None: it says nothing of days."""
    if placement.starts_on is None or placement.planned_minutes is None:
        return None
    return placement.starts_on + weeks_needed(placement.planned_minutes, FULL_WEEK) * _WEEK - timedelta(days=1)


def _order(one: Engagement) -> tuple[bool, date, int]:
    return (not one.works, one.first_on or date.max, one.lot_id)
