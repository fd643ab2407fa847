"""People as a coordinator looks through them: by words, commune, who signed them up, last contact; sorted, in pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, case
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, or_, select

from alpes_events.attendance.models import Registration
from alpes_events.database.page import Page, Part
from alpes_events.people.models import Account, Candidate
from alpes_events.people.queries import CandidateView, candidate_view
from alpes_events.people.records import canonical_id, merged_records
from alpes_events.people.search import is_a_name, nearly_named, records_meant


class Only(StrEnum):
    """People who have something in common that asks for care."""

    ALL = "all"
    NO_EMAIL = "no_email"
    NO_CONTACT = "no_contact"
    NEVER = "never"
    ANNOUNCED = "announced"


class PeopleOrder(StrEnum):
    """What a list of people is sorted by."""

    NAME = "name"
    COMMUNE = "commune"
    CONTACT = "contact"
    SINCE = "since"


@dataclass(frozen=True)
class PeopleChoice:
    """Which people to list. `signed_up_by` is an account; `contact_before`, `contact_after` bound the last contact."""

    text: str = ""
    only: Only = Only.ALL
    commune: str = ""
    signed_up_by: int | None = None
    contact_before: datetime | None = None
    contact_after: datetime | None = None

    @property
    def narrowed(self) -> bool:
        """Whether more than the group was chosen."""
        return self != PeopleChoice(only=self.only)


@dataclass(frozen=True)
class PersonLine:
    """One person: the record that stands, and how many sign-ups all their records have."""

    person: CandidateView
    sign_up_count: int


@dataclass(frozen=True)
class ListedPeople:
    """One page of people. `forgiving`: nobody is written as typed, and these are written nearly so."""

    page: Page[PersonLine]
    forgiving: bool = False


def listed_people(
    db: Session,
    choice: PeopleChoice,
    *,
    part: Part,
    order: PeopleOrder = PeopleOrder.NAME,
    descending: bool = False,
) -> ListedPeople:
    """One page of the people chosen. When nobody is written as typed, those written nearly so, most alike first."""
    merged = merged_records()
    chosen = _conditions(choice, merged)
    conditions = [*chosen, *_meant(choice, merged)]
    count = db.exec(select(func.count()).select_from(Candidate).where(*conditions)).one()
    if count or not is_a_name(choice.text):
        keys = [key.desc() if descending else key for key in _ORDERS[order]]
        rows = db.exec(
            select(Candidate).where(*conditions).order_by(*keys, col(Candidate.id)).offset(part.offset).limit(part.size)
        ).all()
        return ListedPeople(Page(_lines(db, rows), count, part))
    return _nearly(db, choice.text, chosen, part)


def only_counts(db: Session, choice: PeopleChoice) -> dict[Only, int]:
    """How many people each group would list with the rest of the choice, as typed."""
    merged = merged_records()
    sums = [func.coalesce(func.sum(case((_in(only, merged), 1), else_=0)), 0) for only in Only]
    conditions = [*_conditions(choice, merged, grouped=False), *_meant(choice, merged)]
    row = db.execute(columns(*sums).select_from(Candidate).where(*conditions)).one()
    return {only: int(count) for only, count in zip(Only, row, strict=True)}


def communes_of_people(db: Session) -> list[str]:
    """The names of the communes where people live, in order."""
    named = col(Candidate.commune_name).isnot(None)
    names = db.exec(select(Candidate.commune_name).where(*_standing(), named).distinct())
    return sorted(name for name in names if name)


def who_signs_up(db: Session) -> list[tuple[int, str]]:
    """The accounts that have signed somebody up: id and name, by name."""
    made = columns(col(Registration.registered_by)).where(col(Registration.registered_by).isnot(None))
    rows = db.exec(select(Account.id, Account.name).where(col(Account.id).in_(made)).order_by(col(Account.name)))
    return [(account_id, name) for account_id, name in rows if account_id is not None]


_ORDERS: dict[PeopleOrder, tuple[Any, ...]] = {
    PeopleOrder.NAME: (col(Candidate.search_name),),
    PeopleOrder.COMMUNE: (func.lower(func.coalesce(Candidate.commune_name, "")), col(Candidate.search_name)),
    PeopleOrder.CONTACT: (col(Candidate.last_active_at),),
    PeopleOrder.SINCE: (col(Candidate.created_at),),
}


def _nearly(db: Session, text: str, chosen: list[ColumnElement[bool]], part: Part) -> ListedPeople:
    ranked = nearly_named(db, text)
    rows = {row.id: row for row in db.exec(select(Candidate).where(*chosen, col(Candidate.id).in_(ranked)))}
    found = [rows[one] for one in ranked if one in rows]
    page = Page(_lines(db, found[part.offset : part.offset + part.size]), len(found), part)
    return ListedPeople(page, forgiving=bool(found))


def _meant(choice: PeopleChoice, merged: CTE) -> list[ColumnElement[bool]]:
    return [col(Candidate.id).in_(records_meant(choice.text, merged))] if choice.text else []


def _conditions(choice: PeopleChoice, merged: CTE, *, grouped: bool = True) -> list[ColumnElement[bool]]:
    conditions = [*_standing(), *([_in(choice.only, merged)] if grouped else [])]
    if choice.commune:
        conditions.append(col(Candidate.commune_name) == choice.commune)
    if choice.signed_up_by is not None:
        conditions.append(
            col(Candidate.id).in_(_signed_up(merged, col(Registration.registered_by) == choice.signed_up_by))
        )
    if choice.contact_before is not None:
        conditions.append(col(Candidate.last_active_at) < choice.contact_before)
    if choice.contact_after is not None:
        conditions.append(col(Candidate.last_active_at) >= choice.contact_after)
    return conditions


def _standing() -> list[ColumnElement[bool]]:
    return [col(Candidate.merged_into).is_(None), col(Candidate.erased_at).is_(None)]


def _in(only: Only, merged: CTE) -> ColumnElement[bool]:
    no_email = or_(col(Candidate.email).is_(None), col(Candidate.email) == "")
    match only:
        case Only.ALL:
            return col(Candidate.id).isnot(None)
        case Only.NO_EMAIL:
            return no_email
        case Only.NO_CONTACT:
            return and_(no_email, or_(col(Candidate.telephone).is_(None), col(Candidate.telephone) == ""))
        case Only.NEVER:
            return col(Candidate.id).not_in(_signed_up(merged))
        case Only.ANNOUNCED:
            return col(Candidate.erasure_announced_at) > col(Candidate.last_active_at)


def _signed_up(merged: CTE, *conditions: ColumnElement[bool]) -> Select[Any]:
    """The records that stand for those who were signed up."""
    return (
        columns(canonical_id(col(Registration.candidate_id), merged))
        .select_from(Registration)
        .outerjoin(merged, merged.c.id == col(Registration.candidate_id))
        .where(*conditions)
    )


def _lines(db: Session, rows: Sequence[Candidate]) -> tuple[PersonLine, ...]:
    merged = merged_records()
    person = canonical_id(col(Registration.candidate_id), merged)
    ids = [row.id for row in rows]
    counted = db.execute(
        columns(person, func.count())
        .select_from(Registration)
        .outerjoin(merged, merged.c.id == col(Registration.candidate_id))
        .where(person.in_(ids))
        .group_by(person)
    )
    counts = {line[0]: line[1] for line in counted}
    return tuple(PersonLine(candidate_view(row), counts.get(row.id, 0)) for row in rows)
