"""The records of one person. A merge writes `merged_into` and moves no row, so that it can be undone: whoever counts
or gathers by person follows the links with what stands here.
"""

from collections.abc import Iterable

from sqlalchemy import CTE, ColumnElement, Select, func, literal
from sqlalchemy import select as columns
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import Session, col, select

from alpes_events.database.parts import parts
from alpes_events.people.models import Candidate


def merged_records() -> CTE:
    """Every record that was merged, with the one that stands for it at the end of its chain (`id`, `kept_id`).

    For SQL that counts persons: join it outer on the candidate's id, and take `canonical_id`. It is as small as the
    number of merges.
    """
    kept = aliased(Candidate)
    roots = (
        columns(col(Candidate.id).label("id"), col(kept.id).label("kept_id"))
        .join(kept, col(kept.id) == col(Candidate.merged_into))
        .where(col(kept.merged_into).is_(None))
        .cte("merged_record", recursive=True)
    )
    further = columns(col(Candidate.id), roots.c.kept_id).join(roots, col(Candidate.merged_into) == roots.c.id)
    return roots.union_all(further)


def canonical_id(candidate_id: Mapped[int] | Mapped[int | None], merged: CTE) -> ColumnElement[int]:
    """The record that stands for `candidate_id`, where `merged` (of `merged_records`) is joined outer on it::

    merged = merged_records()
    person = canonical_id(col(Registration.candidate_id), merged)
    select(func.count(distinct(person))).select_from(Registration).outerjoin(
        merged, merged.c.id == col(Registration.candidate_id)
    )
    """
    found: ColumnElement[int] = func.coalesce(merged.c.kept_id, candidate_id)
    return found


def merged_into(db: Session) -> dict[int, int]:
    """Every record that was merged, with the one that stands for it: as many as there are merges."""
    merged = merged_records()
    return {one.id: one.kept_id for one in db.execute(columns(merged.c.id, merged.c.kept_id))}


def canonical_ids(db: Session, candidate_ids: Iterable[int]) -> dict[int, int]:
    """For each of these records the one that stands for it (itself, when it was not merged)."""
    wanted = sorted(set(candidate_ids))
    merged = merged_records()
    kept: dict[int, int] = {}
    for part in parts(wanted):
        rows = db.execute(columns(merged.c.id, merged.c.kept_id).where(merged.c.id.in_(part)))
        kept |= {row.id: row.kept_id for row in rows}
    return {one: kept.get(one, one) for one in wanted}


def records_of(db: Session, candidate_id: int) -> tuple[int, ...]:
    """The person's record and every record merged into it, directly or by way of another, by id.

    Ask with the record that stands for the person (`queries.canonical`).
    """
    return tuple(sorted(db.scalars(records_of_person(literal(candidate_id)))))


def records_of_person(candidate_id: ColumnElement[int]) -> Select[int]:
    """The ids of `records_of` as a question, to stand within another."""
    own = columns(candidate_id.label("id")).cte("person_record", recursive=True)
    merged = columns(col(Candidate.id)).join(own, col(Candidate.merged_into) == own.c.id)
    return columns(own.union(merged).c.id)


def records_of_all(db: Session, candidate_ids: Iterable[int]) -> dict[int, int]:
    """`records_of` for many at once: every record of these persons, each with the one that stands for it."""
    standing = sorted(set(candidate_ids))
    merged, found = merged_records(), {one: one for one in standing}
    for part in parts(standing):
        rows = db.execute(columns(merged.c.id, merged.c.kept_id).where(merged.c.kept_id.in_(part)))
        found |= {row.id: row.kept_id for row in rows}
    return found


def standing_records(db: Session, candidate_ids: Iterable[int]) -> dict[int, Candidate]:
    """For each of these records the row that stands for it (its own, when it was not merged)."""
    kept = canonical_ids(db, candidate_ids)
    rows = records_numbered(db, kept.values())
    return {one: rows[kept[one]] for one in kept if kept[one] in rows}


def records_numbered(db: Session, candidate_ids: Iterable[int]) -> dict[int, Candidate]:
    """The rows of these records, as they are."""
    return {
        row.id or 0: row
        for part in parts(sorted(set(candidate_ids)))
        for row in db.exec(select(Candidate).where(col(Candidate.id).in_(part)))
    }
