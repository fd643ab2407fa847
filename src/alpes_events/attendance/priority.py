"""Staff priority: somebody who waits passes before the others, or waits in turn again."""

from datetime import datetime

from sqlmodel import Session

from alpes_events.attendance.models import RegistrationState
from alpes_events.attendance.offers import NotWaiting
from alpes_events.attendance.release import held
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind

FIRST, IN_TURN = 1, 0


def change_priority(
    db: Session, registration_id: int, *, first: bool, now: datetime, account_id: int | None = None
) -> bool:
    """Let somebody pass before those who wait in turn, or not any more. False when it was so already.

    Among those with priority the earliest is first, as among the others; an offer that was made stands. Raises
    `NotWaiting`.
    """
    registration, _place = held(db, registration_id)
    if registration.state is not RegistrationState.WAITLISTED:
        raise NotWaiting
    wanted = FIRST if first else IN_TURN
    if (registration.priority > IN_TURN) == first:
        return False
    registration.priority = wanted
    registration.changed_at = now
    db.add(registration)
    record(
        db,
        EntryKind.PRIORITY_CHANGED,
        subject=("registration", registration_id),
        now=now,
        account_id=account_id,
        facts={"event_id": registration.event_id, "candidate_id": registration.candidate_id, "priority": wanted},
    )
    return True
