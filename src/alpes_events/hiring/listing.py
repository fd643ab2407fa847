"""Offers as everyone sees them: the list with its counts, one offer with its employer, and what programs are told."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, func, select

from alpes_events.agenda.models import Event, EventState
from alpes_events.companies.models import Company
from alpes_events.database.page import Page, Part
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.models import Exhibitor
from alpes_events.hiring.choice import OfferChoice, chosen
from alpes_events.hiring.codes import ContractKind, OfferState
from alpes_events.hiring.models import JobOffer


@dataclass(frozen=True)
class OfferCard:
    """An offer with the name of its employer."""

    offer: JobOffer
    company: str


@dataclass(frozen=True)
class AtStand:
    """The event at whose stand one meets the employer."""

    title: str
    slug: str
    starts_at: datetime


@dataclass(frozen=True)
class ShownOffer:
    """One offer as its page shows it. `is_open`: one may apply."""

    offer: JobOffer
    company: Company
    at_stand: AtStand | None
    is_open: bool


def listed_offers(db: Session, choice: OfferChoice, *, today: date, part: Part) -> Page[OfferCard]:
    """One page of the offers that are shown, the newest first."""
    conditions = [*shown_offers(today), *chosen(choice)]
    count = db.exec(select(func.count()).select_from(JobOffer).where(*conditions)).one()
    rows = db.exec(
        select(JobOffer, Company.name)
        .join(Company, col(Company.id) == col(JobOffer.company_id))
        .where(*conditions)
        .order_by(col(JobOffer.published_at).desc(), col(JobOffer.id).desc())
        .offset(part.offset)
        .limit(part.size)
    )
    return Page(tuple(OfferCard(offer, company) for offer, company in rows), count, part)


def counts_by_contract(db: Session, choice: OfferChoice, *, today: date) -> Counter[ContractKind]:
    """How many offers of each contract the rest of the choice leaves."""
    rows = db.exec(
        select(JobOffer.contract, func.count())
        .where(*shown_offers(today), *chosen(choice, contracts=False))
        .group_by(col(JobOffer.contract))
    )
    return Counter({ContractKind(contract): count for contract, count in rows})


def public_offer(db: Session, slug: str, *, today: date) -> ShownOffer | None:
    """The offer at this address, when it is or was shown. One that was withdrawn is nobody's business any more."""
    found = db.exec(
        select(JobOffer, Company)
        .join(Company, col(Company.id) == col(JobOffer.company_id))
        .where(JobOffer.slug == slug, col(JobOffer.state).not_in((OfferState.DRAFT, OfferState.WITHDRAWN)))
    ).first()
    if found is None:
        return None
    offer, company = found
    is_open = offer.state is OfferState.PUBLISHED and (offer.closes_on is None or offer.closes_on >= today)
    return ShownOffer(offer, company, _at_stand(db, offer), is_open)


def offers_at_event(db: Session, event_id: int, *, today: date) -> list[OfferCard]:
    """The offers that are shown of those who have a stand at an event, by employer."""
    rows = db.exec(
        select(JobOffer, Company.name)
        .join(Company, col(Company.id) == col(JobOffer.company_id))
        .join(Exhibitor, col(Exhibitor.id) == col(JobOffer.exhibitor_id))
        .where(Exhibitor.event_id == event_id, Exhibitor.state == ExhibitorState.ACCEPTED, *shown_offers(today))
        .order_by(col(Company.search_name), col(JobOffer.id))
    )
    return [OfferCard(offer, company) for offer, company in rows]


def offer_count(db: Session, company_ids: Collection[int]) -> int:
    """How many offers these records of a company have, whatever became of them."""
    counted = select(func.count()).select_from(JobOffer).where(col(JobOffer.company_id).in_(company_ids))
    return db.exec(counted).one()


def offer_addresses(db: Session, *, today: date) -> list[tuple[str, datetime]]:
    """The slug of every offer that is shown, with when it was last changed."""
    rows = db.exec(select(JobOffer.slug, JobOffer.revised_at).where(*shown_offers(today)).order_by(col(JobOffer.id)))
    return list(rows)


def shown_offers(today: date) -> list[ColumnElement[bool]]:
    """What is published and not over; the night marks it expired, and until then it is left out all the same."""
    return [
        col(JobOffer.state) == OfferState.PUBLISHED,
        or_(col(JobOffer.closes_on).is_(None), col(JobOffer.closes_on) >= today),
    ]


def _at_stand(db: Session, offer: JobOffer) -> AtStand | None:
    if offer.exhibitor_id is None:
        return None
    found = db.exec(
        select(Event.title, Event.slug, Event.starts_at)
        .join(Exhibitor, col(Exhibitor.event_id) == col(Event.id))
        .where(
            Exhibitor.id == offer.exhibitor_id,
            Exhibitor.state == ExhibitorState.ACCEPTED,
            Event.state == EventState.PUBLISHED,
        )
    ).first()
    return None if found is None else AtStand(*found)
