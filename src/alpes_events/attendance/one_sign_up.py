"""One sign-up as staff read it: the person, where it stands, their answers."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.attendance.answers import Answered, answers_of
from alpes_events.attendance.listing import SignUpLine, lines_of
from alpes_events.attendance.models import Registration, RegistrationState
from alpes_events.attendance.places import position_of
from alpes_events.attendance.release import the_registration


@dataclass(frozen=True)
class OneSignUp:
    """A sign-up with its event, the account that made it, the position of one who waits, and the answers."""

    line: SignUpLine
    event: Event
    registered_by: int | None
    position: int | None
    answers: tuple[Answered, ...]


def one_sign_up(db: Session, registration_id: int) -> OneSignUp:
    """The sign-up. Raises `UnknownRegistration`."""
    row = the_registration(db, registration_id)
    waits = row.state is RegistrationState.WAITLISTED
    return OneSignUp(
        line=lines_of(db, [registration_id])[0],
        event=db.get_one(Event, row.event_id),
        registered_by=row.registered_by,
        position=position_of(db, row) if waits else None,
        answers=answers_of(db, registration_id),
    )


def sign_ups_of_person(db: Session, candidate_ids: list[int], *, limit: int = 100) -> list[SignUpLine]:
    """The sign-ups of these records of one person, latest first."""
    ids = db.exec(
        select(Registration.id)
        .where(col(Registration.candidate_id).in_(candidate_ids))
        .order_by(col(Registration.created_at).desc(), col(Registration.id).desc())
        .limit(limit)
    ).all()
    return lines_of(db, [found for found in ids if found is not None])
