"""The questions of an event, written as rows: an empty row asks nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, StringField

from alpes_events.agenda.models import Question, QuestionKind
from alpes_events.agenda.questions import QuestionDraft
from alpes_events.language.sentence import N_, Sentence
from alpes_web.forms import AtMost, StrictForm
from alpes_web.staff.choice_fields import CodeField
from alpes_web.staff.fields import LinesField, NumberField
from alpes_web.staff.words import QUESTION_KINDS


class QuestionRow(Form):  # type: ignore[misc]
    """One question. `id` names the stored one that it changes."""

    id = HiddenField()
    label = StringField(N_("Question"), validators=[AtMost(200)])
    hint = StringField(N_("Précision"), validators=[AtMost(300)])
    kind = CodeField(N_("Réponse"), QUESTION_KINDS, default=QuestionKind.TEXT)
    choices = LinesField(
        N_("Réponses proposées"), description=N_("Une par ligne, pour « une réponse parmi plusieurs ».")
    )
    place = NumberField(N_("Rang"), description=N_("1 : posée en premier."))
    required = BooleanField(N_("La réponse est obligatoire"))
    removed = BooleanField(N_("Ne plus poser cette question"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self:
            field.flags.plain = True


class QuestionsForm(StrictForm):
    """All the questions of an event."""

    questions = FieldList(FormField(QuestionRow), max_entries=30)

    @classmethod
    def of(cls, stored: Sequence[Question]) -> "QuestionsForm":
        """The form with what is stored, and an empty row for one more."""
        rows: list[Mapping[str, object]] = [
            {
                "id": str(question.id),
                "label": question.label,
                "hint": question.hint,
                "kind": question.kind,
                "choices": tuple(question.choices),
                "place": place,
                "required": question.required,
            }
            for place, question in enumerate(stored, start=1)
        ]
        return cls(data={"questions": [*rows, {}]})

    def drafts(self, stored: Sequence[Question]) -> list[QuestionDraft]:
        """The questions to ask, by rank, then by row; an id that is not this event's makes a new question."""
        known = {str(question.id): question.id for question in stored}
        return [
            QuestionDraft(
                kind=row.kind.data or QuestionKind.TEXT,
                label=row.label.data or "",
                hint=row.hint.data or "",
                choices=row.choices.data or (),
                required=bool(row.required.data),
                id=known.get(row["id"].data),
            )
            for row in self.kept_rows
        ]

    @property
    def kept_rows(self) -> list[QuestionRow]:
        """The rows that ask something, in the order in which they will be asked."""
        rows = [entry.form for entry in self.questions]
        kept = [row for row in rows if not row.removed.data and (row["id"].data or (row.label.data or "").strip())]
        return sorted(kept, key=lambda row: len(rows) if row.place.data is None else row.place.data)

    @property
    def mistakes(self) -> list[tuple[str, Sentence | str]]:
        """Each mistake with the id of its control, row by row."""
        rows = [entry.form for entry in self.questions]
        return [(field.id, error) for row in rows for field in row for error in field.errors]

    def put(self, problems: Mapping[str, Sentence]) -> None:
        """Put a problem named `questions-<number>-<field>` beside the field of that kept row."""
        rows = self.kept_rows
        for name, sentence in problems.items():
            _questions, number, field = name.split("-", 2)
            row = rows[int(number)]
            row[field].errors = [*row[field].errors, sentence]
