"""The day itself: who came, who came without signing up, how many passed the door. Marks are only ever added."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlmodel import Session, col, func, select

from alpes_events.agenda.commands import hold_event
from alpes_events.agenda.models import EventState
from alpes_events.attendance.earlier import earlier_sign_ups
from alpes_events.attendance.models import (
    ACTIVE,
    Channel,
    DoorCount,
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
from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_
from alpes_events.people.commands import find_or_create_candidate
from alpes_events.people.identity import PersonIn
from alpes_events.seats.pool import take_seat

HALF_HOUR = timedelta(minutes=30)
HELD = (EventState.PUBLISHED, EventState.DONE)
ABSENT = (Presence.EXCUSED, Presence.NO_SHOW)


class NotSignedUp(Refusal):
    """Presence is marked for somebody whose sign-up is over, or who only waits."""

    def __init__(self) -> None:
        super().__init__(
            N_("Cette personne n’a pas de place : si elle est là, ajoutez-la comme arrivée sans inscription.")
        )


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
    earlier = earlier_sign_ups(db, place, candidate_id)
    registration = earlier.standing
    if registration is None:
        registration = _at_the_door(db, place, candidate_id, earlier.next_offset, now=now, account_id=account_id)
    elif registration.state is not RegistrationState.CONFIRMED:
        confirm(db, registration, channel=Channel.DOOR, now=now, account_id=account_id)
    if registration.presence is not Presence.ATTENDED:
        add_mark(db, registration, Presence.ATTENDED, mark_key=key, now=now, account_id=account_id)
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


@dataclass(frozen=True)
class DoorTally:
    """Visitors counted in the half-hour that holds `at`; `territory_count` None: not asked where they live."""

    at: datetime
    visitor_count: int
    territory_count: int | None = None


def count_visitors(
    db: Session, event_id: int, tally: DoorTally, *, count_key: str, now: datetime, account_id: int | None
) -> bool:
    """Add a count of the door. A negative one corrects; it cannot take a half-hour below zero.

    False when this count was received before.
    """
    check_key(count_key)
    event = hold_event(db, event_id)
    if db.exec(select(DoorCount.id).where(DoorCount.count_key == count_key)).first() is not None:
        return False
    if event.state not in HELD:
        raise EventNotHeld
    half_hour = half_hour_of(tally.at)
    counted = visitors_in(db, event_id, half_hour)
    if counted + tally.visitor_count < 0:
        raise BadInput(
            N_("On ne peut pas retirer plus que les %(counted)d personnes comptées dans cette demi-heure."),
            field="visitor_count",
            counted=counted,
        )
    db.add(
        DoorCount(
            count_key=count_key,
            event_id=event_id,
            half_hour_at=half_hour,
            visitor_count=tally.visitor_count,
            territory_count=tally.territory_count,
            counted_at=now,
            counted_by=account_id,
        )
    )
    record(
        db,
        EntryKind.VISITORS_COUNTED,
        subject=("event", event_id),
        now=now,
        account_id=account_id,
        facts={"visitor_count": tally.visitor_count},
    )
    return True


def half_hour_of(at: datetime) -> datetime:
    """The beginning of the half-hour that holds `at`."""
    return at.replace(minute=at.minute - at.minute % 30, second=0, microsecond=0)


def marked_by(db: Session, mark_key: str) -> int | None:
    """The sign-up that this mark was made for, when it was received before."""
    return db.exec(select(PresenceMark.registration_id).where(PresenceMark.mark_key == mark_key)).first()


def visitors_in(db: Session, event_id: int, half_hour_at: datetime) -> int:
    """Visitors counted so far in one half-hour."""
    total = db.exec(
        select(func.coalesce(func.sum(DoorCount.visitor_count), 0)).where(
            col(DoorCount.event_id) == event_id, col(DoorCount.half_hour_at) == half_hour_at
        )
    ).one()
    return int(total)


def add_mark(
    db: Session, registration: Registration, presence: Presence, *, mark_key: str, now: datetime, account_id: int | None
) -> None:
    """Write a mark that nothing speaks against: `mark_presence` checks, and moves the place.

    To be excused is a cancellation for the person's calendar, and its correction a return: the offset counts both.
    """
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
    if Presence.EXCUSED in {registration.presence, presence} and registration.presence is not presence:
        registration.calendar_offset += 1  # the person's calendar sees them leave, or come back
    registration.presence = presence
    registration.presence_at = now
    registration.changed_at = now
    db.add(registration)
    db.flush()
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
