"""The people with more than one active sign-up for the same thing at an event, as merges bring to light."""

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, select

from alpes_events.attendance.listing import SignUpLine, lines_of
from alpes_events.attendance.models import ACTIVE, Registration
from alpes_events.people.records import canonical_id, merged_records


@dataclass(frozen=True)
class Double:
    """One person with several active sign-ups for an event, or for one of its sessions; oldest first."""

    person_id: int
    sign_ups: tuple[SignUpLine, ...]


def doubles_at(db: Session, event_id: int) -> list[Double]:
    """Who holds more than one active sign-up for the same thing at this event."""
    merged = merged_records()
    person = canonical_id(col(Registration.candidate_id), merged)
    rows = db.exec(
        select(Registration.id, Registration.session_id, person)
        .outerjoin(merged, merged.c.id == col(Registration.candidate_id))
        .where(col(Registration.event_id) == event_id, col(Registration.state).in_(ACTIVE))
        .order_by(col(Registration.created_at), col(Registration.id))
    )
    by_place: dict[tuple[int, int | None], list[int]] = defaultdict(list)
    for registration_id, session_id, person_id in rows:
        by_place[person_id, session_id].append(registration_id or 0)
    return [
        Double(person_id, tuple(lines_of(db, ids))) for (person_id, _session), ids in by_place.items() if len(ids) > 1
    ]
