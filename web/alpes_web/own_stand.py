"""The stand behind a secret link, and the call of the event that it was asked for at."""

from dataclasses import dataclass
from datetime import timedelta

from flask import url_for
from sqlmodel import Session

from alpes_events.agenda.commands import UnknownEvent
from alpes_events.agenda.models import AskedOf, Event, EventState, Question
from alpes_events.agenda.queries import EventCard, event_card
from alpes_events.agenda.questions import questions_of
from alpes_events.fair.call import CallDraft, draft_of_call, villages_of
from alpes_events.fair.models import Village
from alpes_events.fair.refusals import NoCall
from alpes_events.fair.stand_queries import event_of_stand, stand_of_reference
from alpes_events.fair.stand_views import StandView
from alpes_web.event_view import EventView, view_of
from alpes_web.identity import identity
from alpes_web.link_refusals import LinkIsOver, WrongLink
from alpes_web.links import Purpose, reference_in, signed
from alpes_web.site import site

OPEN_FOR = timedelta(days=300)
"""How long after an event its exhibitors may still say what came of it."""


@dataclass(frozen=True)
class Call:
    """What a form about a stand is about: the event, and what it offers and asks."""

    card: EventCard
    call: CallDraft
    villages: list[Village]
    questions: list[Question]

    @property
    def event(self) -> Event:
        """The event."""
        return self.card.event

    @property
    def item(self) -> EventView:
        """The event as a page shows it."""
        return view_of(self.card, now=site().now(), zone=identity().zone)


def call_of(db: Session, card: EventCard | None) -> Call:
    """The call of an event. Raises `UnknownEvent`, `NoCall`."""
    if card is None or card.event.id is None:
        raise UnknownEvent
    call = draft_of_call(db, card.event.id)
    if call is None:
        raise NoCall
    questions = questions_of(db, card.event.id, asked_of=AskedOf.EXHIBITORS)
    return Call(card, call, villages_of(db, card.event.id), questions)


def own_stand(db: Session, secret: str) -> tuple[StandView, Event]:
    """The stand of a link that still serves. Raises `WrongLink`, `LinkIsOver`."""
    reference = reference_in(secret, purpose=Purpose.STAND, key=site().settings.secret_key)
    found = None if reference is None else stand_of_reference(db, reference)
    if found is None:
        raise WrongLink
    own, event = found
    if site().now() >= event.ends_at:
        raise LinkIsOver
    return own, event


def own_stand_and_call(db: Session, secret: str) -> tuple[StandView, Call, bool]:
    """The stand of a link that still serves, with the call it answers, and whether there is one: an event that staff
    write exhibitors into has none, and then nothing is asked. Raises as `own_stand` does.
    """
    own, event = own_stand(db, secret)
    card = event_card(db, event.id or 0)
    try:
        return own, call_of(db, card), True
    except NoCall:
        assert card is not None
        return own, Call(card, CallDraft(), [], []), False


def stand_is_over(db: Session, secret: str) -> bool:
    """Whether this is the link of a stand that was held, of which its exhibitor may still say what came."""
    reference = reference_in(secret, purpose=Purpose.STAND, key=site().settings.secret_key)
    event = None if reference is None else event_of_stand(db, reference)
    return event is not None and event.ends_at <= site().now() and after_is_open(event)


def after_is_open(event: Event) -> bool:
    """Whether an exhibitor may say what came of the event."""
    off = event.state in {EventState.CANCELLED, EventState.WITHDRAWN}
    return not off and event.starts_at <= site().now() < event.ends_at + OPEN_FOR


def stand_address(reference: str) -> str:
    """The address of one's own stand."""
    secret = signed(reference, purpose=Purpose.STAND, key=site().settings.secret_key)
    return url_for("stand.page", secret=secret)
