"""What visitors answered to an event's own questions, each answer with the question as it was put to them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from alpes_events.agenda.models import AskedOf, Question, QuestionKind
from alpes_events.attendance.models import Answer, Registration


@dataclass(frozen=True)
class Answered:
    """A question of the event, in the words in which it was put, with what was answered."""

    label: str
    kind: QuestionKind
    content: str


@dataclass(frozen=True)
class AnswerTable:
    """The answers of an event as columns of a file: one for each question and each wording that was answered, in the
    order of the questions. `cells` are found by sign-up and column.
    """

    columns: tuple[tuple[int, str], ...]
    cells: Mapping[tuple[int, int, str], str]

    @property
    def headings(self) -> list[str]:
        """The questions as they were put."""
        return [label for _question_id, label in self.columns]

    def row(self, registration_id: int) -> list[str]:
        """What one sign-up answered, column by column; empty where nothing."""
        return [self.cells.get((registration_id, *column), "") for column in self.columns]


def answers_of(db: Session, registration_id: int) -> tuple[Answered, ...]:
    """What was answered, in the order of the questions; questions that are no longer asked too."""
    return tuple(answers_of_many(db, [registration_id]).get(registration_id, ()))


def answers_of_many(db: Session, registration_ids: Collection[int]) -> dict[int, list[Answered]]:
    """The same for each of these sign-ups; those without an answer are left out."""
    rows = db.exec(
        select(Answer, Question)
        .join(Question, col(Question.id) == col(Answer.question_id))
        .where(col(Answer.registration_id).in_(registration_ids))
        .order_by(col(Question.position))
    )
    found: dict[int, list[Answered]] = {}
    for answer, question in rows:
        found.setdefault(answer.registration_id, []).append(Answered(answer.label, question.kind, answer.content))
    return found


def answer_table(db: Session, event_id: int) -> AnswerTable:
    """The answers of an event's visitors. Every question has a column, also one that nobody answered or that is no
    longer asked.
    """
    questions = db.exec(
        select(Question)
        .where(col(Question.event_id) == event_id, col(Question.asked_of) == AskedOf.VISITORS)
        .order_by(col(Question.position))
    ).all()
    answers = db.exec(
        select(Answer)
        .join(Registration, col(Answer.registration_id) == col(Registration.id))
        .where(col(Registration.event_id) == event_id)
        .order_by(col(Answer.id))
    ).all()
    put: dict[int, dict[str, None]] = {question.id or 0: {question.label: None} for question in questions}
    for answer in answers:
        put.setdefault(answer.question_id, {})[answer.label] = None
    return AnswerTable(
        tuple((question_id, label) for question_id, labels in put.items() for label in labels),
        {(one.registration_id, one.question_id, one.label): one.content for one in answers},
    )
