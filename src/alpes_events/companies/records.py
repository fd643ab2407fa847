"""The records of one company. A merge writes `merged_into` and moves no row: whoever counts or gathers by company
follows the links with what stands here.
"""

from collections.abc import Iterable

from sqlalchemy import CTE, ColumnElement, func
from sqlalchemy import select as columns
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import Session, col

from alpes_events.companies.models import Company


def merged_companies() -> CTE:
    """Every record that was merged, with the one that stands for it at the end of its chain (`id`, `kept_id`)."""
    kept = aliased(Company)
    roots = (
        columns(col(Company.id).label("id"), col(kept.id).label("kept_id"))
        .join(kept, col(kept.id) == col(Company.merged_into))
        .where(col(kept.merged_into).is_(None))
        .cte("merged_company", recursive=True)
    )
    further = columns(col(Company.id), roots.c.kept_id).join(roots, col(Company.merged_into) == roots.c.id)
    return roots.union_all(further)


def standing_id(company_id: Mapped[int] | Mapped[int | None], merged: CTE) -> ColumnElement[int]:
    """The record that stands for `company_id`, where `merged` (of `merged_companies`) is joined outer on it."""
    found: ColumnElement[int] = func.coalesce(merged.c.kept_id, company_id)
    return found


def families(db: Session, company_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """For each of these records (that stand) itself and every record merged into it."""
    wanted = sorted(set(company_ids))
    merged = merged_companies()
    found: dict[int, list[int]] = {one: [one] for one in wanted}
    for row in db.execute(columns(merged.c.id, merged.c.kept_id).where(merged.c.kept_id.in_(wanted))):
        found[row.kept_id].append(row.id)
    return {one: tuple(sorted(ids)) for one, ids in found.items()}
