"""The questions that an event asks at sign-up, and whether an answer answers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from alpes_events.agenda.commands import hold_event
from alpes_events.agenda.draft import BadDraft
from alpes_events.agenda.models import AskedOf, Question, QuestionKind
from alpes_events.language.folding import written
from alpes_events.language.sentence import N_, Sentence, say

LONGEST_ANSWER = 1000
_LONGEST_LABEL = 200
_LONGEST_HINT = 300
YES, NO = "yes", "no"
_NUMBER = re.compile(r"[0-9]{1,9}")
_NEEDED = {
    AskedOf.VISITORS: N_("Répondez à cette question pour vous inscrire."),
    AskedOf.EXHIBITORS: N_("Répondez à cette question pour demander un stand."),
}
_TOO_LONG = N_("Ce texte est trop long : %(longest)d signes au plus.")


@dataclass(frozen=True)
class QuestionDraft:
    """A question as written. `id` names the stored one that it changes; None is a new one."""

    kind: QuestionKind
    label: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    id: int | None = None

    def written(self) -> "QuestionDraft":
        """The same with its texts as they are stored, and without empty or repeated choices."""
        choices = dict.fromkeys(written(choice) for choice in self.choices)
        return replace(
            self, label=written(self.label), hint=written(self.hint), choices=tuple(one for one in choices if one)
        )


_ASKED_NOW = (
    select(Question)
    .where(
        col(Question.event_id) == bindparam("event_id"),
        col(Question.asked_of) == bindparam("asked_of"),
        col(Question.retired_at).is_(None),
    )
    .order_by(col(Question.position))
)


def questions_of(db: Session, event_id: int, *, asked_of: AskedOf = AskedOf.VISITORS) -> list[Question]:
    """The questions asked now, in order."""
    return list(db.exec(_ASKED_NOW, params={"event_id": event_id, "asked_of": asked_of}))


def set_questions(
    db: Session,
    event_id: int,
    drafts: Sequence[QuestionDraft],
    *,
    now: datetime,
    asked_of: AskedOf = AskedOf.VISITORS,
) -> None:
    """Make the event ask exactly these. One no longer asked is retired, its answers stay; one that is answered in
    another way from now on is another question.
    """
    drafts = [draft.written() for draft in drafts]
    _check(drafts)
    hold_event(db, event_id)
    stored = {question.id: question for question in questions_of(db, event_id, asked_of=asked_of)}
    kept = {draft.id for draft in drafts if draft.id in stored and stored[draft.id].kind is draft.kind}
    last = db.exec(
        select(Question.position).where(Question.event_id == event_id).order_by(col(Question.position).desc())
    )
    position = (last.first() or 0) + 1
    for question in stored.values():
        if question.id not in kept:
            question.retired_at = now
            db.add(question)
    for offset, draft in enumerate(drafts):
        fresh = Question(event_id=event_id, position=0, kind=draft.kind, label="")
        question = stored[draft.id] if draft.id in kept else fresh
        question.sqlmodel_update(
            {
                "asked_of": asked_of,
                "kind": draft.kind,
                "label": draft.label,
                "hint": draft.hint,
                "choices": list(draft.choices),
                "required": draft.required,
                "position": position + offset,
            }
        )
        db.add(question)
    db.flush()


def check_answers(questions: Sequence[Question], given: Mapping[int, str]) -> dict[int, str]:
    """The answers to keep, by question id; empty ones are left out.

    Raises `BadDraft` with a sentence for each field `question_<id>` that is missing, too long or not among the choices.
    """
    problems: dict[str, Sentence] = {}
    answers: dict[int, str] = {}
    for question in questions:
        assert question.id is not None
        answer = written(given.get(question.id, ""))
        field = f"question_{question.id}"
        if not answer:
            if question.required:
                problems[field] = say(_NEEDED[question.asked_of])
            continue
        if len(answer) > LONGEST_ANSWER:
            problems[field] = say(_TOO_LONG, longest=LONGEST_ANSWER)
        elif question.kind is QuestionKind.NUMBER:
            answer = "".join(answer.split())
            if not _NUMBER.fullmatch(answer):
                problems[field] = say(N_("Écrivez un nombre entier, par exemple 12."))
        elif answer not in _allowed(question, answer):
            problems[field] = say(N_("Choisissez une des réponses proposées."))
        answers[question.id] = answer
    if problems:
        raise BadDraft(problems)
    return answers


def _allowed(question: Question, answer: str) -> Sequence[str]:
    match question.kind:
        case QuestionKind.YES_NO:
            return (YES, NO)
        case QuestionKind.CHOICE:
            return question.choices
        case QuestionKind.TEXT | QuestionKind.NUMBER:
            return (answer,)


def _check(drafts: Sequence[QuestionDraft]) -> None:
    problems: dict[str, Sentence] = {}
    for number, draft in enumerate(drafts):
        if not draft.label:
            problems[f"questions-{number}-label"] = say(N_("Écrivez la question, ou retirez-la."))
        for field, longest in (("label", _LONGEST_LABEL), ("hint", _LONGEST_HINT)):
            if len(getattr(draft, field)) > longest:
                problems[f"questions-{number}-{field}"] = say(_TOO_LONG, longest=longest)
        if any(len(choice) > LONGEST_ANSWER for choice in draft.choices):
            problems[f"questions-{number}-choices"] = say(_TOO_LONG, longest=LONGEST_ANSWER)
        if draft.kind is QuestionKind.CHOICE and len(draft.choices) < 2:  # noqa: PLR2004 (a choice is between two)
            problems[f"questions-{number}-choices"] = say(N_("Proposez au moins deux réponses, une par ligne."))
    if problems:
        raise BadDraft(problems)
