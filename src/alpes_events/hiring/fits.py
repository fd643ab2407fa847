"""The offers that fit a person and why; while ranking is off, the newest ones in its place."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, select

from alpes_events.companies.models import Company
from alpes_events.database.page import Part
from alpes_events.hiring.choice import OfferChoice
from alpes_events.hiring.listing import OfferCard, ShownOffer, listed_offers, public_offer
from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.project import ProjectDraft, draft_of
from alpes_events.hiring.projects import project_of
from alpes_events.hiring.ranking import explanation, offers_for
from alpes_events.hiring.ranking_mode import ranks_people
from alpes_events.hiring.refusals import UnknownOffer
from alpes_matching.ranking import Explanation

_SHOWN = 10


@dataclass(frozen=True)
class Fit:
    """One offer, whose it is, and why it fits as it does."""

    offer: JobOffer
    company: str
    found: Explanation


@dataclass(frozen=True)
class Fits:
    """The offers for a person. `says_nothing`: nothing to compare; `objects`: they do not want to be ranked; `is_off`:
    nobody is, and `newest` are offers by date alone.
    """

    says_nothing: bool
    objects: bool
    is_off: bool = False
    rows: tuple[Fit, ...] = ()
    newest: tuple[OfferCard, ...] = ()


def fits_of(db: Session, candidate_id: int, *, today: date) -> Fits:
    """The ten published offers that fit best; none when nothing was said, or the person objects.

    While ranking is off, the ten newest.
    """
    standing = _standing(db, candidate_id)
    if standing.is_off:
        newest = listed_offers(db, OfferChoice(), today=today, part=Part(size=_SHOWN)).rows
        return replace(standing, newest=newest)
    if standing.says_nothing or standing.objects:
        return standing
    best = offers_for(db, candidate_id, today=today, limit=_SHOWN)
    companies = {offer.company_id for offer, _found in best}
    names = dict(db.exec(select(Company.id, Company.name).where(col(Company.id).in_(companies))).all())
    rows = tuple(Fit(offer, names[offer.company_id], found) for offer, found in best)
    return replace(standing, rows=rows)


def fit_with(db: Session, slug: str, candidate_id: int, *, today: date) -> tuple[ShownOffer, Fits]:
    """One offer that is shown, and how it fits the person: no row when they are not compared. Raises `UnknownOffer`."""
    shown, standing = public_offer(db, slug, today=today), _standing(db, candidate_id)
    if shown is None:
        raise UnknownOffer
    if standing.says_nothing or standing.objects or standing.is_off:
        return shown, standing
    found = explanation(db, shown.offer.id or 0, candidate_id, today=today)
    rows = () if found is None else (Fit(shown.offer, shown.company.name, found),)
    return shown, replace(standing, rows=rows)


def _standing(db: Session, candidate_id: int) -> Fits:
    row = project_of(db, candidate_id)
    return Fits(
        says_nothing=row is None or draft_of(row) == ProjectDraft(),
        objects=row is not None and row.objected_at is not None,
        is_off=not ranks_people(db),
    )
