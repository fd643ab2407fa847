"""Companies as a coordinator looks through them: sorted, in pages, with the count of each group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CTE, ColumnElement, case
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from alpes_events.companies.company_choice import AT_WORK, CompanyChoice, CompanyGroup, conditions_of, in_group
from alpes_events.companies.company_views import CompanyView, company_views
from alpes_events.companies.models import (
    Company,
    CompanyContact,
    CompanySpeaker,
    SpeakerState,
)
from alpes_events.companies.records import merged_companies, standing_id
from alpes_events.database.page import Page, Part
from alpes_events.territory.queries import territory_members


class CompanyOrder(StrEnum):
    """What a list of companies is sorted by."""

    NAME = "name"
    SINCE = "since"


@dataclass(frozen=True)
class CompanyLine:
    """One company, with how many contacts work there and how many people speak for it or ask to."""

    company: CompanyView
    contact_count: int
    speaker_count: int
    request_count: int


def listed_companies(
    db: Session,
    choice: CompanyChoice,
    *,
    on: date,
    part: Part,
    order: CompanyOrder = CompanyOrder.NAME,
    descending: bool = False,
) -> Page[CompanyLine]:
    """One page of the companies chosen: the records that stand."""
    merged, members = merged_companies(), territory_members(db, on=on)
    conditions = [*conditions_of(db, choice, merged, members), in_group(choice.group, merged)]
    count = db.exec(select(func.count()).select_from(Company).where(*conditions)).one()
    keys = [key.desc() if descending else key for key in _ORDERS[order]]
    rows = db.exec(
        select(Company).where(*conditions).order_by(*keys, col(Company.id)).offset(part.offset).limit(part.size)
    ).all()
    return Page(_lines(db, rows, merged, on=on), count, part)


def group_counts(db: Session, choice: CompanyChoice, *, on: date) -> dict[CompanyGroup, int]:
    """How many companies each group would list with the rest of the choice."""
    merged, members = merged_companies(), territory_members(db, on=on)
    sums = [func.coalesce(func.sum(case((in_group(group, merged), 1), else_=0)), 0) for group in CompanyGroup]
    row = db.execute(columns(*sums).select_from(Company).where(*conditions_of(db, choice, merged, members))).one()
    return {group: int(count) for group, count in zip(CompanyGroup, row, strict=True)}


_ORDERS: dict[CompanyOrder, tuple[Any, ...]] = {
    CompanyOrder.NAME: (col(Company.search_name),),
    CompanyOrder.SINCE: (col(Company.created_at),),
}


def _lines(db: Session, rows: Sequence[Company], merged: CTE, *, on: date) -> tuple[CompanyLine, ...]:
    ids = [row.id or 0 for row in rows]
    contacts = _counts(db, CompanyContact.company_id, merged, ids, *AT_WORK)
    state = col(CompanySpeaker.state)
    speakers = _counts(db, CompanySpeaker.company_id, merged, ids, state == SpeakerState.APPROVED)
    requests = _counts(db, CompanySpeaker.company_id, merged, ids, state == SpeakerState.ASKED)
    return tuple(
        CompanyLine(view, contacts.get(view.id, 0), speakers.get(view.id, 0), requests.get(view.id, 0))
        for view in company_views(db, rows, on=on)
    )


def _counts(
    db: Session, company_id: Any, merged: CTE, ids: Sequence[int], *conditions: ColumnElement[bool]
) -> dict[int, int]:
    kept = standing_id(company_id, merged)
    rows = db.execute(
        columns(kept, func.count())
        .outerjoin(merged, merged.c.id == company_id)
        .where(kept.in_(ids), *conditions)
        .group_by(kept)
    )
    return {company: int(count) for company, count in rows}
