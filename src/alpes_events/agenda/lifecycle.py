"""The life of an event: which state may follow which, and whether a change moves it in calendars."""

from datetime import datetime, timedelta

from alpes_events.agenda.draft import EventDraft
from alpes_events.agenda.models import Event, EventState
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_

_NEXT = {
    EventState.DRAFT: {EventState.PUBLISHED, EventState.DISCARDED},
    EventState.DISCARDED: {EventState.DRAFT},
    EventState.PUBLISHED: {EventState.CANCELLED, EventState.WITHDRAWN, EventState.DONE},
    EventState.WITHDRAWN: {EventState.PUBLISHED},
    EventState.CANCELLED: set(),
    EventState.DONE: set(),
}

BIN_KEPT = timedelta(days=90)
"""From the instant a draft was thrown away; then it is forgotten."""

_MOVING = ("starts_at", "ends_at", "all_day", "venue_id")


class StateRefused(Refusal):
    """A change of state that the life of an event does not know."""

    def __init__(self, *, state: EventState) -> None:
        super().__init__(_WHY[state], state=state.value)


_WHY = {
    EventState.DRAFT: N_("Cet événement est encore un brouillon : publiez-le d’abord."),
    EventState.PUBLISHED: N_("Cet événement est déjà publié."),
    EventState.WITHDRAWN: N_("Cet événement a été retiré de l’agenda : publiez-le de nouveau d’abord."),
    EventState.DISCARDED: N_("Ce brouillon est dans la corbeille : reprenez-le d’abord."),
    EventState.CANCELLED: N_("Cet événement est annulé : dupliquez-le pour en proposer un autre."),
    EventState.DONE: N_("Cet événement est terminé."),
}


def forgotten_at(event: Event) -> datetime | None:
    """When a draft that was thrown away is forgotten; None for what is not in the bin."""
    in_bin = event.state is EventState.DISCARDED and event.ended_at is not None
    return event.ended_at + BIN_KEPT if in_bin and event.ended_at else None


def check_step(state: EventState, wanted: EventState) -> None:
    """Raise `StateRefused` unless an event in `state` may become `wanted`."""
    if wanted not in _NEXT[state]:
        raise StateRefused(state=state)


def changed_fields(before: EventDraft, after: EventDraft) -> list[str]:
    """The names of what differs, in the order of the draft."""
    return [name for name in EventDraft.__dataclass_fields__ if getattr(before, name) != getattr(after, name)]


def moves(changed: list[str]) -> bool:
    """Whether the change is one of time or place: calendars must follow and people must be told."""
    return any(name in _MOVING for name in changed)
