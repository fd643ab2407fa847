"""Funding periods of a scheme, with how many pathways are in them and how many wait to go on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from alpes_events.language.sentence import N_
from alpes_events.pathways.models import Enrolment, FundingPeriod
from alpes_events.pathways.refusals import BadPathway, UnknownPeriod
from alpes_events.pathways.schemes import the_scheme
from alpes_events.people.models import Candidate


@dataclass(frozen=True)
class PeriodDraft:
    """A funding period as written: the days [`starts_on`, `ends_on`], both included."""

    scheme_code: str
    label: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class PeriodLine:
    """A funding period with how many pathways are in it, and how many open ones still wait to go on in it."""

    period: FundingPeriod
    pathway_count: int
    waiting_count: int


def add_period(db: Session, draft: PeriodDraft) -> int:
    """Store a funding period. Gives its id. Raises `UnknownScheme`, `BadPathway` (days that cannot be, or taken)."""
    if not the_scheme(draft.scheme_code).by_name:
        raise BadPathway(N_("Ce dispositif se compte sans nom : il n’a pas de parcours."), field="scheme_code")
    if draft.ends_on < draft.starts_on:
        raise BadPathway(N_("La fin vient avant le début : changez l’une ou l’autre."), field="ends_on")
    taken = select(FundingPeriod).where(
        FundingPeriod.scheme_code == draft.scheme_code,
        FundingPeriod.starts_on <= draft.ends_on,
        FundingPeriod.ends_on >= draft.starts_on,
    )
    other = db.exec(taken.order_by(col(FundingPeriod.starts_on))).first()
    if other is not None:
        raise BadPathway(
            N_("La période « %(label)s » couvre déjà une partie de ces jours."), field="starts_on", label=other.label
        )
    row = FundingPeriod(
        scheme_code=draft.scheme_code, label=draft.label.strip(), starts_on=draft.starts_on, ends_on=draft.ends_on
    )
    db.add(row)
    db.flush()
    return row.id or 0


def the_period(db: Session, period_id: int) -> FundingPeriod:
    """The funding period. Raises `UnknownPeriod`."""
    row = db.get(FundingPeriod, period_id)
    if row is None:
        raise UnknownPeriod
    return row


def funding_periods(db: Session) -> list[FundingPeriod]:
    """Every funding period, by scheme, the latest first."""
    order = (col(FundingPeriod.scheme_code), col(FundingPeriod.starts_on).desc(), col(FundingPeriod.id))
    return list(db.exec(select(FundingPeriod).order_by(*order)))


def period_lines(db: Session, *, today: date) -> list[PeriodLine]:
    """Every funding period with its counts, in a fixed number of questions. Pathways wait for the last that began."""
    periods = funding_periods(db)
    held = select(Enrolment.funding_period_id, func.count()).where(col(Enrolment.withdrawn_at).is_(None))
    counts = dict(db.exec(held.group_by(col(Enrolment.funding_period_id))).all())
    waiting = (
        select(FundingPeriod.id, func.count())
        .join(Enrolment, col(Enrolment.scheme_code) == col(FundingPeriod.scheme_code))
        .join(Candidate, col(Candidate.id) == col(Enrolment.candidate_id))
        .where(*open_before(col(FundingPeriod.starts_on)))
        .group_by(col(FundingPeriod.id))
    )
    left = dict(db.exec(waiting).all())
    present = {one.scheme_code: one.id for one in reversed(periods) if one.starts_on <= today}
    return [
        PeriodLine(one, counts.get(one.id, 0), left.get(one.id, 0) if present.get(one.scheme_code) == one.id else 0)
        for one in periods
    ]


def open_before(day: Any) -> tuple[ColumnElement[bool], ...]:
    """The conditions for pathways of living people that go on and began before a day; `Candidate` is joined."""
    return (
        col(Enrolment.closed_on).is_(None),
        col(Enrolment.withdrawn_at).is_(None),
        col(Enrolment.entered_on) < day,
        col(Candidate.erased_at).is_(None),
    )
