"""Where one sign-up stands, as the person is told: place, offer or position, and how many wait before them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from alpes_events.agenda.models import UNSEEN, Event, EventSession, EventState
from alpes_events.agenda.queries import EventCard, cards_where, event_card
from alpes_events.attendance.listing import queue_positions
from alpes_events.attendance.models import HOLDING, Presence, Registration, RegistrationState, SignUpReceipt
from alpes_events.attendance.places import position_of
from alpes_events.attendance.release import UnknownRegistration
from alpes_events.people.models import Candidate
from alpes_events.people.queries import canonical, the_candidate
from alpes_events.people.records import standing_records


@dataclass(frozen=True)
class Standing:
    """One sign-up. `position` is 1 for the next in the queue, None when not waiting."""

    registration_id: int
    reference: str
    state: RegistrationState
    presence: Presence
    card: EventCard
    session: EventSession | None
    given_name: str
    family_name: str
    email: str | None
    position: int | None
    offer_expires_at: datetime | None
    survey_score: int | None
    language: str

    @property
    def starts_at(self) -> datetime:
        """When the person should be there."""
        return self.card.event.starts_at if self.session is None else self.session.starts_at

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.card.event.ends_at if self.session is None else self.session.ends_at

    @property
    def holds_place(self) -> bool:
        """Whether a place is kept for the person (an offered one until its deadline)."""
        return self.state in HOLDING

    def offer_lapsed(self, now: datetime) -> bool:
        """Whether an offered place was not taken in time, though nobody has passed it on yet."""
        due = self.offer_expires_at
        return self.state is RegistrationState.OFFERED and due is not None and due <= now

    def offer_stands(self, now: datetime) -> bool:
        """Whether a place is offered, and can still be taken."""
        return self.state is RegistrationState.OFFERED and not self.offer_lapsed(now)

    @property
    def opens_door(self) -> bool:
        """Whether the person has a place that is theirs, at an event that is held."""
        return self.is_active and self.state is RegistrationState.CONFIRMED

    @property
    def is_active(self) -> bool:
        """Whether the sign-up still counts: with a place, an offer, or in the queue of an event that is held."""
        off = self.card.event.state in {EventState.CANCELLED, EventState.WITHDRAWN}
        return not off and (self.holds_place or self.state is RegistrationState.WAITLISTED)


@dataclass(frozen=True)
class Receipt:
    """What one accepted form was answered. It tells nothing of who was registered before."""

    reference: str
    state: RegistrationState
    position: int | None
    card: EventCard
    session: EventSession | None

    @property
    def starts_at(self) -> datetime:
        """When the person should be there."""
        return self.card.event.starts_at if self.session is None else self.session.starts_at

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.card.event.ends_at if self.session is None else self.session.ends_at

    @property
    def is_off(self) -> bool:
        """Whether the event, or its session, was called off since."""
        return self._event_is_off or (self.session is not None and self.session.cancelled_at is not None)

    @property
    def is_session_off(self) -> bool:
        """Whether its session was called off, and the event takes place all the same."""
        return self.is_off and not self._event_is_off

    @property
    def _event_is_off(self) -> bool:
        return self.card.event.state in {EventState.CANCELLED, EventState.WITHDRAWN}


def standing_of(db: Session, registration_id: int) -> Standing:
    """The sign-up as it stands, or `UnknownRegistration` (also for an erased person)."""
    registration = db.get(Registration, registration_id)
    if registration is None:
        raise UnknownRegistration
    person = canonical(db, the_candidate(db, registration.candidate_id))
    if person.erased_at is not None:
        raise UnknownRegistration
    waits = registration.state is RegistrationState.WAITLISTED
    return _standing(
        registration,
        person,
        card=_card(db, registration.event_id),
        session=_session(db, registration.session_id),
        position=position_of(db, registration) if waits else None,
    )


def standing_of_reference(db: Session, reference: str) -> Standing | None:
    """The sign-up with this reference; None when there is none (a receipt's own reference is none)."""
    number = db.exec(select(Registration.id).where(Registration.reference == reference)).first()
    return None if number is None else standing_of(db, number)


def standings_of(db: Session, candidate_ids: Sequence[int]) -> list[Standing]:
    """Every sign-up of these records, the latest event first; not those of an erased person."""
    return _standings(db, col(Registration.candidate_id).in_(candidate_ids), col(Event.state).not_in(UNSEEN))


def standings_by_id(db: Session, registration_ids: Sequence[int]) -> list[Standing]:
    """These sign-ups, the latest event first; not those of an erased person."""
    return _standings(db, col(Registration.id).in_(registration_ids))


def _standings(db: Session, *conditions: ColumnElement[bool]) -> list[Standing]:
    rows = db.exec(
        select(Registration, EventSession)
        .join(Event, col(Event.id) == col(Registration.event_id))
        .join(EventSession, col(EventSession.id) == col(Registration.session_id), isouter=True)
        .where(*conditions)
        .order_by(col(Event.starts_at).desc(), col(Registration.id).desc())
    ).all()
    event_ids = {registration.event_id for registration, _ in rows}
    cards = {card.event.id: card for card in cards_where(db, col(Event.id).in_(event_ids))}
    people = standing_records(db, {registration.candidate_id for registration, _ in rows})
    positions = queue_positions(db, *event_ids)
    return [
        _standing(
            registration,
            people[registration.candidate_id],
            card=cards[registration.event_id],
            session=session,
            position=positions.get(registration.id or 0),
        )
        for registration, session in rows
        if people[registration.candidate_id].erased_at is None
    ]


def _standing(
    registration: Registration,
    person: Candidate,
    *,
    card: EventCard,
    session: EventSession | None,
    position: int | None,
) -> Standing:
    assert registration.id is not None
    return Standing(
        registration_id=registration.id,
        reference=registration.reference,
        state=registration.state,
        presence=registration.presence,
        card=card,
        session=session,
        given_name=person.given_name,
        family_name=person.family_name,
        email=person.email,
        position=position,
        offer_expires_at=registration.offer_expires_at,
        survey_score=registration.survey_score,
        language=registration.language,
    )


def receipt_of(db: Session, form_key: str) -> Receipt | None:
    """What the form with this key was answered; None when it was never accepted."""
    row = db.get(SignUpReceipt, form_key)
    if row is None:
        return None
    registration = db.get_one(Registration, row.registration_id)
    return Receipt(
        reference=row.reference,
        state=row.shown_state,
        position=row.shown_position,
        card=_card(db, registration.event_id),
        session=_session(db, registration.session_id),
    )


def _card(db: Session, event_id: int) -> EventCard:
    card = event_card(db, event_id)
    assert card is not None, "a registration's event is never deleted"
    return card


def _session(db: Session, session_id: int | None) -> EventSession | None:
    return None if session_id is None else db.get_one(EventSession, session_id)
