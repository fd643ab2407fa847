"""What a calendar says about an event: its words, where it is, and whether it still stands."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from alpes_events.agenda.calendar import CalendarEntry, EntryStatus
from alpes_events.agenda.models import Entry, EventKind, EventState
from alpes_events.agenda.words import KIND_WORDS
from alpes_events.language.sentence import N_, Sentence

OFF = (EventState.CANCELLED, EventState.WITHDRAWN)
"""The states that a calendar shows as cancelled."""


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What is stored about one event that its calendar entry tells (`feeds.EVENT_COLUMNS`, in this order)."""

    uid: str
    slug: str
    title: str
    kind: EventKind
    state: EventState
    sequence: int
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    created_at: datetime
    revised_at: datetime
    summary: str
    description: str
    to_bring: str
    themes: list[str]
    entry: Entry
    entry_url: str
    cancellation_reason: str
    series_name: str | None
    venue_name: str | None
    venue_address: str | None
    venue_postal_code: str | None
    venue_commune: str | None
    transport: str | None
    accessibility: str | None
    latitude: float | None
    longitude: float | None

    @property
    def is_off(self) -> bool:
        """Whether calendars show it as cancelled."""
        return self.state in OFF

    @property
    def location(self) -> str:
        """Where, in one line: place, street, postal code and commune."""
        town = " ".join(part for part in (self.venue_postal_code, self.venue_commune) if part)
        return ", ".join(part for part in (self.venue_name, self.venue_address, town) if part)

    @property
    def position(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, when both are known."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)


def public_entry(facts: EventFacts, *, uid_domain: str, base_url: str, language: str) -> CalendarEntry:
    """The event as the public agenda's calendars show it: no person, no count of places.

    A withdrawn event has no page any more, and its entry says nothing beyond that it is off.
    """
    return CalendarEntry(
        uid=f"{facts.uid}@{uid_domain}",
        sequence=facts.sequence,
        status=EntryStatus.CANCELLED if facts.is_off else EntryStatus.CONFIRMED,
        summary=facts.title,
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        all_day=facts.all_day,
        created_at=facts.created_at,
        revised_at=facts.revised_at,
        description=public_description(facts, url=event_url(facts, base_url), language=language),
        location=facts.location,
        position=facts.position,
        url=event_url(facts, base_url),
        categories=categories(facts, language=language),
    )


def event_url(facts: EventFacts, base_url: str) -> str:
    """The address of the event's page; empty when it has none any more."""
    return "" if facts.state is EventState.WITHDRAWN else f"{base_url}/events/{facts.slug}"


def categories(facts: EventFacts, *, language: str) -> tuple[str, ...]:
    """The event's kind, series and themes, each once."""
    words = (said(KIND_WORDS[facts.kind].one, language), facts.series_name or "", *facts.themes)
    return tuple(dict.fromkeys(word for word in words if word))


def public_description(facts: EventFacts, *, url: str, language: str) -> str:
    """What the entry says, in plain text: paragraphs of what it is, what to bring, how to come and how to sign up."""
    if facts.state is EventState.WITHDRAWN:
        return said(N_("Cet événement n’est plus proposé."), language)
    if facts.state is EventState.CANCELLED:
        return paragraphs(said(N_("Cet événement est annulé."), language), facts.cancellation_reason, url)
    return paragraphs(
        facts.summary, facts.description, *practical(facts, language=language), _how_to_enter(facts, url, language)
    )


def practical(facts: EventFacts, *, language: str) -> list[str]:
    """What to bring, how to come and whether everyone can get in, as far as it is known."""
    told = (
        (N_("À apporter : %(words)s"), facts.to_bring),
        (N_("Pour venir : %(words)s"), facts.transport),
        (N_("Accessibilité : %(words)s"), facts.accessibility),
    )
    return [said(sentence, language) % {"words": words} for sentence, words in told if words]


def paragraphs(*parts: str) -> str:
    """The parts that say something, one blank line between them."""
    return "\n\n".join(part.strip() for part in parts if part.strip())


@lru_cache(maxsize=256)
def said(sentence: str, language: str) -> str:
    """A sentence of this module's, in `language`."""
    return Sentence(sentence).in_language(language)


def _how_to_enter(facts: EventFacts, url: str, language: str) -> str:
    match facts.entry:
        case Entry.FREE:
            return paragraphs(said(N_("Entrée libre, sans inscription."), language), url)
        case Entry.ELSEWHERE:
            return said(N_("Inscription : %(url)s"), language) % {"url": facts.entry_url or url}
        case Entry.SIGN_UP:
            return said(N_("Informations et inscription : %(url)s"), language) % {"url": url}
