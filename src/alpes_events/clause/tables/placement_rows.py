"""Rows about who is placed on a lot, and the plans that propose it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field

from alpes_events.database.rows import CLAUSE, STAFF, JsonColumn, Row, enum_column, personal


class PlacementState(StrEnum):
    """How far a placement has come. `REFUSED` by the company, `DECLINED` by the person."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DECLINED = "declined"
    HIRED = "hired"
    WITHDRAWN = "withdrawn"


_OPEN = "state IN ('proposed', 'accepted')"


class Placement(Row, table=True):
    """A person proposed for the work of a lot, with one of its companies; `run_id` is the ranking that found them."""

    __tablename__ = "placement"
    __table_args__ = (
        Index(
            "uq_placement_open",
            "candidate_id",
            "lot_id",
            unique=True,
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    candidate_id: int = personal(CLAUSE, foreign_key="candidate.id", index=True)
    lot_id: int = personal(CLAUSE, foreign_key="clause_lot.id", index=True)
    company_id: int | None = personal(CLAUSE, None, foreign_key="company.id")
    state: PlacementState = personal(CLAUSE, sa_type=enum_column(PlacementState))
    assessment_id: int | None = personal(CLAUSE, None, foreign_key="eligibility_assessment.id")
    run_id: int | None = personal(CLAUSE, None, foreign_key="ranking_run.id")
    plan_id: int | None = personal(CLAUSE, None, foreign_key="placement_plan.id")
    starts_on: date | None = personal(CLAUSE, None)
    planned_minutes: int | None = personal(CLAUSE, None)
    created_at: datetime = personal(CLAUSE)
    created_by: int | None = personal(STAFF, None, foreign_key="account.id")
    moved_at: datetime = personal(CLAUSE)


class PlacementPlanState(StrEnum):
    """What became of a proposed plan."""

    DRAFT = "draft"
    SET_ASIDE = "set_aside"


class PlacementPlan(Row, table=True):
    """A proposal of who could be placed where: ids and minutes. `stints` are `[candidate, lot, start, end, minutes]`
    with days as ISO; `lots` are `[lot, due, reached, shortage]`; a person accepts line by line, which makes placements.
    """

    __tablename__ = "placement_plan"

    id: int | None = Field(default=None, primary_key=True)
    state: PlacementPlanState = Field(default=PlacementPlanState.DRAFT, sa_type=enum_column(PlacementPlanState))
    first_on: date
    last_on: date
    stints: list[Any] = personal(CLAUSE, default_factory=list, sa_type=JsonColumn)
    lots: list[Any] = Field(default_factory=list, sa_type=JsonColumn)
    figures: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    made_at: datetime
    made_by: int | None = personal(STAFF, None, foreign_key="account.id")
