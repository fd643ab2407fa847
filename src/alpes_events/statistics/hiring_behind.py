"""Opening a figure of hiring: today's offers, operations, sessions or contracts behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, cast, func, literal, null, select
from sqlalchemy import Integer as Whole
from sqlmodel import Session, String, col

from alpes_events.companies.models import Company
from alpes_events.hiring.models import Hire, JobOffer, RecruitmentOperation, RecruitmentSession
from alpes_events.people.models import Candidate
from alpes_events.people.records import canonical_id, merged_records
from alpes_events.statistics.cuts import NO, YES, Cut
from alpes_events.statistics.figures import Figure
from alpes_events.statistics.hiring_figures import companies_made_aware, heads_of_sessions, within
from alpes_events.statistics.indicator import Indicator
from alpes_events.statistics.periods import Period
from alpes_events.statistics.queries import compiled

Rows = Select[Any]

_INSIDE = {YES: True, NO: False}


@dataclass(frozen=True)
class HiringRow:
    """One row behind a figure. `what` names it (an offer, an operation, a person; empty for a contract without a name),
    `contract` is its kind as a code, `id` that of the offer, operation or contract.
    """

    id: int
    day: date
    what: str
    company: str
    contract: str
    person_id: int | None
    operation_id: int | None
    amount: int


@dataclass(frozen=True)
class HiringBehind:
    """What stands behind a figure today: `value` None is unknown. `compiled` is the figure as it was compiled."""

    value: int | None
    row_count: int
    rows: tuple[HiringRow, ...]
    compiled: Figure | None
    compiled_at: datetime | None

    @property
    def differs(self) -> bool:
        """Whether today's rows no longer give what was compiled."""
        return self.compiled is not None and self.compiled.value != self.value


def hiring_rows_behind(
    db: Session, indicator: Indicator, period: Period, *, cut: Cut = Cut.ALL, part: str = "", first: int, limit: int
) -> HiringBehind:
    """Today's rows behind one figure of hiring, `limit` of them from row `first` on, by day."""
    days = period.days()
    if indicator.id == "session_candidates":
        found = _sessions_with_heads(db, days, part if cut is Cut.TERRITORY else "")
        value = sum(row.amount for row in found.rows) if found.any_known or not found.any_held else None
        rows, count = tuple(found.rows[first : first + limit]), len(found.rows)
    else:
        query = _query(indicator.id, days, cut, part).subquery("behind")
        count, total = db.execute(select(func.count(), func.coalesce(func.sum(query.c.amount), 0))).one()
        page = select(query).order_by(query.c.day, query.c.what, query.c.id).offset(first).limit(limit)
        rows = tuple(HiringRow(**row) for row in db.execute(page).mappings())
        value = None if indicator.id == "hired_persons" and _only_nameless(db, days) else int(total)
    figures = compiled(db, period)
    return HiringBehind(
        value=value,
        row_count=count,
        rows=rows,
        compiled=None if figures is None else figures.figure(indicator.id, cut, part),
        compiled_at=None if figures is None else figures.compiled_at,
    )


def _query(indicator: str, days: tuple[date, date], cut: Cut, part: str) -> Rows:
    if indicator == "hired_persons":
        return _persons(days, cut, part)
    if indicator == "companies_made_aware":
        return _aware(days, cut, part)
    rows, table = _SOURCES[indicator]
    return _narrowed(rows(days), table, cut, part)


def _narrowed(query: Rows, table: Any, cut: Cut, part: str) -> Rows:
    if cut is Cut.TERRITORY:
        inside = col(table.in_territory)
        return query.where(inside.is_(_INSIDE[part]) if part in _INSIDE else inside.is_(None))
    return query.where(col(table.contract) == part) if cut is Cut.CONTRACT else query


def _columns(
    number: Any, day: Any, what: Any, *, amount: Any, contract: Any = None, person: Any = None, operation: Any = None
) -> list[ColumnElement[Any]]:
    return [
        number.label("id"),
        day.label("day"),
        what.label("what"),
        func.coalesce(col(Company.name), "").label("company"),
        (literal("") if contract is None else cast(contract, String)).label("contract"),
        (cast(null(), Whole) if person is None else person).label("person_id"),
        (cast(null(), Whole) if operation is None else operation).label("operation_id"),
        amount.label("amount"),
    ]


def _aware(days: tuple[date, date], cut: Cut, part: str) -> Rows:
    """Companies made aware, each on its last day."""
    acts = companies_made_aware(days).subquery("acts")
    columns = _columns(acts.c.company_id, acts.c.day, literal(""), amount=literal(1))
    query = select(*columns).select_from(acts).join(Company, col(Company.id) == acts.c.company_id)
    if cut is not Cut.TERRITORY:
        return query
    inside = acts.c.in_territory
    return query.where(inside.is_(_INSIDE[part]) if part in _INSIDE else inside.is_(None))


def _offers(days: tuple[date, date], amount: Any) -> Rows:
    row = JobOffer
    columns = _columns(col(row.id), col(row.published_on), col(row.title), amount=amount, contract=col(row.contract))
    return select(*columns).join(Company, col(Company.id) == col(row.company_id)).where(*within(row.published_on, days))


def _operations(days: tuple[date, date]) -> Rows:
    row = RecruitmentOperation
    columns = _columns(col(row.id), col(row.starts_on), col(row.name), amount=literal(1), operation=col(row.id))
    return select(*columns).join(Company, col(Company.id) == col(row.company_id)).where(*within(row.starts_on, days))


def _sessions(days: tuple[date, date]) -> Rows:
    row, operation = RecruitmentSession, RecruitmentOperation
    columns = _columns(
        col(row.id), col(row.held_on), col(operation.name), amount=literal(1), operation=col(operation.id)
    )
    query = select(*columns).join(operation, col(operation.id) == col(row.operation_id))
    query = query.join(Company, col(Company.id) == col(operation.company_id))
    return query.where(*within(row.held_on, days), col(row.withdrawn_at).is_(None))


@dataclass(frozen=True)
class _Heads:
    """Sessions with the heads that count, and whether any was held, and any counted."""

    rows: list[HiringRow]
    any_held: bool
    any_known: bool


def _sessions_with_heads(db: Session, days: tuple[date, date], part: str) -> _Heads:
    heads: Mapping[int, Mapping[str, int]] = heads_of_sessions(db, within(RecruitmentSession.held_on, days))
    held = db.execute(_sessions(days).order_by("day", "id")).mappings().all()
    rows = []
    for row in held:
        of_parts = heads.get(row["id"], {})
        amount = of_parts.get(part, 0) if part else sum(of_parts.values())
        if amount:
            rows.append(HiringRow(**{**row, "amount": amount}))
    return _Heads(rows, any_held=bool(held), any_known=any(heads.values()))


def _signed(days: tuple[date, date]) -> list[ColumnElement[bool]]:
    return [*within(Hire.signed_on, days), col(Hire.withdrawn_at).is_(None)]


def _hires(days: tuple[date, date]) -> Rows:
    merged = merged_records()
    person = canonical_id(col(Hire.candidate_id), merged)
    name = func.coalesce(col(Candidate.family_name) + " " + col(Candidate.given_name), "")
    columns = _columns(
        col(Hire.id),
        col(Hire.signed_on),
        name,
        amount=literal(1),
        contract=col(Hire.contract),
        person=person,
        operation=col(Hire.operation_id),
    )
    query = select(*columns).select_from(Hire).outerjoin(merged, merged.c.id == col(Hire.candidate_id))
    query = query.outerjoin(Candidate, col(Candidate.id) == person)
    return query.outerjoin(Company, col(Company.id) == col(Hire.company_id)).where(*_signed(days))


def _persons(days: tuple[date, date], cut: Cut, part: str) -> Rows:
    """Different persons, each with the last contract that counts."""
    signed = _narrowed(_hires(days).where(col(Hire.candidate_id).is_not(None)), Hire, cut, part).subquery("signed")
    back = func.row_number().over(partition_by=signed.c.person_id, order_by=(signed.c.day.desc(), signed.c.id.desc()))
    ranked = select(signed, back.label("back")).subquery("ranked")
    return select(*(column for column in ranked.c if column.name != "back")).where(ranked.c.back == 1)


def _only_nameless(db: Session, days: tuple[date, date]) -> bool:
    counts = select(func.count(), func.count(col(Hire.candidate_id))).where(*_signed(days))
    count, named = db.execute(counts).one()
    return bool(count) and not named


_SOURCES: Mapping[str, tuple[Callable[[tuple[date, date]], Rows], Any]] = {
    "offers_published": (lambda days: _offers(days, literal(1)), JobOffer),
    "offered_places": (lambda days: _offers(days, cast(col(JobOffer.place_count), Whole)), JobOffer),
    "recruitment_operations": (_operations, RecruitmentOperation),
    "recruitment_sessions": (_sessions, RecruitmentSession),
    "hires": (_hires, Hire),
    "trained_hires": (lambda days: _hires(days).where(col(Hire.training).is_not(None)), Hire),
}
"""What each indicator counts, and of which table its cuts are."""
