"""A change of mind: who gave up, or did not answer in time, comes back under the same sign-up.

A freed place goes at once to the next who waits (decision 0001), so that coming back never takes anything from anybody:
it gives the place again while it is free and nobody waits, else the end of the queue. See decision 0071.
"""

from datetime import datetime

from sqlmodel import Session

from alpes_events.agenda.sessions import UnknownSession
from alpes_events.attendance.admission import Door, Seating, check_open
from alpes_events.attendance.earlier import Earlier, earlier_sign_ups
from alpes_events.attendance.models import ACTIVE, Presence, Registration, RegistrationState
from alpes_events.attendance.places import Place, find_place, position_of
from alpes_events.attendance.release import held, the_registration
from alpes_events.attendance.seat_or_queue import seat_or_queue, seating_now
from alpes_events.journal.commands import record
from alpes_events.journal.facts import Fact
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_

_MAY_COME_BACK = (RegistrationState.CANCELLED, RegistrationState.EXPIRED)


class NotTheirsToTakeBack(Refusal):
    """The team ended the sign-up, or noted on the day that the person does not come."""

    def __init__(self) -> None:
        super().__init__(N_("L’équipe a noté que vous ne venez pas : appelez-nous si cela a changé."))


class SignedUpElsewhere(Refusal):
    """The person signed up again in the meantime."""

    def __init__(self) -> None:
        super().__init__(N_("Une autre inscription à votre nom compte déjà pour ce rendez-vous : c’est elle qui vaut."))


def come_back(db: Session, registration_id: int, *, now: datetime, account_id: int | None = None) -> RegistrationState:
    """Come back. Gives what one has now: a place, or a turn in the queue; what one had, when one never left.

    Raises a refusal of `admission` (the event is off, past, or full without a waiting list), `NotTheirsToTakeBack`,
    `SignedUpElsewhere`.
    """
    registration, place = held(db, registration_id)
    if registration.state in ACTIVE:
        return registration.state
    earlier = earlier_sign_ups(db, place, registration.candidate_id)
    _check(registration, place, earlier, now=now)
    seat = seat_or_queue(db, place, now=now)
    came_from = registration.state
    registration.state = RegistrationState.CONFIRMED if seat.placed else RegistrationState.WAITLISTED
    registration.holds_seat = seat.placed
    registration.queued_at = seat.queued_at
    registration.priority = 0
    registration.changed_at = now
    registration.calendar_offset = earlier.next_offset
    db.add(registration)
    db.flush()
    _tell(db, registration, came_from, now=now, account_id=account_id)
    return registration.state


def way_back(db: Session, registration_id: int, *, now: datetime) -> Seating | None:
    """What one would get who came back now; None when one cannot. It takes nothing, and promises nothing."""
    registration = the_registration(db, registration_id)
    place = find_place(db, registration.event_id, registration.session_id)
    if registration.state not in _MAY_COME_BACK:
        return None
    try:
        _check(registration, place, earlier_sign_ups(db, place, registration.candidate_id), now=now)
    except Refusal:
        return None
    return seating_now(db, place)


def _check(registration: Registration, place: Place, earlier: Earlier, *, now: datetime) -> None:
    """Raise what stands against it. The window of sign-up does not: they were in it once."""
    if place.cancelled:
        raise UnknownSession
    event = place.event
    check_open(Door(event.state, event.entry, place.starts_at, place.ends_at, opens_at=None, closes_at=None), now=now)
    if registration.state not in _MAY_COME_BACK or registration.presence is not Presence.UNKNOWN:
        raise NotTheirsToTakeBack
    if earlier.standing is not None:
        raise SignedUpElsewhere


def _tell(
    db: Session, registration: Registration, came_from: RegistrationState, *, now: datetime, account_id: int | None
) -> None:
    assert registration.id is not None
    facts: dict[str, Fact] = {
        "event_id": registration.event_id,
        "candidate_id": registration.candidate_id,
        "channel": registration.channel.value,
        "came_from": came_from.value,
    }
    placed = registration.state is RegistrationState.CONFIRMED
    if not placed:
        facts["position"] = position_of(db, registration)
    kind = EntryKind.REGISTRATION_CONFIRMED if placed else EntryKind.REGISTRATION_WAITLISTED
    record(db, kind, subject=("registration", registration.id), now=now, account_id=account_id, facts=facts)
