"""The life of an event: which state may follow which, and which changes move it in calendars."""

from dataclasses import replace
from itertools import product

import pytest

from alpes_events.agenda.draft import EventDraft
from alpes_events.agenda.lifecycle import StateRefused, changed_fields, check_step, moves
from alpes_events.agenda.models import Entry, EventKind, EventState
from tests.support.stories import DRAFT

ALLOWED = {
    (EventState.DRAFT, EventState.PUBLISHED),
    (EventState.PUBLISHED, EventState.CANCELLED),
    (EventState.PUBLISHED, EventState.WITHDRAWN),
    (EventState.PUBLISHED, EventState.DONE),
    (EventState.WITHDRAWN, EventState.PUBLISHED),
    (EventState.DRAFT, EventState.DISCARDED),
    (EventState.DISCARDED, EventState.DRAFT),
}
MOVING = {"starts_at", "ends_at", "all_day", "venue_id"}
OTHER_VALUES: dict[str, object] = {
    "title": "Autre titre",
    "kind": EventKind.SALON,
    "starts_at": DRAFT.starts_at.replace(hour=8),
    "ends_at": DRAFT.ends_at.replace(hour=20),
    "all_day": True,
    "venue_id": 5,
    "summary": "Autrement",
    "audience": ("young",),
    "entry": Entry.FREE,
    "waiting_list": False,
    "offer_hours": 3,
    "opens_at": DRAFT.starts_at.replace(day=1),
}


def test_only_the_steps_of_the_life_are_taken() -> None:
    taken = set()
    for state, wanted in product(EventState, EventState):
        try:
            check_step(state, wanted)
        except StateRefused:
            continue
        taken.add((state, wanted))
    assert taken == ALLOWED


@pytest.mark.parametrize("state", EventState)
def test_every_state_says_in_its_own_words_why_it_stays(state: EventState) -> None:
    others = {str(StateRefused(state=other)) for other in EventState if other is not state}
    assert str(StateRefused(state=state)) not in others


@pytest.mark.parametrize("names", [*({name} for name in OTHER_VALUES), set(OTHER_VALUES), set()])
def test_exactly_what_differs_is_named_and_only_time_and_place_move(names: set[str]) -> None:
    after = replace(DRAFT, **{name: OTHER_VALUES[name] for name in names})  # type: ignore[arg-type]
    changed = changed_fields(DRAFT, after)
    assert set(changed) == names
    assert changed == [name for name in EventDraft.__dataclass_fields__ if name in names]
    assert moves(changed) == bool(names & MOVING)
