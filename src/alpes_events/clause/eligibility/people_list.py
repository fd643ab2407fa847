"""The people under the clause as the team looks through them: searched, narrowed, in pages, with hours and contracts.

Who is listed only for a proof that tells of health is listed for facilitators alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CTE, Select
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, or_, select

from alpes_events.clause.eligibility.open_to import OpenTo, open_contracts_of
from alpes_events.clause.eligibility.placement_states import OPEN_PLACEMENTS
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry
from alpes_events.clause.tables.placement_rows import Placement
from alpes_events.clause.tables.proof_rows import DisabilityProof, EligibilityAssessment, EligibilityProof
from alpes_events.database.page import Page, Part
from alpes_events.people.models import Candidate
from alpes_events.people.records import canonical_id, merged_records
from alpes_events.people.search import records_meant


class ClausePeople(StrEnum):
    """Which people to list."""

    ALL = "all"
    WORKING = "working"
    PLACED = "placed"
    OPINIONS = "opinions"


@dataclass(frozen=True)
class ClauseChoice:
    """Which people to list, by words and group. `health`: for somebody who reads what tells of health."""

    text: str = ""
    group: ClausePeople = ClausePeople.ALL
    health: bool = False


@dataclass(frozen=True)
class ClausePerson:
    """One person: the record that stands, the contracts open to them, the hours that count, and what runs."""

    candidate_id: int
    family_name: str
    given_name: str
    commune_name: str
    minutes: int = 0
    runs: bool = False
    open_to: tuple[OpenTo, ...] = field(default=())

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def until(self) -> date | None:
        """The first of the days on which a contract is no longer open."""
        return min((one.until for one in self.open_to if one.until is not None), default=None)


def clause_people(db: Session, choice: ClauseChoice, *, today: date, part: Part) -> Page[ClausePerson]:
    """One page of them by family name, in a fixed number of questions."""
    merged = merged_records()
    conditions = [
        col(Candidate.merged_into).is_(None),
        col(Candidate.erased_at).is_(None),
        col(Candidate.id).in_(_group(choice, merged, today=today)),
    ]
    if choice.text:
        conditions.append(col(Candidate.id).in_(records_meant(choice.text, merged)))
    count = db.exec(select(func.count()).select_from(Candidate).where(*conditions)).one()
    rows = db.exec(
        select(Candidate)
        .where(*conditions)
        .order_by(col(Candidate.search_name), col(Candidate.id))
        .offset(part.offset)
        .limit(part.size)
    ).all()
    return Page(_lines(db, rows, today=today), count, part)


def _group(choice: ClauseChoice, merged: CTE, *, today: date) -> Select[Any]:
    """The records that stand for the people of a group."""
    work, proof, placed = EmploymentContract, EligibilityProof, Placement
    noted: Select[Any] = columns(col(work.candidate_id).label("one")).where(col(work.withdrawn_at).is_(None))
    runs = noted.where(
        col(work.starts_on) <= today,
        or_(func.coalesce(work.ended_on, work.ends_on) >= today, func.coalesce(work.ended_on, work.ends_on).is_(None)),
    )
    waiting: Select[Any] = columns(col(placed.candidate_id).label("one")).where(col(placed.state).in_(OPEN_PLACEMENTS))
    proved: Select[Any] = columns(col(proof.candidate_id).label("one")).where(col(proof.withdrawn_at).is_(None))
    match choice.group:
        case ClausePeople.WORKING:
            found = runs
        case ClausePeople.PLACED:
            found = waiting
        case ClausePeople.OPINIONS:
            undecided = (col(proof.issuer).is_not(None), col(proof.validated_at).is_(None))
            found = proved.where(*undecided, col(proof.refused_at).is_(None))
        case _:
            assessed: Select[Any] = columns(col(EligibilityAssessment.candidate_id).label("one"))
            parts = [waiting, proved, assessed]
            if choice.health:
                secret = DisabilityProof
                parts.append(columns(col(secret.candidate_id).label("one")).where(col(secret.withdrawn_at).is_(None)))
            every = noted.union(*parts).subquery()
            person = func.coalesce(merged.c.kept_id, every.c.one)
            return columns(person).select_from(every).outerjoin(merged, merged.c.id == every.c.one)
    some = found.subquery()
    person = func.coalesce(merged.c.kept_id, some.c.one)
    return columns(person).select_from(some).outerjoin(merged, merged.c.id == some.c.one)


def _lines(db: Session, rows: Iterable[Candidate], *, today: date) -> tuple[ClausePerson, ...]:
    people = [row for row in rows if row.id is not None]
    ids = [row.id or 0 for row in people]
    minutes, running, opened = (
        _minutes(db, ids),
        _running(db, ids, today=today),
        open_contracts_of(db, ids, today=today),
    )
    return tuple(
        ClausePerson(
            row.id or 0,
            row.family_name,
            row.given_name,
            row.commune_name or "",
            minutes.get(row.id or 0, 0),
            row.id in running,
            opened.get(row.id or 0, ()),
        )
        for row in people
    )


def _minutes(db: Session, ids: list[int]) -> Mapping[int, int]:
    """Validated minutes by person."""
    merged = merged_records()
    person = canonical_id(col(HourEntry.candidate_id), merged)
    asked = (
        columns(person, func.sum(col(HourEntry.minutes)))
        .select_from(HourEntry)
        .outerjoin(merged, merged.c.id == col(HourEntry.candidate_id))
        .where(col(HourEntry.account) == HourAccount.VALIDATED, person.in_(ids))
        .group_by(person)
    )
    return {who: int(minutes) for who, minutes in db.execute(asked)}


def _running(db: Session, ids: list[int], *, today: date) -> frozenset[int]:
    """Who is at work today."""
    merged, work = merged_records(), EmploymentContract
    person = canonical_id(col(work.candidate_id), merged)
    ends = func.coalesce(work.ended_on, work.ends_on)
    asked = (
        columns(person)
        .select_from(work)
        .outerjoin(merged, merged.c.id == col(work.candidate_id))
        .where(person.in_(ids), col(work.withdrawn_at).is_(None), col(work.starts_on) <= today)
        .where(or_(ends >= today, ends.is_(None)))
    )
    return frozenset(db.scalars(asked))
