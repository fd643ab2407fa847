"""In which language a person is written to about the sign-ups that still count."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from alpes_events.attendance.models import ACTIVE, Registration
from alpes_events.people.records import records_of


def write_in(db: Session, candidate_id: int, language: str, *, now: datetime) -> None:
    """From now on messages about the person's active sign-ups are in this language; their calendars see a change."""
    db.execute(
        update(Registration)
        .where(
            col(Registration.candidate_id).in_(records_of(db, candidate_id)),
            col(Registration.state).in_(ACTIVE),
            col(Registration.language) != language,
        )
        .values(language=language, changed_at=now)
        .execution_options(synchronize_session=False)
    )
