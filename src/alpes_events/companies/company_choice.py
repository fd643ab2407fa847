"""Which companies are looked for: by words, territory, kind, size and what asks for care; as conditions on rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, false, true
from sqlalchemy import select as columns
from sqlmodel import Session, col, or_, select

from alpes_events.companies.models import (
    Company,
    CompanyContact,
    CompanySize,
    CompanySpeaker,
    Establishment,
    SiaeKind,
    SpeakerState,
)
from alpes_events.companies.records import standing_id
from alpes_events.language.folding import fold

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


def conditions_of(
    db: Session, choice: CompanyChoice, merged: CTE, members: frozenset[str]
) -> list[ColumnElement[bool]]:
    """What a record must meet to be among those chosen, whatever its group."""
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


def in_group(group: CompanyGroup, merged: CTE) -> ColumnElement[bool]:
    """What a record must meet to be in a group."""
    match group:
        case CompanyGroup.NO_CONTACT:
            return ~_among(CompanyContact.company_id, merged, *AT_WORK)
        case CompanyGroup.REQUESTS:
            return _among(CompanySpeaker.company_id, merged, col(CompanySpeaker.state) == SpeakerState.ASKED)
        case CompanyGroup.SIAE:
            return col(Company.siae_kind).is_not(None)
        case _:
            return col(Company.id).is_not(None)


AT_WORK = (col(CompanyContact.left_at).is_(None), col(CompanyContact.erased_at).is_(None))


def _among(company_id: Any, merged: CTE, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """The company stands for one of which a row of `company_id`'s table meets the conditions."""
    found: Select[int] = (
        columns(standing_id(company_id, merged)).outerjoin(merged, merged.c.id == company_id).where(*conditions)
    )
    return col(Company.id).in_(found)
