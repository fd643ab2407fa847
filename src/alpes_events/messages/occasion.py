"""What a message is about: the event that somebody signed up for, and where their sign-up stands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event, EventKind, EventSession, EventState, Venue
from alpes_events.attendance.listing import queue_positions
from alpes_events.attendance.models import Channel, Presence, Registration, RegistrationState
from alpes_events.attendance.reference import shown
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import MessageState, OutboxMessage
from alpes_events.territory.organisation import OrganisationView

_WAITS = RegistrationState.WAITLISTED


@dataclass(frozen=True)
class Occasion:
    """What the person signed up for: the event, or one session of it with the session's hours."""

    event_id: int
    slug: str
    title: str
    session_title: str
    kind: EventKind
    state: EventState
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    room: str
    venue_name: str
    address: str
    commune: str
    transport: str
    to_bring: str
    offer_hours: int
    cancellation_reason: str
    called_off: bool


@dataclass(frozen=True)
class Standing:
    """The person's sign-up. `position` is their place in the queue, None when they do not wait."""

    registration_id: int
    reference: str
    state: RegistrationState
    channel: Channel
    presence: Presence
    created_at: datetime
    offer_expires_at: datetime | None
    position: int | None
    survey_answered: bool
    invited: bool

    @property
    def shown_reference(self) -> str:
        """« K7M-2QX-9AB »."""
        return shown(self.reference)


def occasion_of(db: Session, registration: Registration, organisation: OrganisationView) -> Occasion:
    """What a sign-up is for."""
    return occasion_at(db, registration.event_id, registration.session_id, organisation)


def occasion_at(db: Session, event_id: int, session_id: int | None, organisation: OrganisationView) -> Occasion:
    """An event, or one session of it with its own hours and room."""
    event = db.get_one(Event, event_id)
    part = None if session_id is None else db.get_one(EventSession, session_id)
    venue = Venue(name="") if event.venue_id is None else db.get_one(Venue, event.venue_id)
    return Occasion(
        event_id=event_id,
        slug=event.slug,
        title=event.title,
        session_title="" if part is None else part.title,
        kind=event.kind,
        state=event.state,
        starts_at=event.starts_at if part is None else part.starts_at,
        ends_at=event.ends_at if part is None else part.ends_at,
        all_day=event.all_day and part is None,
        room="" if part is None else part.room,
        venue_name=venue.name,
        address=venue.address,
        commune=venue.commune_name,
        transport=venue.transport,
        to_bring=event.to_bring,
        offer_hours=organisation.offer_hours if event.offer_hours is None else event.offer_hours,
        cancellation_reason=event.cancellation_reason,
        called_off=_called_off(event, part),
    )


def _called_off(event: Event, part: EventSession | None) -> bool:
    if event.state in (EventState.CANCELLED, EventState.WITHDRAWN):
        return True
    return part is not None and part.cancelled_at is not None


def standing_of(db: Session, registration: Registration) -> Standing:
    """Where a sign-up stands now."""
    return standings_of(db, [registration])[0]


def standings_of(db: Session, registrations: Collection[Registration]) -> list[Standing]:
    """Where each of these sign-ups stands now, in their order."""
    positions = queue_positions(db, *{one.event_id for one in registrations if one.state is _WAITS})
    invited = _invited(db, [one.id or 0 for one in registrations])
    return [_standing(one, position=positions.get(one.id or 0), invited=one.id in invited) for one in registrations]


def _standing(registration: Registration, *, position: int | None, invited: bool) -> Standing:
    assert registration.id is not None
    return Standing(
        registration_id=registration.id,
        reference=registration.reference,
        state=registration.state,
        channel=registration.channel,
        presence=registration.presence,
        created_at=registration.created_at,
        offer_expires_at=registration.offer_expires_at,
        position=position,
        survey_answered=registration.survey_at is not None,
        invited=invited,
    )


def _invited(db: Session, registration_ids: Collection[int]) -> frozenset[int | None]:
    """Those to whom a confirmation left: only who holds an invitation is sent its cancellation."""
    found = db.exec(
        select(OutboxMessage.registration_id).where(
            col(OutboxMessage.registration_id).in_(registration_ids),
            col(OutboxMessage.kind) == MessageKind.CONFIRMED.value,
            col(OutboxMessage.state) == MessageState.SENT,
        )
    )
    return frozenset(found)
