"""The day itself: who came, and who gives their place up by not coming."""

from datetime import datetime

from sqlmodel import Session

from alpes_events.attendance.marks import HELD, EventNotHeld, add_mark, marked_by
from alpes_events.attendance.models import ACTIVE, Channel, Presence, Registration, RegistrationState
from alpes_events.attendance.offers import confirm
from alpes_events.attendance.places import Place, hand_over
from alpes_events.attendance.reference import check_key
from alpes_events.attendance.release import end, held
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_
from alpes_events.seats.pool import take_seat

ABSENT = (Presence.EXCUSED, Presence.NO_SHOW)


class NotSignedUp(Refusal):
    """Presence is marked for somebody whose sign-up is over, or who only waits."""

    def __init__(self) -> None:
        super().__init__(N_("Cette personne n’a pas de place. Si elle est devant vous, vous pouvez la laisser entrer."))


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
