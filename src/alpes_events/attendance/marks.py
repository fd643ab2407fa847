"""The marks of a day: each says of one sign-up who came. They are only ever added."""

from datetime import datetime

from sqlmodel import Session, select

from alpes_events.agenda.models import EventState
from alpes_events.attendance.models import Presence, PresenceMark, Registration
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_

HELD = (EventState.PUBLISHED, EventState.DONE)


class EventNotHeld(Refusal):
    """The day of an event that is a draft, or was called off."""

    def __init__(self) -> None:
        super().__init__(N_("Cet événement n’a pas lieu : il n’y a pas de présence à noter."))


def marked_by(db: Session, mark_key: str) -> int | None:
    """The sign-up that this mark was made for, when it was received before."""
    return db.exec(select(PresenceMark.registration_id).where(PresenceMark.mark_key == mark_key)).first()


def add_mark(
    db: Session, registration: Registration, presence: Presence, *, mark_key: str, now: datetime, account_id: int | None
) -> None:
    """Write a mark that nothing speaks against: `mark_presence` checks, and moves the place.

    To be excused is a cancellation for the person's calendar, and its correction a return: the offset counts both.
    """
    keep_mark(db, registration, presence, mark_key=mark_key, now=now, account_id=account_id)
    if Presence.EXCUSED in {registration.presence, presence} and registration.presence is not presence:
        registration.calendar_offset += 1  # the person's calendar sees them leave, or come back
    registration.presence = presence
    registration.presence_at = now
    registration.changed_at = now
    db.add(registration)
    db.flush()


def keep_mark(
    db: Session, registration: Registration, presence: Presence, *, mark_key: str, now: datetime, account_id: int | None
) -> None:
    """Keep a mark that was received, and say so in the journal; the sign-up itself does not change."""
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
