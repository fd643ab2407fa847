"""Whether an event knows a figure. What was not collected is unknown, never 0.

- A counter declared not collected: unknown. Of the territory only: the whole is unknown, the territory's part known.
- Participants, absent, excused: known once somebody was marked. Nobody marked though people had signed up: unknown.
  A past event with sign-up that nobody signed up for: a true 0.
- Visitors: known once a count was taken at the door (a count of 0 is a count).
- Exhibitors, demonstrations, interviews: known once one is entered; none entered at a past event: a true 0, except
  that interviews planned and none noted as held are unknown.
- Wishes to meet: known once one is said. Wishes met, interviews not held: known once an interview is noted, held or
  not. Waiting: known once somebody was called from a queue.
- Sign-ups, waiting list, cancellations: ours to know where people sign up with us; elsewhere once there is one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from alpes_events.agenda.models import Counter, Entry
from alpes_events.statistics.facts import PEOPLE, THINGS, EventFacts
from alpes_events.statistics.indicators import BY_ID, Gate
from alpes_events.statistics.meeting_facts import MEETINGS

_SIGN_UPS = ("registered", "waitlisted", "cancelled", "revoked")
_MARKS = ("participants", "no_shows", "excused")


class Coverage(Enum):
    """What an event knows of one figure."""

    WHOLE = auto()
    TERRITORY = auto()
    NOTHING = auto()


@dataclass(frozen=True)
class KnownEvent:
    """One event, with what it knows of each figure."""

    facts: EventFacts
    coverage: Mapping[str, Coverage]


def known_event(facts: EventFacts) -> KnownEvent:
    """What the event knows of every figure."""
    return KnownEvent(facts, {indicator: coverage(facts, indicator) for indicator in (*PEOPLE, *THINGS)})


def coverage(facts: EventFacts, indicator: str) -> Coverage:
    """What the event knows of the figure, by what it declares and by the acts that its records hold."""
    declared = _declared(facts, indicator)
    if declared is Counter.COLLECTED and _taken(facts, indicator):
        return Coverage.WHOLE
    if declared is Counter.TERRITORY_ONLY and _taken_of_territory(facts, indicator):
        return Coverage.TERRITORY
    return Coverage.NOTHING


def _declared(facts: EventFacts, indicator: str) -> Counter:
    """Sign-ups are collected whatever is declared of participants, but of the territory only where those are."""
    gate = BY_ID[indicator].gate
    if gate is not Gate.NONE:
        return facts.counters[gate]
    partly = facts.counters[Gate.PARTICIPANTS] is Counter.TERRITORY_ONLY
    return Counter.TERRITORY_ONLY if partly else Counter.COLLECTED


def _taken(facts: EventFacts, indicator: str) -> bool:
    """Whether acts say that the count was really taken."""
    whole, signs_up = facts.whole, facts.entry is Entry.SIGN_UP
    if indicator in _SIGN_UPS:
        return signs_up or any(whole[name] for name in _SIGN_UPS)
    if indicator in _MARKS:
        marked = any(whole[name] for name in _MARKS)
        return marked or (facts.is_over and signs_up and whole["registered"] == 0)
    if indicator == "unmarked":
        return facts.is_over and (signs_up or whole["registered"] > 0)
    if indicator in MEETINGS:
        return _meetings_noted(facts, indicator)
    entered = facts.door_counts > 0 if indicator == "visitors" else whole[indicator] > 0
    if indicator == "interviews":
        return entered or (facts.is_over and facts.planned_interviews == 0)
    return entered or (facts.is_over and indicator != "visitors")


def _meetings_noted(facts: EventFacts, indicator: str) -> bool:
    if indicator in {"wishes_met", "interviews_not_held"}:
        noted = facts.whole["interviews"] > 0 or facts.whole["interviews_not_held"] > 0
        return noted and (indicator == "interviews_not_held" or facts.whole["meeting_wishes"] > 0)
    return facts.meeting_acts.get(indicator, 0) > 0


def _taken_of_territory(facts: EventFacts, indicator: str) -> bool:
    """Demonstrations and meetings are not of a territory; at the door, the territory's part is a count of its own."""
    if indicator in {"demonstrations", *MEETINGS}:
        return False
    return facts.territory_door_counts > 0 if indicator == "visitors" else _taken(facts, indicator)
