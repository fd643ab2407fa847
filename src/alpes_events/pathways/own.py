"""Pathways as the person themself may read them, all told, in a few questions for any number of them."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from alpes_events.pathways.directory import pathways_of
from alpes_events.pathways.models import (
    Enrolment,
    EnrolmentCriterion,
    PathwayExit,
    PathwayStep,
    ReservedCriterion,
    ReservedExit,
)


@dataclass(frozen=True)
class OwnPathway:
    """A pathway as the person themself may read it: criteria and the reason to leave are named, of health too."""

    enrolment: Enrolment
    left: PathwayExit | None
    reason: str
    criteria: tuple[str, ...]
    steps: tuple[PathwayStep, ...]


def own_pathways(db: Session, candidate_ids: tuple[int, ...]) -> list[OwnPathway]:
    """The pathways of one person's records, the latest entry first; not for pages of the team."""
    rows = pathways_of(db, candidate_ids)
    ids = [enrolment.id or 0 for enrolment, _left in rows]
    reserved = {one.enrolment_id: one.reason for one in db.exec(_of(ReservedExit, ids))}
    criteria: dict[int, list[str]] = {}
    for table in (EnrolmentCriterion, ReservedCriterion):
        for one in db.exec(_of(table, ids)):
            criteria.setdefault(one.enrolment_id, []).append(one.code)
    steps: dict[int, list[PathwayStep]] = {}
    standing = _of(PathwayStep, ids).where(col(PathwayStep.withdrawn_at).is_(None))
    for step in db.exec(standing.order_by(col(PathwayStep.starts_on), col(PathwayStep.id))):
        steps.setdefault(step.enrolment_id, []).append(step)
    return [
        OwnPathway(
            enrolment=enrolment,
            left=left,
            reason=reserved.get(enrolment.id or 0, left.reason if left else ""),
            criteria=tuple(sorted(criteria.get(enrolment.id or 0, ()))),
            steps=tuple(steps.get(enrolment.id or 0, ())),
        )
        for enrolment, left in rows
    ]


def _of(table: Any, ids: list[int]) -> Any:
    return select(table).where(col(table.enrolment_id).in_(ids))
