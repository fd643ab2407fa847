"""Whom one may propose for an offer while ranking is off: by name, with what they look for and what was decided."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.database.page import Page, Part
from alpes_events.hiring.project_rows import JobProject
from alpes_events.hiring.ranking_decisions import shelf, standing
from alpes_events.hiring.ranking_rows import RankingDecision
from alpes_events.people.models import Candidate
from alpes_events.people.records import canonical_id, merged_records


@dataclass(frozen=True)
class PersonByHand:
    """One person who said what they look for: the titles as written, and when."""

    candidate_id: int
    name: str
    titles: tuple[str, ...]
    said_at: datetime
    decision: RankingDecision | None


def people_by_hand(
    db: Session, offer_id: int, *, part: Part, among: Collection[int] | None = None
) -> Page[PersonByHand]:
    """One page of everybody who said what they look for and does not object; of these people alone, when given.

    Who was kept comes first and who was set aside last, as in a ranking; within that nothing but the name counts.
    """
    decisions = standing(db, offer_id)
    people = [one for one in _people(db) if among is None or one.person in among]
    people.sort(key=lambda one: (shelf(decisions.get(one.person)), one.search_name, one.person))
    shown = people[part.offset : part.offset + part.size]
    projects = select(JobProject).where(col(JobProject.id).in_([one.project_id for one in shown]))
    said = {project.id: project for project in db.exec(projects)}
    rows = tuple(_row(one, said[one.project_id], decisions) for one in shown)
    return Page(rows, len(people), part)


def _people(db: Session) -> list[Any]:
    """The person, their last project and their names; whoever objects is left out."""
    merged = merged_records()
    person = canonical_id(col(JobProject.candidate_id), merged)
    rows = db.execute(
        columns(
            person.label("person"),
            col(JobProject.id).label("project_id"),
            col(JobProject.objected_at),
            col(Candidate.search_name),
            col(Candidate.given_name),
            col(Candidate.family_name),
        )
        .outerjoin(merged, merged.c.id == col(JobProject.candidate_id))
        .join(Candidate, col(Candidate.id) == person)
        .where(col(Candidate.erased_at).is_(None))
        .order_by(col(JobProject.revised_at), col(JobProject.id))
    )
    last = {row.person: row for row in rows}
    return [row for row in last.values() if row.objected_at is None]


def _row(one: Any, project: JobProject, decisions: Mapping[int, RankingDecision]) -> PersonByHand:
    name = f"{one.given_name} {one.family_name}"
    return PersonByHand(one.person, name, tuple(project.titles), project.revised_at, decisions.get(one.person))
