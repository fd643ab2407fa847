"""What every page of one event shows: its title, its tabs, and its places."""

from dataclasses import dataclass
from datetime import datetime

from flask import abort, url_for
from sqlmodel import Session, col, func, select

from alpes_events.agenda.lifecycle import forgotten_at
from alpes_events.agenda.models import UNSEEN, Counter, Entry, Event, EventState, Series, Venue
from alpes_events.agenda.queries import Places, SessionCard, event_card, sessions_of
from alpes_events.attendance.listing import Group, SignUpChoice, group_counts, waiting_counts
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.models import Exhibitor
from alpes_events.language.sentence import N_
from alpes_web.event_view import place_words
from alpes_web.staff.fill import FillBar
from alpes_web.staff.scope import check_door, coordinates, only_registered_by
from alpes_web.staff.words import EVENT_STATES, Said

ACTIVE = (Group.COMING, Group.OFFERED, Group.WAITING)


@dataclass(frozen=True)
class Tab:
    """One tab: its name, words and address; `count` None shows no number."""

    name: str
    words: str
    address: str
    count: int | None = None


@dataclass(frozen=True)
class EventPage:
    """One event for staff. `groups` counts the sign-ups that the visitor may see."""

    event: Event
    venue: Venue | None
    series: Series | None
    place: str
    places: Places
    fill: FillBar
    groups: dict[Group, int]
    sessions: tuple[SessionCard, ...]
    tabs: tuple[Tab, ...]
    state: Said
    by_sign_up: bool

    @property
    def active_count(self) -> int:
        """Sign-ups that stand: with a place, offered one, or waiting."""
        return sum(self.groups[group] for group in ACTIVE)

    @property
    def forgotten_at(self) -> datetime | None:
        """When it is forgotten, if it lies in the bin."""
        return forgotten_at(self.event)

    @property
    def is_live(self) -> bool:
        """Whether it is published and neither called off nor closed."""
        return self.event.state is EventState.PUBLISHED


def event_page(db: Session, event_id: int) -> EventPage:
    """The event, or a 404 when it does not exist or is not the visitor's to see."""
    check_door(event_id)
    card = event_card(db, event_id)
    if card is None or (card.event.state in UNSEEN and not coordinates()):
        abort(404)
    groups = group_counts(db, SignUpChoice(event_id, registered_by=only_registered_by()))
    waiting = waiting_counts(db, [event_id]).get(event_id, 0)
    sessions = tuple(sessions_of(db, event_id))
    return EventPage(
        event=card.event,
        venue=card.venue,
        series=card.series,
        place=place_words(card),
        places=card.places,
        fill=FillBar.of(card.places, waiting=waiting),
        groups=groups,
        sessions=sessions,
        tabs=_tabs(db, event_id, groups, session_count=len(sessions)),
        state=EVENT_STATES[card.event.state],
        by_sign_up=card.event.entry is Entry.SIGN_UP,
    )


def counters_of(event: Event) -> list[tuple[str, Counter]]:
    """What is counted at the event, and whether it is."""
    return [
        (N_("Visiteurs"), event.visitors_counter),
        (N_("Participants"), event.participants_counter),
        (N_("Exposants"), event.exhibitors_counter),
        (N_("Entretiens"), event.interviews_counter),
        (N_("Démonstrations"), event.demonstrations_counter),
    ]


def _tabs(db: Session, event_id: int, groups: dict[Group, int], *, session_count: int) -> tuple[Tab, ...]:
    people = sum(groups[group] for group in ACTIVE)
    shared = (
        _tab("overview", N_("Vue d’ensemble"), "staff_event.overview", event_id),
        _tab("people", N_("Personnes"), "staff_event.people", event_id, people),
    )
    if not coordinates():
        return shared
    stands = db.exec(
        select(func.count())
        .select_from(Exhibitor)
        .where(col(Exhibitor.event_id) == event_id, col(Exhibitor.state) == ExhibitorState.ACCEPTED)
    ).one()
    return (
        *shared,
        _tab("sessions", N_("Séances"), "staff_sessions.table", event_id, session_count),
        _tab("stands", N_("Stands"), "staff_stands.table", event_id, stands),
        _tab("messages", N_("Messages"), "staff_event.messages", event_id),
        _tab("day", N_("Jour J"), "staff_day.people", event_id),
        _tab("figures", N_("Chiffres"), "staff_event.figures", event_id),
        _tab("history", N_("Historique"), "staff_event.history", event_id),
    )


def _tab(name: str, words: str, endpoint: str, event_id: int, count: int | None = None) -> Tab:
    return Tab(name, words, url_for(endpoint, event_id=event_id), count)
