"""Who comes without a place: somebody who did not sign up, or who waits and came all the same."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import uuid4

from sqlmodel import Session

from alpes_events.attendance.earlier import earlier_sign_ups
from alpes_events.attendance.marks import HELD, EventNotHeld, add_mark, keep_mark, marked_by
from alpes_events.attendance.models import Channel, Presence, Registration, RegistrationState
from alpes_events.attendance.offers import confirm
from alpes_events.attendance.places import Place, frozen_situation, hold_place
from alpes_events.attendance.reference import check_key, new_reference
from alpes_events.attendance.release import held
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.identity import PersonIn


@dataclass(frozen=True)
class WalkIn:
    """Somebody who came without signing up: two names are enough."""

    person: PersonIn
    session_id: int | None = None


def walk_in(
    db: Session, event_id: int, visit: WalkIn, *, now: datetime, account_id: int | None, walk_in_key: str | None = None
) -> int:
    """Register somebody at the door. They take no place of the pool. Gives the registration's id.

    Somebody who is known by their contact and signed up already, even waiting, comes in under that sign-up. The same
    `walk_in_key` again gives the first answer and changes nothing.
    """
    key = walk_in_key or str(uuid4())
    check_key(key)
    place = hold_place(db, event_id, visit.session_id)
    received = marked_by(db, key)
    if received is not None:
        return received
    if place.cancelled or place.event.state not in HELD:
        raise EventNotHeld
    candidate_id = find_or_create_candidate(db, visit.person, now=now, contact_required=False, account_id=account_id)
    return _comes_in(db, place, candidate_id, key=key, now=now, account_id=account_id)


def let_in(db: Session, registration_id: int, *, now: datetime, account_id: int | None, walk_in_key: str) -> int:
    """Somebody who waits, or whose sign-up is over, came all the same: they are there, without a place of the pool.

    Gives the id of the sign-up they are there by: their own while it stands, else a new one. The same `walk_in_key`
    again gives the first answer and changes nothing.
    """
    check_key(walk_in_key)
    registration, place = held(db, registration_id)
    received = marked_by(db, walk_in_key)
    if received is not None:
        return received
    if place.cancelled or place.event.state not in HELD:
        raise EventNotHeld
    return _comes_in(db, place, registration.candidate_id, key=walk_in_key, now=now, account_id=account_id)


def _comes_in(db: Session, place: Place, candidate_id: int, *, key: str, now: datetime, account_id: int | None) -> int:
    earlier = earlier_sign_ups(db, place, candidate_id)
    registration = earlier.standing
    if registration is None:
        registration = _at_the_door(db, place, candidate_id, earlier.next_offset, now=now, account_id=account_id)
    elif registration.state is not RegistrationState.CONFIRMED:
        confirm(db, registration, channel=Channel.DOOR, now=now, account_id=account_id)
    if registration.presence is not Presence.ATTENDED:
        add_mark(db, registration, Presence.ATTENDED, mark_key=key, now=now, account_id=account_id)
    else:  # nothing changes, but the key was received: sent again after a correction, it must not mark anew
        keep_mark(db, registration, Presence.ATTENDED, mark_key=key, now=now, account_id=account_id)
    assert registration.id is not None
    return registration.id


def _at_the_door(
    db: Session, place: Place, candidate_id: int, calendar_offset: int, *, now: datetime, account_id: int | None
) -> Registration:
    assert place.event.id is not None
    registration = Registration(
        reference=new_reference(),
        event_id=place.event.id,
        session_id=place.session_id,
        candidate_id=candidate_id,
        state=RegistrationState.CONFIRMED,
        holds_seat=False,
        channel=Channel.DOOR,
        registered_by=account_id,
        created_at=now,
        changed_at=now,
        calendar_offset=calendar_offset,
        **asdict(frozen_situation(db, candidate_id, place, now=now)),
    )
    db.add(registration)
    db.flush()
    return registration
