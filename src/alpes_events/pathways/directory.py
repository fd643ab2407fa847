"""Pathways as one looks through them: by scheme, year, referent, commune and words; in pages, with counts first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CTE, case, distinct, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.database.page import Page, Part
from alpes_events.pathways.days import within
from alpes_events.pathways.models import Enrolment, Outcome, PathwayExit
from alpes_events.people.models import Account, Candidate, Role
from alpes_events.people.queries import CandidateView, candidate_view
from alpes_events.people.records import canonical_id, merged_records
from alpes_events.people.search import records_meant
from alpes_events.territory.models import Commune

_REFERENTS = (Role.ADVISOR, Role.COORDINATOR, Role.FACILITATOR, Role.ADMINISTRATOR)


class PathwayState(StrEnum):
    """Which pathways are asked for. `left`: an exit is noted."""

    ALL = "all"
    OPEN = "open"
    LEFT = "left"


@dataclass(frozen=True)
class PathwayChoice:
    """Which pathways to list; `year`: those with one day in it at least. « » and None: whatever it is."""

    scheme_code: str = ""
    year: int | None = None
    state: PathwayState = PathwayState.ALL
    referent_id: int | None = None
    insee_code: str = ""
    text: str = ""


@dataclass(frozen=True)
class PathwayLine:
    """A pathway with its person (None: erased), referent, commune of the day of entry, and exit."""

    enrolment: Enrolment
    person: CandidateView | None
    referent: str
    commune: str
    left: PathwayExit | None


@dataclass(frozen=True)
class PathwayCounts:
    """How many pathways there are, of how many persons, and how they stand. Carried over: neither open nor left."""

    pathway_count: int = 0
    person_count: int = 0
    open_count: int = 0
    outcomes: Mapping[Outcome, int] | None = None

    @property
    def left_count(self) -> int:
        """How many left."""
        return sum((self.outcomes or {}).values())


def pathways(db: Session, choice: PathwayChoice, *, part: Part) -> Page[PathwayLine]:
    """One page of them by name of the person, the latest entry first, in a fixed number of questions."""
    merged = merged_records()
    conditions = _conditions(choice, merged)
    count = db.execute(_joined(columns(func.count()).select_from(Enrolment), merged).where(*conditions)).scalar_one()
    asked = _joined(columns(Enrolment, Candidate, col(Account.name), col(Commune.name), PathwayExit), merged)
    rows = db.execute(
        asked.outerjoin(Account, col(Account.id) == col(Enrolment.referent_id))
        .outerjoin(Commune, col(Commune.insee_code) == col(Enrolment.insee_code))
        .where(*conditions)
        .order_by(
            col(Candidate.search_name), col(Enrolment.candidate_id), col(Enrolment.entered_on).desc(), col(Enrolment.id)
        )
        .offset(part.offset)
        .limit(part.size)
    )
    lines = tuple(
        PathwayLine(enrolment, _living(who), referent or "", commune or "", left)
        for enrolment, who, referent, commune, left in rows
    )
    return Page(lines, int(count), part)


def pathway_counts(db: Session, choice: PathwayChoice) -> PathwayCounts:
    """How many pathways answer, of how many persons, and how they stand."""
    merged = merged_records()
    of_one = canonical_id(col(Enrolment.candidate_id), merged)
    is_open = case((col(Enrolment.closed_on).is_(None), 1), else_=0)
    conditions = _conditions(choice, merged)
    all_of_them = _joined(
        columns(func.count(), func.count(distinct(of_one)), func.coalesce(func.sum(is_open), 0)).select_from(Enrolment),
        merged,
    )
    pathway_count, person_count, open_count = db.execute(all_of_them.where(*conditions)).one()
    by_outcome = _joined(columns(col(PathwayExit.outcome), func.count()).select_from(Enrolment), merged)
    rows = db.execute(
        by_outcome.where(*conditions, col(PathwayExit.outcome).is_not(None)).group_by(col(PathwayExit.outcome))
    )
    return PathwayCounts(pathway_count, person_count, int(open_count), {one: int(count) for one, count in rows})


def pathways_of(db: Session, candidate_ids: tuple[int, ...]) -> list[tuple[Enrolment, PathwayExit | None]]:
    """The pathways of one person's records, the latest entry first."""
    asked = (
        select(Enrolment, PathwayExit)
        .outerjoin(PathwayExit, col(PathwayExit.enrolment_id) == col(Enrolment.id))
        .where(col(Enrolment.candidate_id).in_(candidate_ids), col(Enrolment.withdrawn_at).is_(None))
    )
    rows = db.exec(asked.order_by(col(Enrolment.entered_on).desc(), col(Enrolment.id).desc()))
    return [(enrolment, left) for enrolment, left in rows]


def referents(db: Session) -> list[tuple[int, str]]:
    """Who is a referent of some pathway, by name."""
    asked = select(Account.id, Account.name).where(col(Account.id).in_(select(Enrolment.referent_id)))
    return [(one or 0, name) for one, name in db.exec(asked.order_by(col(Account.name), col(Account.id)))]


def possible_referents(db: Session) -> list[tuple[int, str]]:
    """Who may be a referent: advisors and those who coordinate, by name."""
    asked = select(Account.id, Account.name).where(
        col(Account.role).in_(_REFERENTS), col(Account.disabled_at).is_(None)
    )
    return [(one or 0, name) for one, name in db.exec(asked.order_by(col(Account.name), col(Account.id)))]


def operators_said(db: Session) -> list[str]:
    """The bodies that referents work for, as they were named."""
    return sorted(one for one in db.exec(select(Enrolment.operator).distinct()) if one)


def communes_of_entry(db: Session) -> list[tuple[str, str]]:
    """The communes from which people entered, by name."""
    asked = select(Commune.insee_code, Commune.name).where(
        col(Commune.insee_code).in_(select(Enrolment.insee_code).where(col(Enrolment.withdrawn_at).is_(None)))
    )
    return [(code, name) for code, name in db.exec(asked.order_by(col(Commune.name), col(Commune.insee_code)))]


def years_of_pathways(db: Session, *, today: date) -> list[int]:
    """The years in which some pathway went on, the latest first."""
    first = db.exec(select(func.min(Enrolment.entered_on)).where(col(Enrolment.withdrawn_at).is_(None))).one()
    return [] if first is None else list(range(today.year, first.year - 1, -1))


def _joined(asked: Any, merged: CTE) -> Any:
    """The question with the record that stands for each person, and the exit."""
    return (
        asked.outerjoin(merged, merged.c.id == col(Enrolment.candidate_id))
        .join(Candidate, col(Candidate.id) == canonical_id(col(Enrolment.candidate_id), merged))
        .outerjoin(PathwayExit, col(PathwayExit.enrolment_id) == col(Enrolment.id))
    )


def _conditions(choice: PathwayChoice, merged: CTE) -> list[Any]:
    found: list[Any] = [col(Enrolment.withdrawn_at).is_(None)]
    if choice.scheme_code:
        found.append(Enrolment.scheme_code == choice.scheme_code)
    if choice.year is not None:
        found += within(choice.year)
    if choice.state is PathwayState.OPEN:
        found.append(col(Enrolment.closed_on).is_(None))
    if choice.state is PathwayState.LEFT:
        found.append(col(PathwayExit.enrolment_id).is_not(None))
    if choice.referent_id is not None:
        found.append(Enrolment.referent_id == choice.referent_id)
    if choice.insee_code:
        found.append(Enrolment.insee_code == choice.insee_code)
    if choice.text:
        found.append(col(Candidate.id).in_(records_meant(choice.text, merged)))
    return found


def _living(row: Candidate) -> CandidateView | None:
    return None if row.erased_at is not None else candidate_view(row)
