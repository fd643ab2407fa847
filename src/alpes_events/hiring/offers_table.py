"""Offers as staff read them: every state, with their applications counted."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case
from sqlmodel import Session, col, func, select

from alpes_events.companies.models import Company
from alpes_events.database.page import Page, Part
from alpes_events.hiring.applications import JobApplication
from alpes_events.hiring.codes import OPEN_APPLICATIONS, OfferState
from alpes_events.hiring.models import JobOffer
from alpes_matching.stems import stems

_SUBMITTED = (col(JobOffer.submitted_at).is_not(None), col(JobOffer.state) != OfferState.PUBLISHED)


@dataclass(frozen=True)
class OfferLine:
    """An offer in the table of staff. `open_count`: applications that wait for an answer."""

    offer: JobOffer
    company: str
    application_count: int
    open_count: int


def staff_offers(
    db: Session,
    *,
    state: OfferState | None,
    text: str,
    part: Part,
    company_id: int | None = None,
    only_submitted: bool = False,
) -> Page[OfferLine]:
    """One page of offers, the last changed first; `only_submitted`: those that an employer sent to be published."""
    conditions = [*_conditions(state, text, company_id), *(_SUBMITTED if only_submitted else ())]
    count = db.exec(select(func.count()).select_from(JobOffer).where(*conditions)).one()
    rows = db.exec(
        select(JobOffer, Company.name)
        .join(Company, col(Company.id) == col(JobOffer.company_id))
        .where(*conditions)
        .order_by(col(JobOffer.revised_at).desc(), col(JobOffer.id).desc())
        .offset(part.offset)
        .limit(part.size)
    ).all()
    counts = _application_counts(db, [offer.id or 0 for offer, _company in rows])
    lines = (OfferLine(offer, company, *counts.get(offer.id or 0, (0, 0))) for offer, company in rows)
    return Page(tuple(lines), count, part)


def company_offers(db: Session, company_ids: Collection[int]) -> list[OfferLine]:
    """The offers of these records of a company, the last changed first."""
    rows = db.exec(
        select(JobOffer, Company.name)
        .join(Company, col(Company.id) == col(JobOffer.company_id))
        .where(col(JobOffer.company_id).in_(company_ids))
        .order_by(col(JobOffer.revised_at).desc(), col(JobOffer.id).desc())
    ).all()
    counts = _application_counts(db, [offer.id or 0 for offer, _company in rows])
    return [OfferLine(offer, company, *counts.get(offer.id or 0, (0, 0))) for offer, company in rows]


def offers_to_publish(db: Session) -> int:
    """How many offers their employers sent to be read over and published."""
    return db.exec(select(func.count()).select_from(JobOffer).where(*_SUBMITTED)).one()


def offer_counts(db: Session) -> dict[OfferState, int]:
    """How many offers stand in each state."""
    rows = db.exec(select(JobOffer.state, func.count()).group_by(col(JobOffer.state)))
    counts = {OfferState(state): count for state, count in rows}
    return {state: counts.get(state, 0) for state in OfferState}


def _application_counts(db: Session, offer_ids: list[int]) -> dict[int, tuple[int, int]]:
    """How many applications each of these offers has, and how many of them wait for an answer."""
    is_open = case((col(JobApplication.state).in_(OPEN_APPLICATIONS), 1), else_=0)
    rows = db.exec(
        select(JobApplication.offer_id, func.count(), func.sum(is_open))
        .where(col(JobApplication.offer_id).in_(offer_ids))
        .group_by(col(JobApplication.offer_id))
    )
    return {offer_id: (int(all_), int(waiting or 0)) for offer_id, all_, waiting in rows}


def _conditions(state: OfferState | None, text: str, company_id: int | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        col(JobOffer.search_words).contains(f" {word}", autoescape=True) for word in stems(text)
    ]
    if state is not None:
        conditions.append(col(JobOffer.state) == state)
    if company_id is not None:
        conditions.append(col(JobOffer.company_id) == company_id)
    return conditions
