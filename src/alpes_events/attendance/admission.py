"""May this person sign up now, and for a place or for the waiting list? Decided from facts alone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alpes_events.agenda.commands import UnknownEvent
from alpes_events.agenda.lifecycle import StateRefused
from alpes_events.agenda.models import UNSEEN, Entry, EventState
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_


class NotBySignUp(Refusal):
    """The event has free entry, or its sign-up is elsewhere."""

    def __init__(self) -> None:
        super().__init__(N_("On ne s’inscrit pas ici pour cet événement : sa page dit comment venir."))


class EventIsOff(Refusal):
    """The event is cancelled or was taken back."""

    status = 410

    def __init__(self) -> None:
        super().__init__(N_("Cet événement est annulé : l’agenda montre les prochains."))


class EventIsPast(Refusal):
    """The event has begun or is over."""

    status = 410

    def __init__(self) -> None:
        super().__init__(N_("Cet événement est passé : l’agenda montre les prochains."))


class NotYetOpen(Refusal):
    """Sign-up opens later."""

    def __init__(self, *, opens_at: datetime) -> None:
        super().__init__(N_("Les inscriptions ne sont pas encore ouvertes : revenez un peu plus tard."))
        self.opens_at = opens_at


class SignUpClosed(Refusal):
    """Sign-up is closed."""

    def __init__(self) -> None:
        super().__init__(N_("Les inscriptions sont closes : appelez-nous si vous souhaitez venir quand même."))


class EventIsFull(Refusal):
    """No place, and no waiting list."""

    def __init__(self) -> None:
        super().__init__(
            N_("Toutes les places sont prises et il n’y a pas de liste d’attente : l’agenda montre d’autres dates.")
        )


class Seating(StrEnum):
    """What a new sign-up gets."""

    PLACE = "place"
    QUEUE = "queue"


@dataclass(frozen=True)
class Door:
    """What decides whether sign-up is open: the event's state, its hours and its window."""

    state: EventState
    entry: Entry
    starts_at: datetime
    ends_at: datetime
    opens_at: datetime | None
    closes_at: datetime | None


def check_open(door: Door, *, now: datetime, by_staff: bool = False) -> None:
    """Raise the refusal that applies, if any. Staff may sign people up outside the window, until the end.

    To the public a draft does not exist.
    """
    if door.state in UNSEEN:
        raise StateRefused(state=door.state) if by_staff else UnknownEvent
    if door.state in {EventState.CANCELLED, EventState.WITHDRAWN}:
        raise EventIsOff
    if door.state is EventState.DONE or now >= door.ends_at or (now >= door.starts_at and not by_staff):
        raise EventIsPast
    if door.entry is not Entry.SIGN_UP:
        raise NotBySignUp
    if by_staff:
        return
    if door.opens_at is not None and now < door.opens_at:
        raise NotYetOpen(opens_at=door.opens_at)
    if door.closes_at is not None and now >= door.closes_at:
        raise SignUpClosed


def seating(*, place_taken: bool, waiting_list: bool) -> Seating:
    """A place if one could be taken, else the queue. Raises `EventIsFull` where there is none."""
    if place_taken:
        return Seating.PLACE
    if not waiting_list:
        raise EventIsFull
    return Seating.QUEUE
