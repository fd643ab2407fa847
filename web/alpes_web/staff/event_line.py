"""One event as a row of a staff table: where it stands, its places, and what it needs."""

from dataclasses import dataclass

from alpes_events.agenda.models import Entry, Event, EventState
from alpes_events.agenda.queries import EventCard
from alpes_events.language.sentence import N_
from alpes_web.event_view import place_words
from alpes_web.languages import translated_count
from alpes_web.staff.fill import FillBar
from alpes_web.staff.words import EVENT_STATES, Said


@dataclass(frozen=True)
class EventLine:
    """An event with its place, its bar and its state in words. `by_sign_up`: people sign up here."""

    event: Event
    place: str
    fill: FillBar
    by_sign_up: bool
    state: Said


def line_of(card: EventCard, *, waiting: int) -> EventLine:
    """The row of an event, with so many people waiting."""
    fill = FillBar.of(card.places, waiting=waiting)
    by_sign_up = card.event.entry is Entry.SIGN_UP
    return EventLine(card.event, place_words(card), fill, by_sign_up, _state(card.event, fill, by_sign_up=by_sign_up))


def _state(event: Event, fill: FillBar, *, by_sign_up: bool) -> Said:
    """The state, or what it calls for: free places with people waiting, or no place left."""
    if event.state is not EventState.PUBLISHED or not by_sign_up:
        return EVENT_STATES[event.state]
    if fill.waiting and fill.free != 0:
        free = fill.free or 0
        return Said(
            translated_count("%(num)s place à proposer", "%(num)s places à proposer", free) % {"num": free},
            "warn",
            "alert",
        )
    return Said(N_("Complet"), "ok", "ok") if fill.free == 0 else EVENT_STATES[event.state]
