"""What a coordinator writes about an event before it is stored, and what cannot be right about it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import Enum
from typing import Any

from alpes_events.agenda.models import Counter, Entry, Event, EventKind, OrganiserRole
from alpes_events.language.folding import written
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_, Sentence, say
from alpes_events.seats.pool import BadCapacity, check_capacity

LONGEST_TITLE = 150
LONGEST_SUMMARY = 300
LONGEST_DESCRIPTION = 5000
LONGEST_REASON = 300
_LONGEST_ROOM = 100
_LONGEST_ADDRESS = 300
_LONGEST_WORD = 150
_MOST_HOURS = 24 * 60
_MOST_EDITIONS = 999

_TOO_LONG = N_("Ce texte est trop long : %(longest)d signes au plus.")


@dataclass(frozen=True)
class EventDraft:
    """An event as written: instants in UTC, text in plain text, lists of codes (`audience`) or words."""

    title: str
    kind: EventKind
    starts_at: datetime
    ends_at: datetime
    organiser_role: OrganiserRole = OrganiserRole.ORGANISER
    series_id: int | None = None
    edition: int | None = None
    venue_id: int | None = None
    all_day: bool = False
    summary: str = ""
    description: str = ""
    to_bring: str = ""
    audience: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    picture_id: int | None = None
    picture_alt: str = ""
    entry: Entry = Entry.SIGN_UP
    entry_url: str = ""
    waiting_list: bool = True
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    offer_hours: int | None = None
    cut_off_hours: int | None = None
    visitors_counter: Counter = Counter.NOT_COLLECTED
    participants_counter: Counter = Counter.COLLECTED
    exhibitors_counter: Counter = Counter.NOT_COLLECTED
    interviews_counter: Counter = Counter.NOT_COLLECTED
    demonstrations_counter: Counter = Counter.NOT_COLLECTED

    @classmethod
    def of(cls, event: Event) -> "EventDraft":
        """The draft that a stored event would come from."""
        stored: dict[str, Any] = {item.name: getattr(event, item.name) for item in fields(cls)}
        stored |= {name: tuple(value) for name, value in stored.items() if isinstance(value, list)}
        return cls(**stored)

    def written(self) -> "EventDraft":
        """The same with its texts as they are stored, and without empty words in its lists."""
        return replace(self, **{item.name: _stored(getattr(self, item.name)) for item in fields(self)})


@dataclass(frozen=True)
class SessionDraft:
    """A part of an event: a workshop with its own hours and places (None: without limit)."""

    title: str
    starts_at: datetime
    ends_at: datetime
    room: str = ""
    capacity: int | None = None

    def written(self) -> "SessionDraft":
        """The same with its texts as they are stored."""
        return replace(self, title=written(self.title), room=written(self.room))


class BadDraft(BadInput):
    """Everything that cannot be right about a draft, field by field."""

    def __init__(self, problems: Mapping[str, Sentence]) -> None:
        self.problems = dict(problems)
        first, sentence = next(iter(self.problems.items()))
        super().__init__(sentence.text, field=first, **dict(sentence.facts))


def check_draft(draft: EventDraft) -> None:
    """Raise `BadDraft` with every problem of the draft, if it has one."""
    problems: dict[str, Sentence] = {}
    _check_words(draft, problems)
    _check_hours(draft, problems)
    if draft.edition is not None and not 1 <= draft.edition <= _MOST_EDITIONS:
        problems["edition"] = say(N_("Indiquez une édition entre 1 et %(most)d."), most=_MOST_EDITIONS)
    if draft.entry is Entry.ELSEWHERE and not draft.entry_url.startswith(("https://", "http://")):
        problems["entry_url"] = say(N_("Indiquez l’adresse où l’on s’inscrit (elle commence par https://)."))
    if draft.picture_id is not None and not draft.picture_alt.strip():
        problems["picture_alt"] = say(N_("Décrivez l’image en une phrase, pour les personnes qui ne la voient pas."))
    if problems:
        raise BadDraft(problems)


def check_session(draft: SessionDraft, *, event: EventDraft) -> None:
    """Raise `BadDraft` if a session has no title or does not lie within its event."""
    problems: dict[str, Sentence] = {}
    if not draft.title.strip():
        problems["title"] = say(N_("Il manque le titre."))
    elif len(draft.title) > LONGEST_TITLE:
        problems["title"] = say(_TOO_LONG, longest=LONGEST_TITLE)
    if draft.ends_at <= draft.starts_at:
        problems["ends_at"] = say(N_("La fin doit venir après le début."))
    elif draft.starts_at < event.starts_at or draft.ends_at > event.ends_at:
        problems["starts_at"] = say(N_("Cette séance doit se tenir pendant l’événement."))
    if len(draft.room) > _LONGEST_ROOM:
        problems["room"] = say(_TOO_LONG, longest=_LONGEST_ROOM)
    try:
        check_capacity(draft.capacity)
    except BadCapacity as problem:
        problems["capacity"] = problem.sentence
    if problems:
        raise BadDraft(problems)


def clean_reason(reason: str) -> str:
    """Why an event is cancelled, as it is stored. Raises `BadInput` when it is too long."""
    clean = written(reason)
    if len(clean) > LONGEST_REASON:
        raise BadInput(_TOO_LONG, field="reason", longest=LONGEST_REASON)
    return clean


def _check_words(draft: EventDraft, problems: dict[str, Sentence]) -> None:
    if not draft.title.strip():
        problems["title"] = say(N_("Il manque le titre."))
    for field, longest in (
        ("title", LONGEST_TITLE),
        ("summary", LONGEST_SUMMARY),
        ("description", LONGEST_DESCRIPTION),
        ("to_bring", 500),
        ("picture_alt", 200),
        ("entry_url", _LONGEST_ADDRESS),
    ):
        if len(getattr(draft, field)) > longest:
            problems[field] = say(_TOO_LONG, longest=longest)
    for field in ("audience", "themes", "partners"):
        if any(len(word) > _LONGEST_WORD for word in getattr(draft, field)):
            problems[field] = say(_TOO_LONG, longest=_LONGEST_WORD)


def _check_hours(draft: EventDraft, problems: dict[str, Sentence]) -> None:
    if draft.ends_at <= draft.starts_at:
        problems["ends_at"] = say(N_("La fin doit venir après le début."))
    if draft.opens_at and draft.closes_at and draft.closes_at <= draft.opens_at:
        problems["closes_at"] = say(N_("Les inscriptions doivent fermer après leur ouverture."))
    if draft.opens_at and draft.opens_at >= draft.ends_at:
        problems["opens_at"] = say(N_("Les inscriptions doivent ouvrir avant la fin de l’événement."))
    for field in ("offer_hours", "cut_off_hours"):
        hours = getattr(draft, field)
        if hours is not None and not 0 <= hours <= _MOST_HOURS:
            problems[field] = say(N_("Indiquez un nombre d’heures entre 0 et %(most)d."), most=_MOST_HOURS)


def _stored(value: object) -> Any:
    if isinstance(value, tuple):
        return tuple(word for word in (written(one) for one in value) if word)
    return written(value) if isinstance(value, str) and not isinstance(value, Enum) else value
