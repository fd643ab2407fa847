"""The day itself: who came, and who came without signing up. Marks are only ever added."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, select

from alpes_events.agenda.models import EventState
from alpes_events.attendance.earlier import earlier_sign_ups
from alpes_events.attendance.models import (
    ACTIVE,
    Channel,
    Presence,
    PresenceMark,
    Registration,
    RegistrationState,
)
from alpes_events.attendance.offers import confirm
from alpes_events.attendance.places import Place, frozen_situation, hand_over, hold_place
from alpes_events.attendance.reference import check_key, new_reference
from alpes_events.attendance.release import end, held
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.identity import PersonIn
from alpes_events.seats.pool import take_seat

HELD = (EventState.PUBLISHED, EventState.DONE)
ABSENT = (Presence.EXCUSED, Presence.NO_SHOW)


class NotSignedUp(Refusal):
    """Presence is marked for somebody whose sign-up is over, or who only waits."""

    def __init__(self) -> None:
        super().__init__(N_("Cette personne n’a pas de place. Si elle est devant vous, vous pouvez la laisser entrer."))


class EventNotHeld(Refusal):
    """The day of an event that is a draft, or was called off."""

    def __init__(self) -> None:
        super().__init__(N_("Cet événement n’a pas lieu : il n’y a pas de présence à noter."))


@dataclass(frozen=True)
class WalkIn:
    """Somebody who came without signing up: two names are enough."""

    person: PersonIn
    session_id: int | None = None


def mark_presence(
    db: Session,
    registration_id: int,
    presence: Presence,
    *,
    mark_key: str,
    now: datetime,
    account_id: int | None,
) -> bool:
    """Note who came. False when this mark was received before (a replayed scan changes nothing).

    Somebody excused or absent gives their place back; before the cut-off it goes to the next. When that is corrected
    they have it again if it is still free; if not, they are expected all the same.
    """
    check_key(mark_key)
    registration, place = held(db, registration_id)
    if marked_by(db, mark_key) is not None:
        return False
    if place.event.state not in HELD:
        raise EventNotHeld
    if registration.state not in ACTIVE or registration.state is RegistrationState.WAITLISTED:
        raise NotSignedUp
    if registration.state is RegistrationState.OFFERED and presence is Presence.ATTENDED:
        confirm(db, registration, now=now, account_id=account_id)
    add_mark(db, registration, presence, mark_key=mark_key, now=now, account_id=account_id)
    if presence in ABSENT:
        _give_place_up(db, registration, place, now=now, account_id=account_id)
    elif not registration.holds_seat and registration.channel is not Channel.DOOR:
        registration.holds_seat = take_seat(db, place.pool_id)
        db.add(registration)
    return True


def _give_place_up(
    db: Session, registration: Registration, place: Place, *, now: datetime, account_id: int | None
) -> None:
    """An absent person's place is free. A place that was only offered is thereby left for good."""
    if registration.state is RegistrationState.OFFERED:
        state = RegistrationState.CANCELLED
        end(db, registration, place, state=state, by="staff", now=now, account_id=account_id)
    elif registration.holds_seat:
        registration.holds_seat = False
        db.add(registration)
        db.flush()
        hand_over(db, place, now=now)


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
        _keep_mark(db, registration, Presence.ATTENDED, mark_key=key, now=now, account_id=account_id)
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


def marked_by(db: Session, mark_key: str) -> int | None:
    """The sign-up that this mark was made for, when it was received before."""
    return db.exec(select(PresenceMark.registration_id).where(PresenceMark.mark_key == mark_key)).first()


def add_mark(
    db: Session, registration: Registration, presence: Presence, *, mark_key: str, now: datetime, account_id: int | None
) -> None:
    """Write a mark that nothing speaks against: `mark_presence` checks, and moves the place.

    To be excused is a cancellation for the person's calendar, and its correction a return: the offset counts both.
    """
    _keep_mark(db, registration, presence, mark_key=mark_key, now=now, account_id=account_id)
    if Presence.EXCUSED in {registration.presence, presence} and registration.presence is not presence:
        registration.calendar_offset += 1  # the person's calendar sees them leave, or come back
    registration.presence = presence
    registration.presence_at = now
    registration.changed_at = now
    db.add(registration)
    db.flush()


def _keep_mark(
    db: Session, registration: Registration, presence: Presence, *, mark_key: str, now: datetime, account_id: int | None
) -> None:
    assert registration.id is not None
    db.add(
        PresenceMark(
            mark_key=mark_key,
            registration_id=registration.id,
            presence=presence,
            marked_at=now,
            marked_by=account_id,
        )
    )
    record(
        db,
        EntryKind.PRESENCE_MARKED,
        subject=("registration", registration.id),
        now=now,
        account_id=account_id,
        facts={
            "event_id": registration.event_id,
            "candidate_id": registration.candidate_id,
            "presence": presence.value,
        },
    )
