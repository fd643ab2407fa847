"""Narrowing the agenda: which events answer what somebody chose, and how many a wider choice would find."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache
from typing import NamedTuple

from alpes_events.agenda.models import EventKind
from alpes_events.agenda.near_words import near_words
from alpes_events.language.folding import fold
from alpes_events.territory.distance import Position, kilometres_between

_WORD = re.compile(r"\w+")
EVERYONE = "everyone"


class ListedEvent(NamedTuple):
    """As much of an event as choosing needs. `text` is what a search looks into, `starts_at` its first instant,
    `series` the address of its series.

    A tuple, as every page of the agenda makes one for each event to come.
    """

    event_id: int
    kind: EventKind
    series: str
    themes: tuple[str, ...]
    audience: tuple[str, ...]
    insee_code: str | None
    position: Position | None
    text: str = ""
    starts_at: datetime | None = None
    series_name: str = ""

    @property
    def words(self) -> str:
        """The text as a search compares it: folded only when somebody searches, as it costs more than all the rest."""
        return _folded(self.text)


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """The text, folded once for all searches: a text that is changed is another text."""
    return fold(text)


@lru_cache(maxsize=4)
def _written(texts: tuple[str, ...]) -> tuple[str, frozenset[str]]:
    """All that these texts say, folded, and each of its words: an agenda is searched more often than it changes."""
    written = "\n".join(_folded(text) for text in texts)
    return written, frozenset(written.split())


@lru_cache(maxsize=32)
def _near_words(word: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """The words near this one, looked for once as long as the agenda says the same."""
    return near_words(word, vocabulary)


@dataclass(frozen=True)
class Choice:
    """What somebody chose; what is empty does not narrow. `near` is the position of the commune of `insee_code`;
    `instead` holds, for each word of the search, the words looked for instead of it (`with_near_words`).
    """

    kinds: tuple[EventKind, ...] = ()
    insee_code: str = ""
    radius_km: int | None = None
    theme: str = ""
    audience: str = ""
    series: str = ""
    search: str = ""
    near: Position | None = field(default=None, compare=False)
    instead: tuple[tuple[str, ...], ...] = field(default=(), compare=False)

    @cached_property
    def sought(self) -> tuple[tuple[str, ...], ...]:
        """The words of the search, folded, each with those that do as well; an event must hold one of each."""
        if self.search and self.instead:
            return self.instead
        return tuple((word,) for word in fold(self.search).split())


@dataclass(frozen=True)
class Widening:
    """One way out of an empty page: the choice without `part`, and how many events it finds."""

    part: str
    choice: Choice
    count: int


def kilometres_to(listed: ListedEvent, choice: Choice) -> float | None:
    """How far the event is from the chosen commune; None when either is not placed. Within the commune it is 0."""
    if choice.insee_code and listed.insee_code == choice.insee_code and listed.position is None:
        return 0.0
    if choice.near is None or listed.position is None:
        return None
    return kilometres_between(choice.near, listed.position)


def narrowed(listed: Iterable[ListedEvent], choice: Choice) -> list[ListedEvent]:
    """The events that answer the choice, in their order: each part of it that is chosen is a sieve of its own.

    For one audience, what is for everyone counts too.
    """
    left = list(listed)
    if choice.kinds:
        left = [event for event in left if event.kind in choice.kinds]
    if choice.theme:
        left = [event for event in left if choice.theme in event.themes]
    if choice.series:
        left = [event for event in left if event.series == choice.series]
    if choice.audience:
        left = [event for event in left if _is_for(event, choice.audience)]
    for words in choice.sought:
        left = [event for event in left if _says_one(event, words)]
    if choice.insee_code and choice.radius_km is not None:
        left = _near(left, choice, choice.radius_km)
    return left


def with_near_words(listed: Iterable[ListedEvent], choice: Choice) -> Choice:
    """The choice with near words for each word of its search that stands in none of these events.

    A search that finds something as typed is left as it is; so is a word that nothing is near to.
    """
    if not choice.sought:
        return choice
    written, vocabulary = _written(tuple(event.text for event in listed))
    if all(word in written for (word,) in choice.sought):
        return choice
    instead = tuple(
        (word,) if word in written else _near_words(word, vocabulary) or (word,) for (word,) in choice.sought
    )
    return choice if instead == choice.sought else replace(choice, instead=instead)


def as_written(listed: Iterable[ListedEvent], words: Iterable[str]) -> list[str]:
    """These folded words as the events write them: « boulangerie », « métiers »."""
    found = dict.fromkeys(words, "")
    missing = set(found)
    for event in listed:
        if not missing:
            break
        if any(word in event.words for word in missing):
            for part in _WORD.findall(event.text):
                if (folded := fold(part)) in missing:
                    found[folded] = part.lower()
                    missing.remove(folded)
    return [written or word for word, written in found.items()]


def found_and_counted(listed: Iterable[ListedEvent], choice: Choice) -> tuple[list[ListedEvent], Counter[EventKind]]:
    """The events that answer the choice, and how many of each kind the rest of the choice leaves."""
    of_all_kinds = narrowed(listed, replace(choice, kinds=()) if choice.kinds else choice)
    found = [event for event in of_all_kinds if event.kind in choice.kinds] if choice.kinds else of_all_kinds
    return found, Counter(event.kind for event in of_all_kinds)


def widenings(listed: Sequence[ListedEvent], choice: Choice, *, radii: Sequence[int]) -> list[Widening]:
    """Ways to find something when the choice finds nothing: each drops or widens one part, and finds at least one."""
    found = _finding(listed, _farther(choice, radii) + _wider(choice))
    if not found and choice != Choice() and listed:
        found = [Widening("everything", Choice(), len(listed))]
    return found


def farther(listed: Sequence[ListedEvent], choice: Choice, *, radii: Sequence[int]) -> list[Widening]:
    """The next radius, when it finds something: worth offering beside what the choice found."""
    return _finding(listed, _farther(choice, radii))


def _finding(listed: Sequence[ListedEvent], ways: Iterable[tuple[str, Choice]]) -> list[Widening]:
    counted = [Widening(part, wider, len(narrowed(listed, wider))) for part, wider in ways]
    return [way for way in counted if way.count]


def _farther(choice: Choice, radii: Sequence[int]) -> list[tuple[str, Choice]]:
    if not choice.insee_code or choice.radius_km is None:
        return []
    next_radius = [radius for radius in radii if radius > choice.radius_km][:1]
    return [("radius", replace(choice, radius_km=radius)) for radius in next_radius]


def _wider(choice: Choice) -> list[tuple[str, Choice]]:
    wider: list[tuple[str, Choice]] = []
    if choice.insee_code and choice.radius_km is not None:
        wider.append(("commune", replace(choice, insee_code="", radius_km=None, near=None)))
    if choice.kinds:
        wider.append(("kinds", replace(choice, kinds=())))
    texts = {
        "theme": replace(choice, theme=""),
        "audience": replace(choice, audience=""),
        "series": replace(choice, series=""),
        "search": replace(choice, search=""),
    }
    return wider + [(part, without) for part, without in texts.items() if getattr(choice, part)]


def _is_for(listed: ListedEvent, audience: str) -> bool:
    return not listed.audience or audience in listed.audience or EVERYONE in listed.audience


def _says_one(listed: ListedEvent, words: tuple[str, ...]) -> bool:
    text = listed.words
    return words[0] in text if len(words) == 1 else any(word in text for word in words)


def _near(listed: Sequence[ListedEvent], choice: Choice, radius_km: int) -> list[ListedEvent]:
    """Those within the radius: each place is measured once."""
    places = {(event.insee_code, event.position): event for event in listed}
    far = {place: kilometres_to(event, choice) for place, event in places.items()}
    near = {place for place, kilometres in far.items() if kilometres is not None and kilometres <= radius_km}
    return [event for event in listed if (event.insee_code, event.position) in near]
