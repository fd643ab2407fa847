"""Keeping what a person looks for: written, corrected, and whether they want to be ranked by it."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.database.parts import parts
from alpes_events.hiring.project import ProjectDraft, clean_project, columns, draft_of
from alpes_events.hiring.project_rows import JobProject
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.people.records import records_of, records_of_all


def project_of(db: Session, candidate_id: int) -> JobProject | None:
    """The project of a person, by whichever of their records it was kept under; the one last revised stands."""
    kept = select(JobProject).where(col(JobProject.candidate_id).in_(records_of(db, candidate_id)))
    return db.exec(kept.order_by(col(JobProject.revised_at).desc(), col(JobProject.id).desc())).first()


def training_levels(db: Session, candidate_ids: Iterable[int]) -> dict[int, int]:
    """The level of training that each of these persons last told, of all their records; who told none is left out.

    Ask with the records that stand. A level is that of the national framework, 1 to 8.
    """
    owners = records_of_all(db, candidate_ids)
    records, told = sorted(owners), list[tuple[datetime, int, int, int]]()
    for part in parts(records):
        asked = select(JobProject.revised_at, JobProject.id, JobProject.candidate_id, JobProject.training_level).where(
            col(JobProject.candidate_id).in_(part),
            col(JobProject.training_level).is_not(None),
        )
        told += [(at, one or 0, person, level or 0) for at, one, person, level in db.exec(asked)]
    return {owners[person]: level for _at, _one, person, level in sorted(told)}


def training_level(db: Session, candidate_id: int) -> int | None:
    """`training_levels` of one person."""
    return training_levels(db, [candidate_id]).get(candidate_id)


def keep_project(
    db: Session, candidate_id: int, draft: ProjectDraft, *, now: datetime, account_id: int | None
) -> tuple[str, ...]:
    """Keep the whole project as written. Gives the names of the fields that changed; none, nothing is written.

    Raises `BadProject`.
    """
    clean = clean_project(draft)
    row = project_of(db, candidate_id)
    before = ProjectDraft() if row is None else draft_of(row)
    changed = tuple(item.name for item in fields(clean) if getattr(clean, item.name) != getattr(before, item.name))
    if not changed:
        return ()
    row = row or JobProject(candidate_id=candidate_id, created_at=now, revised_at=now)
    for name, value in columns(clean).items():
        setattr(row, name, value)
    _store(db, row, changed, now=now, account_id=account_id)
    return changed


def object_to_ranking(db: Session, candidate_id: int, *, objects: bool, now: datetime, account_id: int | None) -> bool:
    """The person does not want to be ranked any more, or wants to again. Gives whether that is new."""
    row = project_of(db, candidate_id)
    if row is None:
        if not objects:
            return False
        row = JobProject(candidate_id=candidate_id, created_at=now, revised_at=now)
    if (row.objected_at is not None) == objects:
        return False
    row.objected_at = now if objects else None
    _store(db, row, ("objected_at",), now=now, account_id=account_id)
    return True


def _store(db: Session, row: JobProject, changed: Iterable[str], *, now: datetime, account_id: int | None) -> None:
    row.revised_at = now
    row.revised_by = account_id
    db.add(row)
    db.flush()
    facts: dict[str, Fact] = {"changed": list(changed), "objected": row.objected_at is not None}
    subject = ("candidate", row.candidate_id)
    record(db, EntryKind.PROJECT_REVISED, subject=subject, now=now, account_id=account_id, facts=facts)
