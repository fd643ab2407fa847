"""One sign-up as staff read it: the person, where it stands, their answers."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event, Question, QuestionKind
from alpes_events.attendance.listing import SignUpLine, lines_of
from alpes_events.attendance.models import Answer, Registration, RegistrationState
from alpes_events.attendance.places import position_of
from alpes_events.attendance.release import the_registration


@dataclass(frozen=True)
class Answered:
    """A question of the event with what was answered."""

    label: str
    kind: QuestionKind
    content: str


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


def answers_of(db: Session, registration_id: int) -> tuple[Answered, ...]:
    """What was answered, in the order of the questions; questions that are no longer asked too."""
    rows = db.exec(
        select(Question, Answer.content)
        .join(Answer, col(Answer.question_id) == col(Question.id))
        .where(col(Answer.registration_id) == registration_id)
        .order_by(col(Question.position))
    )
    return tuple(Answered(question.label, question.kind, content) for question, content in rows)


def answers_of_many(db: Session, registration_ids: Collection[int]) -> dict[int, list[Answered]]:
    """The same for each of these sign-ups; those without an answer are left out."""
    rows = db.exec(
        select(Answer.registration_id, Question, Answer.content)
        .join(Question, col(Question.id) == col(Answer.question_id))
        .where(col(Answer.registration_id).in_(registration_ids))
        .order_by(col(Question.position))
    )
    found: dict[int, list[Answered]] = {}
    for registration_id, question, content in rows:
        found.setdefault(registration_id, []).append(Answered(question.label, question.kind, content))
    return found


def sign_ups_of_person(db: Session, candidate_ids: list[int], *, limit: int = 100) -> list[SignUpLine]:
    """The sign-ups of these records of one person, latest first."""
    ids = db.exec(
        select(Registration.id)
        .where(col(Registration.candidate_id).in_(candidate_ids))
        .order_by(col(Registration.created_at).desc(), col(Registration.id).desc())
        .limit(limit)
    ).all()
    return lines_of(db, [found for found in ids if found is not None])


def answers_of_event(db: Session, event_id: int) -> dict[tuple[int, int], str]:
    """What was answered at an event, by sign-up and question."""
    rows = db.exec(
        select(Answer.registration_id, Answer.question_id, Answer.content)
        .join(Registration, col(Answer.registration_id) == col(Registration.id))
        .where(col(Registration.event_id) == event_id)
    )
    return {(registration_id, question_id): content for registration_id, question_id, content in rows}
