"""What a person did before about the same place, under any of the records that stand for them after merges."""

from sqlmodel import Session, col, func, select

from alpes_events.attendance.models import ACTIVE, Registration
from alpes_events.attendance.places import Place, same_session
from alpes_events.people.records import records_of


def active_sign_up(db: Session, place: Place, candidate_id: int) -> Registration | None:
    """The sign-up of this person that stands, if there is one: after a merge of two, the better."""
    found = db.exec(
        select(Registration)
        .where(
            col(Registration.event_id) == place.event.id,
            same_session(place.session_id),
            col(Registration.candidate_id).in_(records_of(db, candidate_id)),
            col(Registration.state).in_(ACTIVE),
        )
        .order_by(col(Registration.id))
    ).all()
    return min(found, key=lambda one: ACTIVE.index(one.state), default=None)


def offset_of_return(db: Session, place: Place, candidate_id: int) -> int:
    """Where the count for the person's calendar starts: 0, or above that of a sign-up for this place that ended."""
    ended = db.exec(
        select(func.max(Registration.calendar_offset)).where(
            col(Registration.event_id) == place.event.id,
            same_session(place.session_id),
            col(Registration.candidate_id).in_(records_of(db, candidate_id)),
        )
    ).one()
    return 0 if ended is None else ended + 1
