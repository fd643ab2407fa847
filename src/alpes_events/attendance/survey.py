"""The one question asked after an event: was it of use, from 1 to 5."""

from datetime import datetime

from sqlmodel import Session

from alpes_events.attendance.release import the_registration
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_

LOWEST, HIGHEST = 1, 5


def answer_survey(db: Session, registration_id: int, *, score: int, now: datetime) -> None:
    """Keep the answer (1 to 5); a later one replaces it."""
    if not LOWEST <= score <= HIGHEST:
        raise BadInput(N_("Choisissez une des réponses proposées."), field="score")
    registration = the_registration(db, registration_id)
    registration.survey_score = score
    registration.survey_at = now
    db.add(registration)
    record(
        db,
        EntryKind.SURVEY_ANSWERED,
        subject=("registration", registration_id),
        now=now,
        facts={"event_id": registration.event_id, "score": score},
    )
