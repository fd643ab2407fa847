"""An advisor's own people: those whom they signed up, and those whom they follow (`besides`, told from above)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import CTE
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from alpes_events.agenda.models import Event, EventState
from alpes_events.attendance.listing import SignUpLine, lines_of
from alpes_events.attendance.models import ACTIVE, Registration
from alpes_events.people.models import Candidate
from alpes_events.people.queries import CandidateView, candidate_view
from alpes_events.people.records import canonical_id, merged_records
from alpes_events.people.search import records_meant

Besides = Callable[[CTE], SelectOfScalar[int]]
"""A question for the records of more people, given those that were merged."""


def own_people(db: Session, account_id: int, text: str = "", *, besides: Besides | None = None) -> list[CandidateView]:
    """The people signed up by this account, and others, whom `text` may mean (a name, telephone, e-mail), by name."""
    merged = merged_records()
    own = (
        select(canonical_id(col(Registration.candidate_id), merged))
        .select_from(Registration)
        .outerjoin(merged, merged.c.id == col(Registration.candidate_id))
        .where(col(Registration.registered_by) == account_id)
    )
    asked = [own] if besides is None else [own, besides(merged)]
    theirs = or_(*(col(Candidate.id).in_(one) for one in asked))
    statement = select(Candidate).where(theirs, col(Candidate.erased_at).is_(None))
    if text:
        statement = statement.where(col(Candidate.id).in_(records_meant(text, merged)))
    return [candidate_view(row) for row in sorted(db.exec(statement), key=lambda row: row.search_name)]


def own_coming_sign_ups(db: Session, account_id: int, *, now: datetime) -> list[SignUpLine]:
    """The active sign-ups made by this account for events that are not over, soonest first."""
    ids = db.exec(
        select(Registration.id)
        .join(Event, col(Registration.event_id) == col(Event.id))
        .where(
            col(Registration.registered_by) == account_id,
            col(Registration.state).in_(ACTIVE),
            col(Event.state) == EventState.PUBLISHED,
            col(Event.ends_at) > now,
        )
        .order_by(col(Event.starts_at), col(Registration.id))
    ).all()
    return lines_of(db, [found for found in ids if found is not None])


@dataclass
class OwnPerson:
    """Somebody of the account's own: what comes next, soonest first, and how many of their events are over."""

    person: CandidateView
    coming: list[tuple[SignUpLine, Event]] = field(default_factory=list)
    past_count: int = 0


def own_people_with_sign_ups(
    db: Session, account_id: int, *, now: datetime, text: str = "", besides: Besides | None = None
) -> list[OwnPerson]:
    """The people of `own_people` with the sign-ups made by this account: those who come soonest first, then by name."""
    people = {person.id: OwnPerson(person) for person in own_people(db, account_id, text, besides=besides)}
    rows = db.exec(
        select(Registration.id, Event)
        .join(Event, col(Registration.event_id) == col(Event.id))
        .where(col(Registration.registered_by) == account_id)
        .order_by(col(Event.starts_at), col(Registration.id))
    ).all()
    events = {registration_id: event for registration_id, event in rows if registration_id is not None}
    for line in lines_of(db, list(events)):
        found, event = people.get(line.person_id), events[line.id]
        if found is None:
            continue
        if event.ends_at <= now:
            found.past_count += 1
        elif line.state in ACTIVE and event.state is EventState.PUBLISHED:
            found.coming.append((line, event))
    coming = sorted((own for own in people.values() if own.coming), key=lambda own: own.coming[0][1].starts_at)
    return [*coming, *(own for own in people.values() if not own.coming)]


def own_sign_ups_of(db: Session, account_id: int, candidate_ids: Sequence[int]) -> list[SignUpLine]:
    """The sign-ups that this account made for these records of one person, latest first."""
    ids = db.exec(
        select(Registration.id)
        .where(col(Registration.registered_by) == account_id, col(Registration.candidate_id).in_(candidate_ids))
        .order_by(col(Registration.created_at).desc(), col(Registration.id).desc())
    ).all()
    return lines_of(db, [found for found in ids if found is not None])
