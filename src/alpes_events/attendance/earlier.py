"""What a person did before about the same place, under any of the records that stand for them after merges."""

from dataclasses import dataclass

from sqlalchemy import Integer, bindparam
from sqlmodel import Session, col, select

from alpes_events.attendance.models import ACTIVE, Registration
from alpes_events.attendance.places import Place
from alpes_events.people.records import records_of_person


@dataclass(frozen=True)
class Earlier:
    """A person's sign-ups for one place, over or not, in order of arrival."""

    sign_ups: tuple[Registration, ...]

    @property
    def standing(self) -> Registration | None:
        """The one that is active, if there is one: after a merge of two, the better."""
        active = [one for one in self.sign_ups if one.state in ACTIVE]
        return min(active, key=lambda one: ACTIVE.index(one.state), default=None)

    @property
    def next_offset(self) -> int:
        """Where the count for the person's calendar starts with a new one: 0, or above that of one that ended."""
        return max((one.calendar_offset + 1 for one in self.sign_ups), default=0)


_OF_EVENT = (
    select(Registration)
    .where(
        col(Registration.event_id) == bindparam("event_id"),
        col(Registration.candidate_id).in_(records_of_person(bindparam("candidate_id", type_=Integer))),
    )
    .order_by(col(Registration.id))
)


def earlier_sign_ups(db: Session, place: Place, candidate_id: int) -> Earlier:
    """What this person did before about this place."""
    rows = db.exec(_OF_EVENT, params={"event_id": place.event.id, "candidate_id": candidate_id})
    return Earlier(tuple(row for row in rows if row.session_id == place.session_id))
