"""A place that is offered: taken in time, declined, or passed on when its deadline goes by."""

from datetime import datetime

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event, EventSession, EventState
from alpes_events.attendance.admission import EventIsPast
from alpes_events.attendance.models import Channel, Registration, RegistrationState
from alpes_events.attendance.places import (
    Place,
    fill_free_places,
    find_place,
    give_offer,
    hand_over,
    hold_place,
    leave,
    moves_by_itself,
)
from alpes_events.attendance.release import held
from alpes_events.attendance.waiting_list import lapses_at, offer_deadline
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.seats.models import SeatPool
from alpes_events.seats.pool import take_seat


class OfferIsOver(Refusal):
    """The offered place was not taken in time, or was given up."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            N_("Cette place n’est plus réservée : le délai est passé. Vous pouvez vous inscrire de nouveau.")
        )


class NoPlaceToOffer(Refusal):
    """Staff offer a place where none is free."""

    def __init__(self) -> None:
        super().__init__(N_("Aucune place n’est libre : augmentez d’abord le nombre de places."))


class NotWaiting(Refusal):
    """Staff offer a place to somebody who does not wait."""

    def __init__(self) -> None:
        super().__init__(N_("Cette personne n’est plus sur la liste d’attente."))


def accept_offer(db: Session, registration_id: int, *, now: datetime, account_id: int | None = None) -> bool:
    """Take the offered place. False when it was taken already. Raises `OfferIsOver` after the deadline."""
    registration, place = held(db, registration_id)
    if registration.state is RegistrationState.CONFIRMED:
        return False
    if registration.state is not RegistrationState.OFFERED or _has_lapsed(registration, place, now=now):
        raise OfferIsOver
    confirm(db, registration, now=now, account_id=account_id)
    return True


def confirm(
    db: Session, registration: Registration, *, now: datetime, account_id: int | None, channel: Channel | None = None
) -> None:
    """An offered place becomes the person's own; or one who waited comes in by the door (`channel`) without a place."""
    assert registration.id is not None
    came_from = registration.state
    registration.state = RegistrationState.CONFIRMED
    registration.offer_expires_at = None
    registration.changed_at = now
    db.add(registration)
    record(
        db,
        EntryKind.REGISTRATION_CONFIRMED,
        subject=("registration", registration.id),
        now=now,
        account_id=account_id,
        facts={
            "event_id": registration.event_id,
            "candidate_id": registration.candidate_id,
            "channel": (channel or registration.channel).value,
            "came_from": came_from.value,
        },
    )


def offer_by_hand(db: Session, registration_id: int, *, now: datetime, account_id: int | None = None) -> None:
    """Staff offer a free place to somebody who waits, whatever their rank and even after the cut-off, until the end."""
    registration, place = held(db, registration_id)
    if registration.state is not RegistrationState.WAITLISTED:
        raise NotWaiting
    if place.event.state is not EventState.PUBLISHED or now >= place.ends_at:
        raise EventIsPast
    if not take_seat(db, place.pool_id):
        raise NoPlaceToOffer
    give_offer(db, registration, place, now=now, account_id=account_id)


def start_deadline(db: Session, registration_id: int, *, now: datetime) -> None:
    """Somebody with a telephone only was reached: their deadline starts now."""
    registration, place = held(db, registration_id)
    if registration.state is not RegistrationState.OFFERED or registration.offer_expires_at is not None:
        return
    registration.offer_expires_at = offer_deadline(place.rules, now=now)
    db.add(registration)


def stop_deadline(db: Session, registration_id: int) -> None:
    """They were not reached after all: their time to answer starts when they are."""
    registration, _place = held(db, registration_id)
    if registration.state is RegistrationState.OFFERED:
        registration.offer_expires_at = None
        db.add(registration)


def lapsed_offers(db: Session, *, now: datetime) -> list[int]:
    """Offers whose deadline has passed, and those that nobody heard of before the start; pools in ascending order."""
    starts_at = col(EventSession.starts_at)
    rows = db.exec(
        select(Registration.id)
        .join(Event, col(Registration.event_id) == col(Event.id))
        .join(EventSession, col(Registration.session_id) == col(EventSession.id), isouter=True)
        .where(
            col(Registration.state) == RegistrationState.OFFERED,
            or_(
                col(Registration.offer_expires_at) <= now,
                col(Registration.offer_expires_at).is_(None)
                & or_(starts_at <= now, starts_at.is_(None) & (col(Event.starts_at) <= now)),
            ),
        )
        .order_by(func.coalesce(EventSession.pool_id, Event.pool_id), col(Registration.id))
    )
    return [registration_id for registration_id in rows if registration_id is not None]


def expire_offer(db: Session, registration_id: int, *, now: datetime) -> bool:
    """Pass one lapsed offer on to the next. False when it was answered in the meantime."""
    registration, place = held(db, registration_id)
    if registration.state is not RegistrationState.OFFERED or not _has_lapsed(registration, place, now=now):
        return False
    leave(db, registration, state=RegistrationState.EXPIRED, now=now)
    record(
        db,
        EntryKind.REGISTRATION_EXPIRED,
        subject=("registration", registration_id),
        now=now,
        facts={"event_id": registration.event_id, "candidate_id": registration.candidate_id},
    )
    hand_over(db, place, now=now)
    return True


def expire_offers(db: Session, *, now: datetime) -> int:
    """Pass every lapsed offer on, and offer places that may move again (`idle_places`). Gives how many lapsed."""
    lapsed = sum(expire_offer(db, registration_id, now=now) for registration_id in lapsed_offers(db, now=now))
    for place in idle_places(db, now=now):
        fill_idle_place(db, place, now=now)
    return lapsed


def idle_places(db: Session, *, now: datetime) -> list[Place]:
    """Places that have room and a queue, and may promote: rare, since whatever frees a place hands it over at once.

    It happens when the organisation shortens its usual cut-off, which no event knows of.
    """
    rows = db.exec(
        select(Registration.event_id, Registration.session_id, SeatPool.id)
        .join(Event, col(Registration.event_id) == col(Event.id))
        .join(EventSession, col(Registration.session_id) == col(EventSession.id), isouter=True)
        .join(SeatPool, col(SeatPool.id) == func.coalesce(EventSession.pool_id, Event.pool_id))
        .where(
            col(Registration.state) == RegistrationState.WAITLISTED,
            col(Event.state) == EventState.PUBLISHED,
            or_(col(SeatPool.capacity).is_(None), col(SeatPool.taken) < col(SeatPool.capacity)),
        )
        .distinct()
        .order_by(col(SeatPool.id))
    ).all()
    found = [find_place(db, event_id, session_id) for event_id, session_id, _pool_id in rows]
    return [place for place in found if moves_by_itself(place, now=now)]


def fill_idle_place(db: Session, place: Place, *, now: datetime) -> int:
    """Offer the free places of one place to those who wait. Gives how many were offered."""
    assert place.event.id is not None
    return fill_free_places(db, hold_place(db, place.event.id, place.session_id), now=now)


def _has_lapsed(registration: Registration, place: Place, *, now: datetime) -> bool:
    return lapses_at(place.rules, expires_at=registration.offer_expires_at) <= now or place.ends_at <= now
