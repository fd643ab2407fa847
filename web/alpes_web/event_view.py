"""An event as a page shows it: its places in words, where it is, how far, and for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal
from sqlmodel import Session

from alpes_events.agenda.listing import cards_of
from alpes_events.agenda.models import Entry, Event, EventState, Series, Venue
from alpes_events.agenda.narrowing import Choice, ListedEvent, kilometres_to
from alpes_events.agenda.queries import EventCard, Places
from alpes_events.agenda.words import AUDIENCES
from alpes_events.fair.publishing import catalogue_counts
from alpes_events.language.dates import moment
from alpes_events.language.typography import set_in
from alpes_web.languages import language, translated, translated_count

_NEAR = 0.1


@dataclass(frozen=True)
class Fill:
    """The places of an event in words, with a tone (`ok`, `warn`, `bad`, `muted`) and an icon."""

    words: str
    tone: str
    icon: str


@dataclass(frozen=True)
class EventView:
    """An event ready to be shown. `distance` is empty when no commune was chosen or the venue is not placed;
    `exhibitor_count` is 0 without a published catalogue.
    """

    event: Event
    venue: Venue | None
    commune: str
    places: Places
    fill: Fill
    place: str
    for_whom: str
    is_today: bool
    series: Series | None = None
    distance: str = ""
    exhibitor_count: int = 0


def view_of(
    card: EventCard, *, now: datetime, zone: ZoneInfo, kilometres: float | None = None, exhibitor_count: int = 0
) -> EventView:
    """The card of an event at this moment, `kilometres` away, with how many its catalogue shows."""
    event = card.event
    return EventView(
        event=event,
        venue=card.venue,
        commune=card.commune,
        places=card.places,
        fill=fill_of(event, card.places, now=now, zone=zone),
        place=place_words(card),
        for_whom=audience_words(event.audience),
        series=card.series,
        is_today=event.starts_at.astimezone(zone).date() == now.astimezone(zone).date(),
        distance=distance_words(kilometres),
        exhibitor_count=exhibitor_count,
    )


def listed_views(
    db: Session, shown: Sequence[ListedEvent], choice: Choice, *, now: datetime, zone: ZoneInfo
) -> list[EventView]:
    """The cards of these events of the agenda, in their order, with how far each is from the chosen commune."""
    far = {event.event_id: kilometres_to(event, choice) for event in shown}
    cards = cards_of(db, list(far))
    counts = catalogue_counts(db, far)
    return [
        view_of(card, now=now, zone=zone, kilometres=far[number], exhibitor_count=counts.get(number, 0))
        for number, card in ((card.event.id or 0, card) for card in cards)
    ]


def fill_of(event: Event, places: Places, *, now: datetime, zone: ZoneInfo) -> Fill:
    """What to say of the places: whether one may come, and how."""
    if event.state is EventState.CANCELLED:
        return Fill(translated("Annulé"), "bad", "x")
    if event.ends_at <= now or event.state is EventState.DONE:
        return Fill(translated("Terminé"), "muted", "ok")
    if event.entry is Entry.FREE:
        return Fill(translated("Entrée libre"), "ok", "door")
    if event.entry is Entry.ELSEWHERE:
        return Fill(translated("Inscription sur un autre site"), "ok", "out")
    return _window_fill(event, now=now, zone=zone) or _places_fill(event, places)


def _window_fill(event: Event, *, now: datetime, zone: ZoneInfo) -> Fill | None:
    """What to say when one may not sign up yet, or no longer."""
    if event.opens_at and now < event.opens_at:
        day = moment(event.opens_at, language=language(), zone=zone)
        return Fill(translated("Inscriptions le %(day)s") % {"day": day}, "muted", "hour")
    if (event.closes_at and now >= event.closes_at) or event.starts_at <= now:
        return Fill(translated("Inscriptions closes"), "muted", "x")
    return None


def _places_fill(event: Event, places: Places) -> Fill:
    if places.free is None:
        return Fill(translated("Places disponibles"), "ok", "people")
    if places.free > 0:
        words = translated_count("%(num)s place", "%(num)s places", places.free) % {"num": number(places.free)}
        return Fill(words, "ok", "people")
    if event.waiting_list:
        return Fill(translated("Complet : liste d’attente"), "warn", "hour")
    return Fill(translated("Complet"), "bad", "x")


def number(count: int) -> str:
    """« 1 600 »; in English 1,600."""
    return _number(count, language())


@lru_cache(maxsize=1024)
def _number(count: int, spoken: str) -> str:
    return set_in(format_decimal(count, locale=spoken), spoken)


def place_words(card: EventCard) -> str:
    """« Salle des fêtes, Marcq-en-Barœul »; nothing when the place is not known yet."""
    return "" if card.venue is None else ", ".join(part for part in (card.venue.name, card.commune) if part)


def map_link(item: EventView) -> str:
    """A map of the venue (OpenStreetMap): by its position when known, else by its address."""
    venue = item.venue
    if venue is not None and venue.latitude is not None and venue.longitude is not None:
        spot = f"{venue.latitude:.5f}/{venue.longitude:.5f}"
        return f"https://www.openstreetmap.org/?mlat={venue.latitude:.5f}&mlon={venue.longitude:.5f}#map=17/{spot}"
    parts = () if venue is None else (venue.address or venue.name, venue.postal_code, item.commune)
    return address_on_map(", ".join(part for part in parts if part))


def address_on_map(address: str) -> str:
    """A map where this address is looked for (OpenStreetMap)."""
    return f"https://www.openstreetmap.org/search?{urlencode({'query': address})}"


def audience_words(audience: list[str]) -> str:
    """For whom: the audiences the site knows by their words, others as written."""
    return ", ".join(translated(AUDIENCES.get(code, code)) for code in audience)


def distance_words(kilometres: float | None) -> str:
    """« à 4,1 km »; nothing when unknown, or in the same place."""
    if kilometres is None:
        return ""
    number = f"{max(kilometres, _NEAR):.1f}"
    return translated("à %(distance)s km") % {"distance": number.replace(".", ",") if language() == "fr" else number}
