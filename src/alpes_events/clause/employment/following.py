"""What became of people six and twelve months after they were hired: noted, and who is to be asked."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.clause.employment.employing import tell_employment
from alpes_events.clause.months import last_day, month_of
from alpes_events.clause.refusals import BadClause
from alpes_events.clause.tables.employment_rows import EmploymentContract, FollowedSituation, LaterSituation
from alpes_events.clause.terms import the_employment
from alpes_events.companies.records import merged_companies
from alpes_events.language.sentence import N_
from alpes_events.people.models import Candidate
from alpes_events.people.records import canonical_ids
from alpes_matching.eligibility import eligible_until as months_after

SPANS = (6, 12)
"""Months after the first day of an employment contract."""
_ASKED_FOR = 6
"""Months for which somebody who was not asked in time stays in the list."""


@dataclass(frozen=True)
class ToAsk:
    """Somebody to be asked what they do, so many `months` after they were hired; due since `due_on`."""

    candidate_id: int
    employment_id: int
    lot_id: int
    company_id: int
    months: int
    due_on: date


def note_situation(
    db: Session,
    employment_id: int,
    months: int,
    situation: LaterSituation | None,
    *,
    today: date,
    now: datetime,
    account_id: int | None,
) -> None:
    """What the person does `months` after they were hired; None: it is not known, after all.

    Raises `BadClause`, `UnknownEmployment`.
    """
    employment = the_employment(db, employment_id)
    if months not in SPANS or months_after(employment.starts_on, months=months) > today:
        raise BadClause(N_("Il est trop tôt pour noter cette situation."), field=f"months_{months}")
    row = db.get(FollowedSituation, (employment_id, months))
    if (None if row is None else row.situation) == situation:
        return
    if situation is None:
        db.delete(row)
    elif row is None:
        db.add(
            FollowedSituation(
                employment_id=employment_id, months=months, situation=situation, noted_on=today, noted_by=account_id
            )
        )
    else:
        row.situation, row.noted_on, row.noted_by = situation, today, account_id
        db.add(row)
    db.flush()
    tell_employment(db, employment, {"changed": [f"situation_{months}"]}, now=now, account_id=account_id)


def situations_of(db: Session, employment_id: int) -> dict[int, FollowedSituation]:
    """What was noted for an employment contract, by months after its first day."""
    rows = db.exec(select(FollowedSituation).where(FollowedSituation.employment_id == employment_id))
    return {row.months: row for row in rows}


def to_ask(db: Session, *, month: date) -> list[ToAsk]:
    """Who is to be asked by the end of a month: once for each company that hired them, by their first contract there.

    Those who were due earlier stay for some months. In a fixed number of questions.
    """
    due_by = last_day(month_of(month))
    noted = {(row.employment_id, row.months) for row in db.exec(select(FollowedSituation))}
    waiting = []
    for firsts in _first_hires(db):
        first = firsts[0]
        for months in SPANS:
            due_on = months_after(first.starts_on, months=months)
            is_due = due_on <= due_by < months_after(due_on, months=_ASKED_FOR)
            if is_due and not any((one.id, months) in noted for one in firsts):
                waiting.append(ToAsk(first.candidate_id, first.id or 0, first.lot_id, first.company_id, months, due_on))
    return sorted(waiting, key=lambda one: (one.due_on, one.employment_id, one.months))


def _first_hires(db: Session) -> list[list[EmploymentContract]]:
    """The first employment contract of each living person with each company, the earliest first; after it those that
    were the first ones of records that were merged since.
    """
    work = EmploymentContract
    rows = db.exec(
        select(work)
        .join(Candidate, col(Candidate.id) == col(work.candidate_id))
        .where(col(work.withdrawn_at).is_(None), col(Candidate.erased_at).is_(None))
        .order_by(col(work.starts_on), col(work.id))
    ).all()
    people = canonical_ids(db, [row.candidate_id for row in rows])
    merged = merged_companies()
    companies = {row.id: row.kept_id for row in db.execute(columns(merged.c.id, merged.c.kept_id))}
    own: dict[tuple[int, int], EmploymentContract] = {}
    for row in rows:
        own.setdefault((row.candidate_id, row.company_id), row)
    first: dict[tuple[int, int], list[EmploymentContract]] = {}
    for row in own.values():
        pair = people[row.candidate_id], companies.get(row.company_id, row.company_id)
        first.setdefault(pair, []).append(row)
    return list(first.values())
