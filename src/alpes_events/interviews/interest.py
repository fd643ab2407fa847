"""An exhibitor would like to meet somebody who wishes to meet it, and who says their name to it: nobody else."""

from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.models import HOLDING, Registration
from alpes_events.fair.meetings import MeetingWish
from alpes_events.fair.wishes import wishes_open
from alpes_events.interviews.refusals import ChoicesAreOver, UnknownWish
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind


def set_interest(
    db: Session,
    exhibitor_id: int,
    registration_id: int,
    *,
    interested: bool,
    now: datetime,
    account_id: int | None = None,
) -> bool:
    """Say it, or take it back. False when it was said already. The name taken back, it is gone too.

    Raises `UnknownWish` for whom the exhibitor reads no name of, `ChoicesAreOver` after the event.
    """
    found = db.exec(
        select(MeetingWish, Registration.event_id)
        .join(Registration, col(Registration.id) == col(MeetingWish.registration_id))
        .where(col(MeetingWish.registration_id) == registration_id, col(MeetingWish.exhibitor_id) == exhibitor_id)
        .where(col(MeetingWish.shows_name).is_(True), col(MeetingWish.ended_at).is_(None))
        .where(col(Registration.state).in_(HOLDING))
        .with_for_update(of=MeetingWish)
    ).one_or_none()
    if found is None:
        raise UnknownWish
    wish, event_id = found
    if not wishes_open(db.get_one(Event, event_id), now=now):
        raise ChoicesAreOver
    if (wish.interest_at is not None) == interested:
        return False
    wish.interest_at = now if interested else None
    db.add(wish)
    facts = {"event_id": event_id, "exhibitor_id": exhibitor_id, "interest": interested}
    subject = ("registration", registration_id)
    record(db, EntryKind.INTEREST_CHANGED, subject=subject, now=now, account_id=account_id, facts=facts)
    return True
