"""Signing somebody up on their behalf: a known person or a new one, the session, and the questions of the event."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from uuid import uuid4

from wtforms import BooleanField, HiddenField, StringField

from alpes_events.agenda.models import Question, QuestionKind
from alpes_events.agenda.queries import SessionCard
from alpes_events.agenda.questions import NO, YES
from alpes_events.language.dates import moment
from alpes_events.language.sentence import N_, Sentence
from alpes_web.forms import StrictForm
from alpes_web.identity import identity
from alpes_web.languages import language
from alpes_web.staff.choice_fields import ChoiceField
from alpes_web.staff.person_form import PersonForm

_QUESTION = "question_"
_YES_NO = ((YES, N_("Oui")), (NO, N_("Non")))


class SignUpFields(StrictForm):
    """What a sign-up asks whoever comes. `form_key` makes a second click harmless."""

    form_key = HiddenField(default=lambda: str(uuid4()))
    session_id = ChoiceField(N_("Pour quelle séance ?"), description=N_("Une séance a ses propres places."))
    priority = BooleanField(N_("Passe avant les autres si c’est complet"))

    def prepare_sessions(self, sessions: Sequence[SessionCard]) -> None:
        """Offer the event as a whole and each of its sessions."""
        zone = identity().zone
        self.session_id.choices = [
            ("", N_("L’événement en entier")),
            *(
                (
                    str(card.session.id),
                    f"{card.session.title}, {moment(card.session.starts_at, language=language(), zone=zone)}",
                )
                for card in sessions
            ),
        ]

    @property
    def session(self) -> int | None:
        """The session chosen; None is the event as a whole."""
        return int(self.session_id.data) if self.session_id.data else None

    @property
    def question_fields(self) -> list[Any]:
        """The fields of the questions of the event."""
        return [field for field in self if field.name.startswith(_QUESTION)]

    @property
    def answers(self) -> dict[int, str]:
        """What was answered, by question id."""
        return {int(field.name.removeprefix(_QUESTION)): str(field.data or "") for field in self.question_fields}

    def put(self, problems: Mapping[str, Sentence]) -> None:
        """Put each problem beside its field."""
        for name, sentence in problems.items():
            if name in self._fields:
                field = self._fields[name]
                field.errors = [*field.errors, sentence]


class NewPersonSignUp(PersonForm, SignUpFields):
    """Somebody whom nobody has signed up before."""


class KnownPersonSignUp(SignUpFields):
    """Somebody found in the files."""


FormKind = TypeVar("FormKind", bound=SignUpFields)


def with_questions(kind: type[FormKind], questions: Sequence[Question]) -> type[FormKind]:
    """The form with a field for each question of the event."""
    fields = {f"{_QUESTION}{question.id}": _field(question) for question in questions}
    return type(kind.__name__, (kind,), fields)


def _field(question: Question) -> Any:
    match question.kind:
        case QuestionKind.TEXT | QuestionKind.NUMBER:
            field = StringField(question.label, description=question.hint)
        case QuestionKind.YES_NO:
            field = ChoiceField(question.label, [("", N_("Choisissez")), *_YES_NO], description=question.hint)
        case QuestionKind.CHOICE:
            choices = [(choice, choice) for choice in question.choices]
            field = ChoiceField(question.label, [("", N_("Choisissez")), *choices], description=question.hint)
    if question.required:
        field.kwargs["render_kw"] = {"aria-required": "true"}
    return field
