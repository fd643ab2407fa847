"""What a coordinator writes about an event before it is stored, and what cannot be right about it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from alpes_events.agenda.models import Counter, Entry, Event, EventKind, OrganiserRole
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_, Sentence, say

LONGEST_TITLE = 150
LONGEST_SUMMARY = 300
LONGEST_DESCRIPTION = 5000


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


@dataclass(frozen=True)
class SessionDraft:
    """A part of an event: a workshop with its own hours and places (None: without limit)."""

    title: str
    starts_at: datetime
    ends_at: datetime
    room: str = ""
    capacity: int | None = None


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
        problems["title"] = say(N_("Le titre est trop long : %(longest)d signes au plus."), longest=LONGEST_TITLE)
    if draft.ends_at <= draft.starts_at:
        problems["ends_at"] = say(N_("La fin doit venir après le début."))
    elif draft.starts_at < event.starts_at or draft.ends_at > event.ends_at:
        problems["starts_at"] = say(N_("Cette séance doit se tenir pendant l’événement."))
    if draft.capacity is not None and draft.capacity < 0:
        problems["capacity"] = say(N_("Le nombre de places ne peut pas être négatif."))
    if problems:
        raise BadDraft(problems)


def _check_words(draft: EventDraft, problems: dict[str, Sentence]) -> None:
    if not draft.title.strip():
        problems["title"] = say(N_("Il manque le titre."))
    for field, longest in (
        ("title", LONGEST_TITLE),
        ("summary", LONGEST_SUMMARY),
        ("description", LONGEST_DESCRIPTION),
        ("to_bring", 500),
        ("picture_alt", 200),
    ):
        if len(getattr(draft, field)) > longest:
            problems[field] = say(N_("Ce texte est trop long : %(longest)d signes au plus."), longest=longest)


def _check_hours(draft: EventDraft, problems: dict[str, Sentence]) -> None:
    if draft.ends_at <= draft.starts_at:
        problems["ends_at"] = say(N_("La fin doit venir après le début."))
    if draft.opens_at and draft.closes_at and draft.closes_at <= draft.opens_at:
        problems["closes_at"] = say(N_("Les inscriptions doivent fermer après leur ouverture."))
    if draft.opens_at and draft.opens_at >= draft.ends_at:
        problems["opens_at"] = say(N_("Les inscriptions doivent ouvrir avant la fin de l’événement."))
    for field in ("offer_hours", "cut_off_hours"):
        hours = getattr(draft, field)
        if hours is not None and hours < 0:
            problems[field] = say(N_("Le nombre d’heures ne peut pas être négatif."))
