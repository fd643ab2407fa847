"""The exhibitors of an event as the interface answers them, once its catalogue is published."""

from collections.abc import Sequence

from alpes_events.fair.catalogue import CatalogueStand
from alpes_events.hiring.listing import OfferCard
from alpes_web.api.answers import Outlet
from alpes_web.api.documents import Document


class BroughtOfferDocument(Document):
    """A job offer that an exhibitor brings."""

    uid: str
    url: str
    title: str


class ExhibitorDocument(Document):
    """Who has a stand. Empty texts are not known, or not given; nobody is named."""

    name: str
    village: str
    stand: str
    hall: str
    commune: str
    looking_for: str
    activity: str
    website: str
    offers: list[BroughtOfferDocument]


class ExhibitorsDocument(Document):
    """The published catalogue of an event: village by village, by name."""

    url: str
    count: int
    exhibitors: list[ExhibitorDocument]


def exhibitors_document(
    slug: str, stands: Sequence[CatalogueStand], cards: Sequence[OfferCard], out: Outlet
) -> ExhibitorsDocument:
    """The catalogue with the offers of each stand."""
    return ExhibitorsDocument(
        url=out.address(f"/events/{slug}/exhibitors"),
        count=len(stands),
        exhibitors=[
            ExhibitorDocument(
                name=one.name,
                village=one.village,
                stand=one.booth,
                hall=one.hall,
                commune=one.commune,
                looking_for=one.looking_for,
                activity=one.activity,
                website=one.website,
                offers=[_brought(card, out) for card in cards if card.offer.exhibitor_id == one.id],
            )
            for one in stands
        ],
    )


def _brought(card: OfferCard, out: Outlet) -> BroughtOfferDocument:
    offer = card.offer
    return BroughtOfferDocument(
        uid=f"offer-{offer.uid}@{out.uid_domain}", url=out.address(f"/job-offers/{offer.slug}"), title=offer.title
    )
