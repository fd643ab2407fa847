"""Which companies have people under contract in a month, and how far the declaration of each has come."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.clause.declaring.declared import DeclarationState, state_of
from alpes_events.clause.declaring.declaring import Ground
from alpes_events.clause.declaring.roster import employed, records_for, running_in
from alpes_events.clause.months import last_day, months_between
from alpes_events.clause.tables.contract_rows import ClauseLot, PublicContract
from alpes_events.clause.tables.declaration_rows import DeclaredLine, HourDeclaration, LineState
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.companies.models import Company
from alpes_events.companies.records import merged_companies, standing_id

_MONTHS_SHOWN = 24


@dataclass(frozen=True)
class CompanyMonth:
    """A company (the record that stands) with `person_count` people under contract in a month, and its declaration.

    `declaration_id` None: not even opened. `waiting_count` lines wait for a decision. `opened_as`: the name of the
    record under which it was opened, when that is merged: each record may have declared the month.
    """

    company_id: int
    company: str
    month: date
    person_count: int
    declaration_id: int | None
    state: DeclarationState
    minutes: int
    waiting_count: int
    reminded_count: int
    sent_at: datetime | None
    opened_as: str = ""


def company_months(db: Session, month: date, *, company_ids: Iterable[int] | None = None) -> list[CompanyMonth]:
    """Every company (or these records that stand) that has people under contract in the month, or declared it: a line
    for each declaration, or one without.
    """
    people = _people(db, month)
    declared = _declared(db, month)
    wanted = people.keys() | declared.keys()
    if company_ids is not None:
        wanted &= set(company_ids)
    rows = [row for one in wanted for row in declared.get(one, [])]
    lines = _lines(db, [row.id or 0 for row in rows])
    named = sorted({*wanted, *(row.company_id for row in rows)})
    names = dict(db.exec(select(Company.id, Company.name).where(col(Company.id).in_(named))).all())
    found = [
        _company_month(one, names[one], month, people.get(one, 0), row, lines, names)
        for one in sorted(wanted)
        for row in _telling(declared.get(one, []), lines)
    ]
    return sorted(found, key=lambda one: (one.company.casefold(), one.company_id, one.declaration_id or 0))


def missing(db: Session, month: date) -> list[CompanyMonth]:
    """The companies with people under contract in the month that have sent no declaration of it, once each."""
    found: dict[int, CompanyMonth] = {}
    for one in company_months(db, month):
        if one.sent_at is None and one.person_count:
            found.setdefault(one.company_id, one)
    return list(found.values())


def waiting_months(db: Session) -> dict[date, int]:
    """How many declarations have hours to decide, by month, the oldest first: those that are received."""
    month = col(HourDeclaration.month)
    asked = (
        columns(month, func.count(func.distinct(col(HourDeclaration.id))))
        .join(DeclaredLine, col(DeclaredLine.declaration_id) == col(HourDeclaration.id))
        .where(col(DeclaredLine.state) == LineState.SENT, col(HourDeclaration.sent_at).is_not(None))
        .group_by(month)
        .order_by(month)
    )
    return {found: int(count) for found, count in db.execute(asked)}


def _telling(rows: Sequence[HourDeclaration], lines: Mapping[int, object]) -> Sequence[HourDeclaration | None]:
    """The declarations of a month that say something. One that was only opened says nothing beside another that does;
    of several such the first stands for them all. Without any, None.
    """
    telling = [row for row in rows if row.sent_at is not None or row.id in lines]
    return telling or rows[:1] or [None]


def _company_month(
    company_id: int,
    name: str,
    month: date,
    person_count: int,
    row: HourDeclaration | None,
    lines: dict[int, list[tuple[LineState, int]]],
    names: Mapping[int | None, str],
) -> CompanyMonth:
    own = [] if row is None else lines.get(row.id or 0, [])
    return CompanyMonth(
        company_id=company_id,
        company=name,
        month=month,
        person_count=person_count,
        declaration_id=None if row is None else row.id,
        state=state_of(None if row is None else row.sent_at, [state for state, _minutes in own]),
        minutes=sum(minutes for state, minutes in own if state is not LineState.REFUSED),
        waiting_count=sum(state is LineState.SENT for state, _minutes in own),
        reminded_count=0 if row is None else row.reminded_count,
        sent_at=None if row is None else row.sent_at,
        opened_as="" if row is None or row.company_id == company_id else names[row.company_id],
    )


def _people(db: Session, month: date) -> dict[int, int]:
    """How many people each company has under contract on a lot that runs in the month."""
    merged = merged_companies()
    company = standing_id(col(EmploymentContract.company_id), merged)
    starts = func.coalesce(col(ClauseLot.starts_on), col(PublicContract.starts_on))
    ends = func.coalesce(col(ClauseLot.ends_on), col(PublicContract.ends_on))
    asked = (
        columns(company, func.count(func.distinct(col(EmploymentContract.candidate_id))))
        .select_from(EmploymentContract)
        .join(ClauseLot, col(ClauseLot.id) == col(EmploymentContract.lot_id))
        .join(PublicContract, col(PublicContract.id) == col(ClauseLot.contract_id))
        .outerjoin(merged, merged.c.id == col(EmploymentContract.company_id))
        .where(col(EmploymentContract.withdrawn_at).is_(None), col(PublicContract.closed_on).is_(None))
        .where(running_in(month), starts <= last_day(month), (ends.is_(None)) | (ends >= month))
        .group_by(company)
    )
    return {company_id: int(count) for company_id, count in db.execute(asked)}


def _declared(db: Session, month: date) -> dict[int, list[HourDeclaration]]:
    """The declarations of each company (the record that stands), in the order in which they were opened."""
    merged = merged_companies()
    company = standing_id(col(HourDeclaration.company_id), merged)
    asked = (
        columns(company, HourDeclaration)
        .outerjoin(merged, merged.c.id == col(HourDeclaration.company_id))
        .where(col(HourDeclaration.month) == month)
        .order_by(col(HourDeclaration.id))
    )
    found: defaultdict[int, list[HourDeclaration]] = defaultdict(list)
    for company_id, row in db.execute(asked).all():
        found[company_id].append(row)
    return found


def _lines(db: Session, declaration_ids: list[int]) -> dict[int, list[tuple[LineState, int]]]:
    asked = columns(col(DeclaredLine.declaration_id), col(DeclaredLine.state), col(DeclaredLine.minutes)).where(
        col(DeclaredLine.declaration_id).in_(declaration_ids), col(DeclaredLine.state) != LineState.WITHDRAWN
    )
    found: dict[int, list[tuple[LineState, int]]] = {}
    for declaration_id, state, minutes in db.execute(asked):
        found.setdefault(declaration_id, []).append((state, minutes))
    return found


def months_of(db: Session, company_id: int, *, until: date) -> list[CompanyMonth]:
    """The months, latest first, in which a company has people under contract, or that it declared: at most 24."""
    records = records_for(db, company_id)
    people = employed(db, col(EmploymentContract.company_id).in_(records))
    own = select(HourDeclaration).where(col(HourDeclaration.company_id).in_(records))
    rows = db.exec(own.order_by(col(HourDeclaration.id))).all()
    declared: defaultdict[date, list[HourDeclaration]] = defaultdict(list)
    for row in rows:
        declared[row.month].append(row)
    lines = _lines(db, [row.id or 0 for row in rows])
    names = dict(db.exec(select(Company.id, Company.name).where(col(Company.id).in_(records))).all())
    first = min([one.ground.from_on for one in people] + list(declared), default=until)
    found = []
    for month in list(months_between(first, until))[-_MONTHS_SHOWN:]:
        running = {one.candidate_id for one in people if _runs(one.ground, month)}
        if running or month in declared:
            there = _telling(declared.get(month, []), lines)[::-1]
            found += [_company_month(company_id, "", month, len(running), row, lines, names) for row in there]
    return found[::-1]


def _runs(ground: Ground, month: date) -> bool:
    from_on, until_on = ground.days_of(month)
    return from_on <= until_on and not ground.closed
