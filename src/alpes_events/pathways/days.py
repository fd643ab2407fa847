"""On which days somebody is in a scheme: the one rule by which pathways share a day."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, literal
from sqlmodel import Session, col, select

from alpes_events.pathways.models import Enrolment
from alpes_events.pathways.refusals import AlreadyEnrolled
from alpes_events.people.records import canonical_ids, records_of_person


def on_days(first: Any, last: Any) -> tuple[ColumnElement[bool], ...]:
    """The conditions for pathways with one day of [`first`, `last`] at least, both included; `last` None: no end."""
    closed = col(Enrolment.closed_on)
    begun = () if last is None else (col(Enrolment.entered_on) <= last,)
    return (*begun, closed.is_(None) | (closed >= first))


def within(year: int) -> tuple[ColumnElement[bool], ...]:
    """The conditions for pathways with one day of the year at least."""
    return on_days(date(year, 1, 1), date(year, 12, 31))


def another_on(
    db: Session, candidate_id: int, scheme_code: str, first: date, last: date | None, *, but: int | None = None
) -> Enrolment | None:
    """A pathway of the person in the scheme on these days, under any of their records (`but`: beside this one)."""
    standing = canonical_ids(db, [candidate_id])[candidate_id]
    asked = select(Enrolment).where(
        col(Enrolment.candidate_id).in_(records_of_person(literal(standing))),
        Enrolment.scheme_code == scheme_code,
        col(Enrolment.withdrawn_at).is_(None),
        col(Enrolment.id) != (but or 0),
        *on_days(first, last),
    )
    return db.exec(asked.order_by(col(Enrolment.entered_on))).first()


def refuse_twice(
    db: Session, candidate_id: int, scheme_code: str, first: date, last: date | None, *, but: int | None = None
) -> None:
    """A person is in a scheme once on a day: of the days that a pathway takes up, none is another's.

    Raises `AlreadyEnrolled`.
    """
    other = another_on(db, candidate_id, scheme_code, first, last, but=but)
    if other is not None:
        raise AlreadyEnrolled(since=other.entered_on, until=other.closed_on, enrolment_id=other.id or 0)
