"""Offers as they are compared: by their code of the ROME, else by what their title leaves no doubt of."""

from collections.abc import Iterable

from sqlmodel import Session

from alpes_events.hiring.models import JobOffer
from alpes_events.hiring.profiles import offer_profile
from alpes_events.occupations.queries import sure_codes
from alpes_matching.ranking import OfferProfile


def offer_profiles(db: Session, offers: Iterable[JobOffer]) -> dict[int, OfferProfile]:
    """The profile of each offer by its id, in their order. Nothing is written: a code is chosen by people."""
    listed = list(offers)
    codes = sure_codes(db, (offer.title for offer in listed if not offer.rome_code))
    return {
        offer.id or 0: offer_profile(offer, rome_code=offer.rome_code or codes.get(offer.title)) for offer in listed
    }
