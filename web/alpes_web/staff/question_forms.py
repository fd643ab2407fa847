"""The questions of an event, written as rows: an empty row asks nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, StringField

from alpes_events.agenda.models import Question, QuestionKind
from alpes_events.agenda.questions import QuestionDraft
from alpes_events.language.sentence import N_, Sentence
from alpes_web.amending import AmendingForm
from alpes_web.forms import AtMost
from alpes_web.languages import translated
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


class RowsField(FieldList):  # type: ignore[misc]
    """The rows, which are read as one text: a question a line, with all that it asks."""

    def written(self, value: object) -> str:
        """The questions that these rows ask."""
        assert isinstance(value, list)
        asked = [row for row in value if not row.get("removed") and (row.get("label") or "").strip()]
        in_order = sorted(asked, key=lambda row: len(value) if row.get("place") is None else row["place"])
        return "\n".join(_in_a_line(row) for row in in_order)


class QuestionsForm(AmendingForm):
    """All the questions of an event."""

    questions = RowsField(FormField(QuestionRow), label=N_("Questions"), max_entries=30)

    @classmethod
    def of(cls, stored: Sequence[Question]) -> "QuestionsForm":
        """The form with what is stored, and an empty row for one more."""
        return cls(data=said_in_rows(stored))

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
        inside = [(field.id, error) for row in rows for field in row for error in field.errors]
        return [*self.overtaken_first, *inside]

    def put(self, problems: Mapping[str, Sentence]) -> None:
        """Put a problem named `questions-<number>-<field>` beside the field of that kept row."""
        rows = self.kept_rows
        for name, sentence in problems.items():
            _questions, number, field = name.split("-", 2)
            row = rows[int(number)]
            row[field].errors = [*row[field].errors, sentence]


def said_in_rows(stored: Sequence[Question]) -> dict[str, object]:
    """What is stored, as the fields of the form take it."""
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
    return {"questions": [*rows, {}]}


def _in_a_line(row: Mapping[str, Any]) -> str:
    kind = QUESTION_KINDS[row["kind"]] if row.get("kind") in QUESTION_KINDS else ""
    needed = translated(N_("obligatoire")) if row.get("required") else ""
    parts = [row["label"], row.get("hint") or "", translated(kind), ", ".join(row.get("choices") or ()), needed]
    return " ; ".join(part.strip() for part in parts if part)
