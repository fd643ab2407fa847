"""What is known of a queue's future, and nothing more: how many were offered a place, and until when any moves."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from alpes_events.attendance.models import Registration
from alpes_events.attendance.places import find_place, same_session
from alpes_events.attendance.release import the_registration


@dataclass(frozen=True)
class Outlook:
    """The facts of one queue. Nobody knows how many places will be given up: no likelihood is told.

    `offered_count` people who waited were offered a place so far; places move by themselves until `cut_off_at`, and
    each is kept for `offer_hours`.
    """

    offered_count: int
    cut_off_at: datetime
    offer_hours: int


def outlook_of(db: Session, registration_id: int) -> Outlook:
    """The outlook of the queue in which somebody waits."""
    registration = the_registration(db, registration_id)
    place = find_place(db, registration.event_id, registration.session_id)
    offered = db.exec(
        select(func.count())
        .select_from(Registration)
        .where(
            col(Registration.event_id) == registration.event_id,
            same_session(registration.session_id),
            col(Registration.offered_at).is_not(None),
        )
    ).one()
    return Outlook(offered, place.rules.cut_off_at, place.rules.offer_hours)
