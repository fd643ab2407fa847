"""Wishes as they are read: a person's own, how many want to meet an exhibitor, and the names it may read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.attendance.models import HOLDING, Registration
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.meetings import MeetingWish
from alpes_events.fair.models import Exhibitor, Village
from alpes_events.people.models import Candidate
from alpes_events.people.records import canonical_id, merged_records


@dataclass(frozen=True)
class OwnWish:
    """One wish of a sign-up, ended or not. `comes`: the exhibitor still does; `interest`: it would like to meet them
    too.
    """

    exhibitor_id: int
    exhibitor: str
    position: int
    shows_name: bool
    agreed_at: datetime | None
    withdrawn_at: datetime | None
    stands: bool
    comes: bool
    interest: bool = False


@dataclass(frozen=True)
class ToMeet:
    """An exhibitor whom one may wish to meet."""

    id: int
    name: str
    village: str
    looking_for: str


@dataclass(frozen=True)
class WishCount:
    """How many persons with a place want to meet an exhibitor, of whom first of all, and who show their name."""

    count: int = 0
    first_count: int = 0
    named_count: int = 0


@dataclass(frozen=True)
class Wisher:
    """Somebody who agreed that an exhibitor reads their name, and nothing else of them. `interest`: it would like to
    meet them too.
    """

    candidate_id: int
    registration_id: int
    given_name: str
    family_name: str
    position: int
    interest: bool = False

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()


def own_wishes(db: Session, *registration_ids: int) -> list[OwnWish]:
    """The wishes of these sign-ups: those that stand in their order, then those that ended."""
    rows = db.exec(
        select(MeetingWish, Exhibitor)
        .join(Exhibitor, col(Exhibitor.id) == col(MeetingWish.exhibitor_id))
        .where(col(MeetingWish.registration_id).in_(registration_ids))
    )
    found = [
        OwnWish(
            exhibitor_id=wish.exhibitor_id,
            exhibitor=exhibitor.name,
            position=wish.position,
            shows_name=wish.shows_name,
            agreed_at=wish.agreed_at,
            withdrawn_at=wish.withdrawn_at,
            stands=wish.ended_at is None,
            comes=exhibitor.state is ExhibitorState.ACCEPTED,
            interest=wish.interest_at is not None,
        )
        for wish, exhibitor in rows
    ]
    return sorted(found, key=lambda one: (not one.stands, one.position, one.exhibitor.casefold()))


def exhibitors_to_meet(db: Session, event_id: int) -> list[ToMeet]:
    """Those who come, village by village; those outside the villages last."""
    rows = db.exec(
        select(Exhibitor, Village.name)
        .join(Village, col(Village.id) == col(Exhibitor.village_id), isouter=True)
        .where(col(Exhibitor.event_id) == event_id, col(Exhibitor.state) == ExhibitorState.ACCEPTED)
    )
    found = [ToMeet(row.id or 0, row.name, village or "", row.looking_for) for row, village in rows]
    return sorted(found, key=lambda one: (not one.village, one.village.casefold(), one.name.casefold()))


def wish_counts(db: Session, exhibitor_ids: Collection[int]) -> dict[int, WishCount]:
    """For each of these exhibitors how many persons want to meet it; one whom nobody wants to meet is left out."""
    merged = merged_records()
    person = canonical_id(col(Registration.candidate_id), merged)
    named: ColumnElement[Any] = case((col(MeetingWish.shows_name).is_(True), person))
    first: ColumnElement[Any] = case((col(MeetingWish.position) == 1, person))
    counted = (func.count(func.distinct(one)) for one in (person, first, named))
    rows = db.execute(
        columns(col(MeetingWish.exhibitor_id), *counted)
        .join(Registration, col(Registration.id) == col(MeetingWish.registration_id))
        .outerjoin(merged, merged.c.id == col(Registration.candidate_id))
        .where(col(MeetingWish.exhibitor_id).in_(exhibitor_ids), *_standing())
        .group_by(col(MeetingWish.exhibitor_id))
    )
    return {exhibitor_id: WishCount(*counts) for exhibitor_id, *counts in rows}


def named_wishers(db: Session, exhibitor_ids: Collection[int]) -> dict[int, list[Wisher]]:
    """Who agreed that these exhibitors read their name, first choices first. Nobody who took it back, nobody erased."""
    merged = merged_records()
    person = canonical_id(col(Registration.candidate_id), merged)
    rows = db.execute(
        columns(MeetingWish, Candidate)
        .join(Registration, col(Registration.id) == col(MeetingWish.registration_id))
        .outerjoin(merged, merged.c.id == col(Registration.candidate_id))
        .join(Candidate, col(Candidate.id) == person)
        .where(col(MeetingWish.exhibitor_id).in_(exhibitor_ids), *_standing())
        .where(col(MeetingWish.shows_name).is_(True), col(Candidate.erased_at).is_(None))
        .order_by(col(MeetingWish.position), col(Candidate.search_name), col(MeetingWish.id))
    )
    found: dict[int, dict[int, Wisher]] = {}
    for wish, row in rows:
        one = Wisher(
            row.id or 0,
            wish.registration_id,
            row.given_name,
            row.family_name,
            wish.position,
            wish.interest_at is not None,
        )
        found.setdefault(wish.exhibitor_id, {}).setdefault(one.candidate_id, one)
    return {exhibitor_id: list(people.values()) for exhibitor_id, people in found.items()}


@dataclass(frozen=True)
class StandWishes:
    """An exhibitor of an event with how many want to meet it."""

    id: int
    name: str
    village: str
    wishes: WishCount


def wishes_at(db: Session, event_id: int) -> list[StandWishes]:
    """Every exhibitor who comes to an event, the most wished for first."""
    stands: Sequence[ToMeet] = exhibitors_to_meet(db, event_id)
    counts = wish_counts(db, [one.id for one in stands])
    found = [StandWishes(one.id, one.name, one.village, counts.get(one.id, WishCount())) for one in stands]
    return sorted(found, key=lambda one: (-one.wishes.count, one.name.casefold()))


def _standing() -> tuple[ColumnElement[bool], ...]:
    """A wish stands while its sign-up has a place: so it counts no more from the moment the place is given up."""
    return (col(MeetingWish.ended_at).is_(None), col(Registration.state).in_(HOLDING))
