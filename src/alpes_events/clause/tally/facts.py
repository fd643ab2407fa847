"""What a tally is counted from: validated minutes by employment contract and lot, with what is known of both.

One question sums the entries over an index that holds all it needs, and says how long each chain was then; small tables
are joined afterwards.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from alpes_events.clause.ledger.chain import Ending
from alpes_events.clause.tables.contract_rows import ClauseLot, ClauseOperation, PublicContract
from alpes_events.clause.tables.employment_rows import DisabilityCriterion, EmploymentContract, FollowedSituation
from alpes_events.clause.tables.ledger_rows import HourAccount, HourChain, HourEntry
from alpes_events.clause.tables.proof_rows import HEALTH
from alpes_events.companies.records import merged_companies, standing_id
from alpes_events.database.parts import parts
from alpes_events.people.records import canonical_id, merged_records

_CONTRACTS_A_QUESTION = 200
_SIX, _TWELVE = 6, 12
_CHAIN = 13
"""Marks the rows that tell of chains, beside months 1 to 12 and 0, the whole year."""


@dataclass(frozen=True, slots=True)
class Work:
    """An employment contract as it was frozen on its first day. `person_id` and `company_id` are the records that
    stand; None and « » are not known.
    """

    person_id: int
    company_id: int
    mode: str | None
    rome_code: str | None
    criterion: str | None
    insee_code: str | None
    commune_name: str
    resident: bool | None
    in_district: bool | None
    sex: str | None
    age_band: str | None
    level: int | None
    after_6: str | None
    after_12: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """The lot on which hours count: its contract, operation and authority, and whether that is in the territory."""

    contract_id: int
    operation_id: int
    authority_id: int
    in_territory: bool | None


Sum = tuple[int, int, date | None, int]
"""Minutes that are not nothing: employment contract, lot, month worked (None: the whole year), minutes."""


@dataclass(frozen=True)
class Facts:
    """Everything that a tally of a year counts."""

    year: int
    sums: Sequence[Sum]
    works: Mapping[int, Work]
    places: Mapping[int, Place]


def read_facts(
    db: Session,
    year: int,
    *,
    until: datetime | None = None,
    heads: Iterable[Ending] | None = None,
    by_month: bool = False,
    health: bool = False,
) -> Facts:
    """The facts of hours worked in a year.

    `until`: only entries recorded by that instant; `heads`: only entries within these chains; `by_month`: a sum for
    each month; `health`: the criteria that tell of health by their own code.
    """
    found, ends = _sums(db, year, until, by_month=by_month)
    if heads is not None:
        found = _without(found, _beyond(db, year, until, heads, ends, by_month=by_month))
    return Facts(year, [one for one in found if one[3]], _works(db, year, health=health), _places(db))


def of_year(year: int, until: datetime | None) -> list[ColumnElement[bool]]:
    """What entries a tally counts: validated, worked in the year, recorded by then."""
    return _counted(col(HourEntry.month).between(date(year, 1, 1), date(year, 12, 1)), until)


def _counted(months: ColumnElement[bool], until: datetime | None) -> list[ColumnElement[bool]]:
    counted = [col(HourEntry.account) == HourAccount.VALIDATED, months]
    return counted if until is None else [*counted, col(HourEntry.recorded_at) <= until]


def _summed(counted: list[ColumnElement[bool]], month: int) -> Select[*tuple[Any, ...]]:
    keys = (col(HourEntry.employment_id), col(HourEntry.lot_id))
    return select(literal(month), *keys, func.sum(col(HourEntry.minutes))).where(*counted).group_by(*keys)


def _sums(db: Session, year: int, until: datetime | None, *, by_month: bool) -> tuple[list[Sum], dict[int, int]]:
    """The sums of the year, and by contract how long its chain was when they were made: one question, so that whoever
    writes meanwhile is in both or in neither.

    By month, each part is answered in the order of the index, without a sort.
    """
    months = {number: date(year, number, 1) for number in range(1, 13)} if by_month else {}
    parts = [_summed(_counted(col(HourEntry.month) == month, until), number) for number, month in months.items()]
    chains = select(literal(_CHAIN), col(HourChain.contract_id), literal(0), col(HourChain.sequence))
    found, ends = list[Sum](), dict[int, int]()
    for kind, key, lot_id, number in db.execute(union_all(*(parts or [_summed(of_year(year, until), 0)]), chains)):
        if kind == _CHAIN:
            ends[key] = number
        else:
            found.append((key, lot_id, months.get(kind), int(number)))
    return found, ends


def _without(found: list[Sum], beyond: list[Sum]) -> list[Sum]:
    if not beyond:
        return found
    sums = {one[:3]: one[3] for one in found}
    for *key, minutes in beyond:
        sums[tuple(key)] -= minutes  # type: ignore[index]
    return [(employment, lot, month, minutes) for (employment, lot, month), minutes in sums.items()]


def _beyond(
    db: Session,
    year: int,
    until: datetime | None,
    heads: Iterable[Ending],
    ends: Mapping[int, int],
    *,
    by_month: bool,
) -> list[Sum]:
    """Entries behind the heads that are in the sums: up to where the chains ended when those were made."""
    known = {contract_id: sequence for contract_id, sequence, _hash in heads}
    moved = [
        and_(
            col(HourEntry.contract_id) == contract_id,
            col(HourEntry.sequence) > known.get(contract_id, 0),
            col(HourEntry.sequence) <= end,
        )
        for contract_id, end in sorted(ends.items())
        if end > known.get(contract_id, 0)
    ]
    keys = (col(HourEntry.employment_id), col(HourEntry.lot_id), col(HourEntry.month), col(HourEntry.minutes))
    found: list[Sum] = []
    for some in parts(moved, _CONTRACTS_A_QUESTION):
        behind = or_(*some)
        rows = db.execute(select(*keys).where(*of_year(year, until), behind))
        found += [(employment, lot, month if by_month else None, minutes) for employment, lot, month, minutes in rows]
    return found


def _works(db: Session, year: int, *, health: bool) -> dict[int, Work]:
    persons, companies = merged_records(), merged_companies()
    after_6, after_12 = aliased(FollowedSituation), aliased(FollowedSituation)
    row = EmploymentContract
    named = func.coalesce(col(DisabilityCriterion.code), col(row.criterion_code)) if health else col(row.criterion_code)
    worked = select(col(HourEntry.employment_id)).where(*of_year(year, None)).distinct()
    asked = (
        select(
            col(row.id),
            canonical_id(col(row.candidate_id), persons),
            standing_id(col(row.company_id), companies),
            col(row.mode),
            col(row.rome_code),
            named,
            col(row.insee_code),
            col(row.commune_name),
            col(row.in_territory),
            col(row.in_priority_district),
            col(row.sex),
            col(row.age_band),
            col(row.training_level),
            col(after_6.situation),
            col(after_12.situation),
        )
        .outerjoin(persons, persons.c.id == col(row.candidate_id))
        .outerjoin(companies, companies.c.id == col(row.company_id))
        .outerjoin(after_6, and_(col(after_6.employment_id) == col(row.id), col(after_6.months) == _SIX))
        .outerjoin(after_12, and_(col(after_12.employment_id) == col(row.id), col(after_12.months) == _TWELVE))
        .where(col(row.id).in_(worked))
    )
    if health:
        asked = asked.outerjoin(
            DisabilityCriterion,
            and_(col(DisabilityCriterion.employment_id) == col(row.id), col(row.criterion_code) == HEALTH),
        )
    return {employment_id: Work(*known) for employment_id, *known in db.execute(asked)}


def _places(db: Session) -> dict[int, Place]:
    asked = (
        select(
            col(ClauseLot.id),
            col(PublicContract.id),
            col(ClauseOperation.id),
            col(ClauseOperation.authority_id),
            col(ClauseOperation.in_territory),
        )
        .join(PublicContract, col(PublicContract.id) == col(ClauseLot.contract_id))
        .join(ClauseOperation, col(ClauseOperation.id) == col(PublicContract.operation_id))
    )
    return {lot_id: Place(*known) for lot_id, *known in db.execute(asked)}
