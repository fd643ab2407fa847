"""Service acts as lists and sums: by kind and year, by person, with what a kind said so far."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Integer, cast, distinct, extract, func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from alpes_events.database.page import Page, Part
from alpes_events.people.models import Candidate
from alpes_events.people.records import canonical_id, merged_records
from alpes_events.people.search import records_meant
from alpes_events.services.kinds import ActKind
from alpes_events.services.models import ServiceAct

_MOST_SUGGESTED = 100


@dataclass(frozen=True)
class ActChoice:
    """Which acts: of a kind (« » for all), of a year and month, with a place, a detail, a result; and of those whom
    words or records name (None: whoever it is; none at all: nobody's).
    """

    kind: str = ""
    year: int | None = None
    month: int | None = None
    place: str = ""
    detail: str = ""
    result: str = ""
    text: str = ""
    records: Sequence[int] | None = None


@dataclass(frozen=True)
class ActSums:
    """Acts, persons (each once), and the sum of the quantities in the unit of the kind."""

    acts: int = 0
    persons: int = 0
    quantity: int = 0


@dataclass(frozen=True)
class ActLine:
    """One act, and whom it was for: the record that stands, and a name (None: nobody, or somebody erased)."""

    act: ServiceAct
    person_id: int | None
    name: str


@dataclass(frozen=True)
class ActsListed:
    """A page of acts, the latest day first, and the sums of all of them."""

    page: Page[ActLine]
    sums: ActSums


@dataclass(frozen=True)
class OfPerson:
    """What a person had of one kind: how many acts, how much, the last day."""

    kind: str
    sums: ActSums
    last_on: date = field(default=date.min)


def listed_acts(db: Session, choice: ActChoice, *, part: Part) -> ActsListed:
    """The acts chosen that stand."""
    merged = merged_records()
    person = canonical_id(col(ServiceAct.candidate_id), merged)
    own = _chosen(choice)
    if choice.text:
        own.append(person.in_(records_meant(choice.text, merged)))
    sums = db.execute(
        columns(func.count(), func.count(distinct(person)), func.coalesce(func.sum(col(ServiceAct.quantity)), 0))
        .select_from(ServiceAct)
        .outerjoin(merged, merged.c.id == col(ServiceAct.candidate_id))
        .where(*own)
    ).one()
    rows = db.execute(
        columns(ServiceAct, Candidate)
        .select_from(ServiceAct)
        .outerjoin(merged, merged.c.id == col(ServiceAct.candidate_id))
        .outerjoin(Candidate, col(Candidate.id) == person)
        .where(*own)
        .order_by(col(ServiceAct.happened_on).desc(), col(ServiceAct.id).desc())
        .offset(part.offset)
        .limit(part.size)
    ).all()
    lines = tuple(_line(act, candidate) for act, candidate in rows)
    return ActsListed(Page(lines, int(sums[0]), part), ActSums(*map(int, sums)))


def act_line(db: Session, act: ServiceAct) -> ActLine:
    """One act with whom it was for."""
    merged = merged_records()
    person = canonical_id(col(ServiceAct.candidate_id), merged)
    found = db.scalars(
        columns(Candidate)
        .select_from(ServiceAct)
        .outerjoin(merged, merged.c.id == col(ServiceAct.candidate_id))
        .join(Candidate, col(Candidate.id) == person)
        .where(col(ServiceAct.id) == act.id)
    ).first()
    return _line(act, found)


def kind_sums(db: Session, year: int, records: Sequence[int] | None = None) -> Mapping[str, ActSums]:
    """The sums of a year by kind, of these records or all; kinds without an act are left out."""
    merged = merged_records()
    person = canonical_id(col(ServiceAct.candidate_id), merged)
    rows = db.execute(
        columns(col(ServiceAct.kind), func.count(), func.count(distinct(person)), func.sum(col(ServiceAct.quantity)))
        .outerjoin(merged, merged.c.id == col(ServiceAct.candidate_id))
        .where(*_chosen(ActChoice(year=year, records=records)))
        .group_by(col(ServiceAct.kind))
    )
    return {kind: ActSums(int(acts), int(persons), int(quantity)) for kind, acts, persons, quantity in rows}


def persons_served(db: Session, year: int, records: Sequence[int] | None = None) -> int:
    """How many people had anything in a year, of these records or all, each once."""
    merged = merged_records()
    person = canonical_id(col(ServiceAct.candidate_id), merged)
    counted = columns(func.count(distinct(person))).select_from(ServiceAct)
    asked = counted.outerjoin(merged, merged.c.id == col(ServiceAct.candidate_id))
    chosen = _chosen(ActChoice(year=year, records=records))
    return int(db.execute(asked.where(*chosen)).scalar_one())


def years_of_acts(db: Session, kind: str = "", records: Sequence[int] | None = None) -> tuple[int, ...]:
    """The years from the first act to the last, of one kind or of all, of these records or all, latest first."""
    day = col(ServiceAct.happened_on)
    chosen = _chosen(ActChoice(kind, records=records))
    first, last = db.execute(columns(func.min(day), func.max(day)).where(*chosen)).one()
    return tuple(range(last.year, first.year - 1, -1)) if first else ()


def said_before(
    db: Session, kind: str, names: Iterable[str], records: Sequence[int] | None = None
) -> Mapping[str, Sequence[str]]:
    """What acts of a kind, of these records or all, said in these columns (`place`, `detail`, …), by its letters."""
    found: dict[str, Sequence[str]] = {}
    for name in names:
        column = col(getattr(ServiceAct, name))
        asked = columns(column).where(*_chosen(ActChoice(kind, records=records)), column != "").distinct()
        found[name] = db.scalars(asked.order_by(column).limit(_MOST_SUGGESTED)).all()
    return found


def acts_of_person(db: Session, records: Iterable[int], kinds: Mapping[str, ActKind]) -> list[OfPerson]:
    """What a person had, by kind, the latest first."""
    day = col(ServiceAct.happened_on)
    rows = db.execute(
        columns(col(ServiceAct.kind), func.count(), func.sum(col(ServiceAct.quantity)), func.max(day))
        .where(_stands(), col(ServiceAct.candidate_id).in_(list(records)))
        .group_by(col(ServiceAct.kind))
        .order_by(func.max(day).desc(), col(ServiceAct.kind))
    )
    return [
        OfPerson(kind, ActSums(int(acts), 1, int(quantity)), last_on)
        for kind, acts, quantity, last_on in rows
        if kind in kinds
    ]


def _line(act: ServiceAct, person: Candidate | None) -> ActLine:
    if person is None or person.erased_at is not None:
        return ActLine(act, None, "")
    return ActLine(act, person.id, f"{person.given_name} {person.family_name}".strip())


def _chosen(choice: ActChoice) -> list[ColumnElement[bool]]:
    own = [_stands()]
    if choice.year is not None:
        own += _within(choice.year)
    if choice.month is not None:
        own.append(cast(extract("month", col(ServiceAct.happened_on)), Integer) == choice.month)
    for name in ("kind", "place", "detail", "result"):
        if said := getattr(choice, name):
            own.append(col(getattr(ServiceAct, name)) == said)
    if choice.records is not None:
        own.append(col(ServiceAct.candidate_id).in_(list(choice.records)))
    return own


def _stands() -> ColumnElement[bool]:
    return col(ServiceAct.withdrawn_at).is_(None)


def _within(year: int) -> list[ColumnElement[bool]]:
    day = col(ServiceAct.happened_on)
    return [day >= date(year, 1, 1), day < date(year + 1, 1, 1)]
