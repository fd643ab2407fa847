"""Companies as a coordinator looks through them: by words, territory, kind, size, contacts; sorted, in pages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, case, false, true
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, or_, select

from alpes_events.companies.models import (
    Company,
    CompanyContact,
    CompanySize,
    CompanySpeaker,
    Establishment,
    SiaeKind,
    SpeakerState,
)
from alpes_events.companies.queries import CompanyView, company_views
from alpes_events.companies.records import merged_companies, standing_id
from alpes_events.database.page import Page, Part
from alpes_events.language.folding import fold
from alpes_events.territory.queries import territory_members

_BETWEEN_DIGITS = re.compile(r"[\s.]")
_SHORTEST_NUMBER = 6


class Where(StrEnum):
    """Whether a company works in the territory on the day that the list is read."""

    ALL = "all"
    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class CompanyGroup(StrEnum):
    """Companies that have something in common that asks for care."""

    ALL = "all"
    NO_CONTACT = "no_contact"
    REQUESTS = "requests"
    SIAE = "siae"


class CompanyOrder(StrEnum):
    """What a list of companies is sorted by."""

    NAME = "name"
    SINCE = "since"


@dataclass(frozen=True)
class CompanyChoice:
    """Which companies to list."""

    text: str = ""
    group: CompanyGroup = CompanyGroup.ALL
    where: Where = Where.ALL
    size: CompanySize | None = None
    siae_kind: SiaeKind | None = None

    @property
    def narrowed(self) -> bool:
        """Whether more than the group was chosen."""
        return self != CompanyChoice(group=self.group)


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
    conditions = [*_conditions(db, choice, merged, members), _in_group(choice.group, merged)]
    count = db.exec(select(func.count()).select_from(Company).where(*conditions)).one()
    keys = [key.desc() if descending else key for key in _ORDERS[order]]
    rows = db.exec(
        select(Company).where(*conditions).order_by(*keys, col(Company.id)).offset(part.offset).limit(part.size)
    ).all()
    return Page(_lines(db, rows, merged, on=on), count, part)


def group_counts(db: Session, choice: CompanyChoice, *, on: date) -> dict[CompanyGroup, int]:
    """How many companies each group would list with the rest of the choice."""
    merged, members = merged_companies(), territory_members(db, on=on)
    sums = [func.coalesce(func.sum(case((_in_group(group, merged), 1), else_=0)), 0) for group in CompanyGroup]
    row = db.execute(columns(*sums).select_from(Company).where(*_conditions(db, choice, merged, members))).one()
    return {group: int(count) for group, count in zip(CompanyGroup, row, strict=True)}


_ORDERS: dict[CompanyOrder, tuple[Any, ...]] = {
    CompanyOrder.NAME: (col(Company.search_name),),
    CompanyOrder.SINCE: (col(Company.created_at),),
}


def _conditions(db: Session, choice: CompanyChoice, merged: CTE, members: frozenset[str]) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [col(Company.merged_into).is_(None)]
    if choice.text:
        conditions.append(_meant(db, choice.text, merged))
    if choice.where is not Where.ALL:
        conditions.append(_works(choice.where, merged, members))
    if choice.size is not None:
        conditions.append(col(Company.size) == choice.size)
    if choice.siae_kind is not None:
        conditions.append(col(Company.siae_kind) == choice.siae_kind)
    return conditions


def _meant(db: Session, text: str, merged: CTE) -> ColumnElement[bool]:
    """Every word begins one of the name or of a commune; a number begins a SIRET."""
    digits = _BETWEEN_DIGITS.sub("", text)
    if digits.isascii() and digits.isdigit() and len(digits) >= _SHORTEST_NUMBER:
        return _among(Establishment.company_id, merged, col(Establishment.siret).startswith(digits, autoescape=True))
    words = fold(text).split()
    communes = db.exec(select(Establishment.commune_name).distinct()).all() if words else []
    return and_(false() if not words else true(), *(_said(word, communes, merged) for word in words))


def _said(word: str, communes: Sequence[str], merged: CTE) -> ColumnElement[bool]:
    name = col(Company.search_name)
    begun = name.startswith(word, autoescape=True) | name.contains(f" {word}", autoescape=True)
    named = [one for one in communes if any(part.startswith(word) for part in fold(one).split())]
    return or_(
        _among(Company.id, merged, begun),
        _among(Establishment.company_id, merged, col(Establishment.commune_name).in_(named)),
    )


def _works(where: Where, merged: CTE, members: frozenset[str]) -> ColumnElement[bool]:
    open_one = col(Establishment.closed_at).is_(None)
    said = open_one & (col(Establishment.insee_code).is_not(None) | (col(Establishment.commune_name) != ""))
    known = _among(Establishment.company_id, merged, said)
    inside = _among(Establishment.company_id, merged, open_one & col(Establishment.insee_code).in_(sorted(members)))
    match where:
        case Where.INSIDE:
            return inside
        case Where.OUTSIDE:
            return known & ~inside
        case _:
            return ~known


def _in_group(group: CompanyGroup, merged: CTE) -> ColumnElement[bool]:
    match group:
        case CompanyGroup.NO_CONTACT:
            return ~_among(CompanyContact.company_id, merged, *_AT_WORK)
        case CompanyGroup.REQUESTS:
            return _among(CompanySpeaker.company_id, merged, col(CompanySpeaker.state) == SpeakerState.ASKED)
        case CompanyGroup.SIAE:
            return col(Company.siae_kind).is_not(None)
        case _:
            return col(Company.id).is_not(None)


_AT_WORK = (col(CompanyContact.left_at).is_(None), col(CompanyContact.erased_at).is_(None))


def _among(company_id: Any, merged: CTE, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """The company stands for one of which a row of `company_id`'s table meets the conditions."""
    found: Select[int] = (
        columns(standing_id(company_id, merged)).outerjoin(merged, merged.c.id == company_id).where(*conditions)
    )
    return col(Company.id).in_(found)


def _lines(db: Session, rows: Sequence[Company], merged: CTE, *, on: date) -> tuple[CompanyLine, ...]:
    ids = [row.id or 0 for row in rows]
    contacts = _counts(db, CompanyContact.company_id, merged, ids, *_AT_WORK)
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
