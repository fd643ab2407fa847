"""An event in the words of schema.org, for search engines and whoever else reads pages by program."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from alpes_events.agenda.models import Entry, Event, EventState, Venue
from alpes_events.agenda.queries import EventCard, Places

Value = str | int | float | bool | Mapping[str, "Value"] | list["Value"]


def structured_event(
    card: EventCard, *, address: str, organiser: str, organiser_address: str, zone: ZoneInfo
) -> dict[str, Value]:
    """The event at `address` as JSON-LD; what is not known is left out. Instants carry the offset of `zone`."""
    event = card.event
    told: dict[str, Value] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "url": address,
        "startDate": _when(event, zone)[0],
        "endDate": _when(event, zone)[1],
        "eventStatus": f"https://schema.org/{_status(event)}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": True,
        "inLanguage": "fr",
        "organizer": {"@type": "Organization", "name": organiser, "url": organiser_address},
    }
    if event.summary or event.description:
        told["description"] = event.summary or event.description
    if event.picture_id is not None:
        told["image"] = f"{address}/picture"
    if card.venue is not None:
        told["location"] = _place(card.venue, card.commune)
    if event.entry is Entry.SIGN_UP:
        told["offers"] = _offer(event, card.places, f"{address}/sign-up")
    if card.places.capacity is not None:
        told["maximumAttendeeCapacity"] = card.places.capacity
        told["remainingAttendeeCapacity"] = card.places.free or 0
    return told


def _when(event: Event, zone: ZoneInfo) -> tuple[str, str]:
    starts, ends = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    if event.all_day:
        return starts.date().isoformat(), ends.date().isoformat()
    return starts.isoformat(timespec="minutes"), ends.isoformat(timespec="minutes")


def _status(event: Event) -> str:
    return "EventCancelled" if event.state is EventState.CANCELLED else "EventScheduled"


def _place(venue: Venue, commune: str) -> dict[str, Value]:
    lines = {"streetAddress": venue.address, "postalCode": venue.postal_code, "addressLocality": commune}
    place: dict[str, Value] = {
        "@type": "Place",
        "name": venue.name,
        "address": {"@type": "PostalAddress", **{name: line for name, line in lines.items() if line}},
    }
    if venue.latitude is not None and venue.longitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": venue.latitude, "longitude": venue.longitude}
    return place


def _offer(event: Event, places: Places, address: str) -> dict[str, Value]:
    offer: dict[str, Value] = {
        "@type": "Offer",
        "price": 0,
        "priceCurrency": "EUR",
        "url": address,
        "availability": f"https://schema.org/{'SoldOut' if places.free == 0 else 'InStock'}",
    }
    if event.opens_at is not None:
        offer["validFrom"] = event.opens_at.isoformat(timespec="minutes")
    return offer
