"""The offers as news (Atom, RFC 4287): the newest first."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from alpes_events.hiring.listing import OfferCard
from alpes_events.hiring.words import contract_words

_SPACE = "http://www.w3.org/2005/Atom"
_TAGGED_SINCE = 2026
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class NewsOfOffers:
    """What stands at the head of the feed. `address` says where an offer's page is, by its slug."""

    title: str
    source: str
    page: str
    domain: str
    language: str
    address: Callable[[str], str]


def render_offers(feed: NewsOfOffers, cards: Iterable[OfferCard]) -> bytes:
    """The offers as octets; the same feed and offers give the same."""
    told = list(cards)
    root = ET.Element("feed", {"xmlns": _SPACE, "xml:lang": feed.language})
    _add(root, "id", feed.source)
    _add(root, "title", feed.title)
    _add(root, "updated", _instant(max((card.offer.revised_at for card in told), default=_NEVER)))
    _add(_add(root, "author"), "name", feed.title)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.source)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    for card in told:
        _add_offer(root, card, feed)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _add_offer(root: ET.Element, card: OfferCard, feed: NewsOfOffers) -> None:
    offer = card.offer
    item = _add(root, "entry")
    _add(item, "id", f"tag:{feed.domain},{_TAGGED_SINCE}:offer-{offer.uid}")
    _add(item, "title", offer.title)
    _add(item, "link", rel="alternate", type="text/html", href=feed.address(offer.slug))
    _add(item, "published", _instant(offer.published_at or offer.created_at))
    _add(item, "updated", _instant(offer.revised_at))
    _add(item, "category", term=offer.contract.value)
    told = (card.company, contract_words(offer, feed.language), offer.commune_name)
    _add(item, "content", "\n\n".join(part for part in (", ".join(filter(None, told)), offer.description) if part))


def _add(parent: ET.Element, name: str, words: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    if words:
        child.text = _UNWRITABLE.sub("", words)
    return child


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
