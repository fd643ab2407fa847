"""The people whom one advisor has signed up: the only ones an advisor may look up."""

from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event, EventState
from alpes_events.attendance.listing import SignUpLine, lines_of
from alpes_events.attendance.models import ACTIVE, Registration
from alpes_events.language.folding import fold
from alpes_events.people.models import Candidate
from alpes_events.people.queries import CandidateView, candidate_view
from alpes_events.people.records import standing_records


def own_people(db: Session, account_id: int, text: str = "") -> list[CandidateView]:
    """The people signed up by this account whose names hold every word (accents apart), by name."""
    words = fold(text).split()
    rows = db.exec(select(Registration.candidate_id).where(col(Registration.registered_by) == account_id).distinct())
    standing: dict[int | None, Candidate] = {row.id: row for row in standing_records(db, rows).values()}
    found = [
        row for row in standing.values() if row.erased_at is None and all(word in row.search_name for word in words)
    ]
    return [candidate_view(row) for row in sorted(found, key=lambda row: row.search_name)]


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
