"""What exhibitors answered to an event's own questions, each answer with the question as it was put to them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from alpes_events.agenda.models import AskedOf, Question, QuestionKind
from alpes_events.fair.models import Exhibitor, StandAnswer


@dataclass(frozen=True)
class AnswerView:
    """An answer. `label` is the question as it was put, whatever it says now; `position` its place in the form."""

    question_id: int
    position: int
    label: str
    kind: QuestionKind
    content: str


def answers_of_stands(db: Session, exhibitor_ids: Iterable[int]) -> dict[int, tuple[AnswerView, ...]]:
    """The answers of each of these exhibitors, in the order of the questions, also of those no longer asked."""
    rows = db.exec(
        select(StandAnswer, Question)
        .join(Question, col(Question.id) == col(StandAnswer.question_id))
        .where(col(StandAnswer.exhibitor_id).in_(list(exhibitor_ids)))
        .order_by(col(Question.position))
    )
    found: dict[int, tuple[AnswerView, ...]] = {}
    for row, question in rows:
        view = AnswerView(row.question_id, question.position, row.label, question.kind, row.content)
        found[row.exhibitor_id] = (*found.get(row.exhibitor_id, ()), view)
    return found


def keep_answers(
    db: Session, exhibitor_id: int, questions: Sequence[Question], answers: Mapping[int, str], *, given: Iterable[int]
) -> None:
    """Keep what was answered, with the questions as they stand. An answer that is there is replaced, and goes when its
    question (of `given`, those that were in the form) was left empty this time.
    """
    rows = {
        row.question_id: row for row in db.exec(select(StandAnswer).where(StandAnswer.exhibitor_id == exhibitor_id))
    }
    shown = set(given)
    for question in questions:
        number = question.id or 0
        row = rows.get(number)
        if number in answers:
            row = row or StandAnswer(exhibitor_id=exhibitor_id, question_id=number, label="", content="")
            row.label, row.content = question.label, answers[number]
            db.add(row)
        elif row is not None and number in shown:
            db.delete(row)
    db.flush()


def answer_counts(db: Session, event_id: int) -> dict[int, int]:
    """How many exhibitors answered each question of an event."""
    rows = db.exec(
        select(StandAnswer.question_id, func.count())
        .join(Question, col(Question.id) == col(StandAnswer.question_id))
        .where(col(Question.event_id) == event_id)
        .group_by(col(StandAnswer.question_id))
    )
    return dict(rows.all())


def owed_answers(db: Session, exhibitors: Sequence[Exhibitor]) -> Counter[int]:
    """How many required questions of their event each of these exhibitors has not answered, by id."""
    required = db.exec(
        select(Question.id, Question.event_id).where(
            col(Question.event_id).in_({row.event_id for row in exhibitors}),
            col(Question.asked_of) == AskedOf.EXHIBITORS,
            col(Question.required),
            col(Question.retired_at).is_(None),
        )
    ).all()
    if not required:
        return Counter()
    answered = set(
        db.exec(
            select(StandAnswer.exhibitor_id, StandAnswer.question_id).where(
                col(StandAnswer.exhibitor_id).in_([row.id for row in exhibitors])
            )
        )
    )
    return Counter(
        row.id or 0
        for row in exhibitors
        for question_id, event_id in required
        if event_id == row.event_id and (row.id, question_id) not in answered
    )
