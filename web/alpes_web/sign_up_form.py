"""The form of a sign-up: who comes, to what, and what the event asks."""

import uuid
from collections.abc import Sequence
from typing import ClassVar

from flask import abort
from wtforms import EmailField, Field, Form, HiddenField, RadioField, SelectChoice, StringField, TelField, TextAreaField

from alpes_events.agenda.draft import BadDraft
from alpes_events.agenda.models import Question, QuestionKind
from alpes_events.agenda.queries import SessionCard
from alpes_events.agenda.questions import NO, YES
from alpes_events.language import dates
from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_
from alpes_events.people.identity import PersonIn
from alpes_events.territory.queries import CommuneView
from alpes_web.commune_text import name_and_code
from alpes_web.event_view import number
from alpes_web.forms import AtMost, StrictForm
from alpes_web.identity import identity
from alpes_web.languages import language, translated, translated_count

_LONGEST = 300
_SESSION = "session"


class Asked:
    """Marks a field that must be answered; the platform's own rules say what is missing."""

    field_flags: ClassVar = {"required": True}

    def __call__(self, _form: Form, _field: Field) -> None:
        """Refuse nothing here."""


class OneOfTwo:
    """Marks a field of which another can take the place: neither required nor optional by itself."""

    field_flags: ClassVar = {"plain": True}

    def __call__(self, _form: Form, _field: Field) -> None:
        """Refuse nothing here."""


class SignUpForm(StrictForm):
    """What every event asks. Sessions and questions of the event are added by `form_for`."""

    form_key = HiddenField()
    given_name = StringField(N_("Prénom"), [Asked(), AtMost(_LONGEST)])
    family_name = StringField(N_("Nom"), [Asked(), AtMost(_LONGEST)])
    email = EmailField(N_("Adresse e-mail"), [OneOfTwo(), AtMost(_LONGEST)])
    telephone = TelField(N_("Téléphone"), [OneOfTwo(), AtMost(_LONGEST)])
    commune_name = StringField(N_("Commune où vous habitez"), [AtMost(100)])
    insee_code = RadioField(N_("Laquelle de ces communes ?"), [OneOfTwo()], choices=[], validate_choice=False)

    question_names: ClassVar[tuple[str, ...]] = ()

    @property
    def key(self) -> str:
        """The form's own UUID; a page that invents another kind of key gets 400."""
        try:
            return str(uuid.UUID(self.form_key.data or ""))
        except ValueError:
            abort(400)

    def renew(self) -> None:
        """Give the form a new key: it was sent before with other words, and may be sent again as it is now."""
        self.form_key.data = str(uuid.uuid4())

    def person(self) -> PersonIn:
        """Who comes, as typed. One field takes a commune by its name, its postal code, or both."""
        name, postal_code = name_and_code(self.commune_name.data or "")
        return PersonIn(
            given_name=self.given_name.data or "",
            family_name=self.family_name.data or "",
            email=self.email.data or "",
            telephone=self.telephone.data or "",
            commune_name=name,
            postal_code=postal_code,
            insee_code=self.insee_code.data or "",
            language=language(),
        )

    def answers(self) -> dict[int, str]:
        """What was answered to the event's questions, by question id."""
        return {int(name.removeprefix("question_")): self[name].data or "" for name in self.question_names}

    def session_id(self) -> int | None:
        """The session chosen, or None for the event as a whole."""
        chosen = self[_SESSION].data if _SESSION in self else ""
        return int(chosen) if chosen else None

    def ask_commune(self, choices: Sequence[CommuneView]) -> None:
        """Let the person choose between the communes that what they typed may mean."""
        self.insee_code.choices = [SelectChoice(view.insee_code, view.name) for view in choices]

    def blame_all(self, problems: Sequence[BadInput]) -> None:
        """Put each problem beside its field, unless something is said there already."""
        for problem in problems:
            if problem.field in self and not self[problem.field].errors:
                self.blame(problem)

    def blame_answers(self, refusal: BadDraft) -> None:
        """Put each problem of the answers beside its question."""
        for name, sentence in refusal.problems.items():
            if name in self:
                self[name].errors = [sentence]


def form_for(sessions: Sequence[SessionCard], questions: Sequence[Question]) -> SignUpForm:
    """The form of one event, with its sessions and questions; filled from the request."""
    fields: dict[str, object] = {}
    if sessions:
        choices = [SelectChoice("", translated("Tout l’événement, sans séance particulière"))]
        choices += [SelectChoice(str(card.session.id), _session_words(card)) for card in sessions]
        fields[_SESSION] = RadioField(N_("À quoi venez-vous ?"), [OneOfTwo()], choices=choices, default="")
    for question in questions:
        fields[f"question_{question.id}"] = question_field(question)
    names = tuple(name for name in fields if name != _SESSION)
    built = type("EventSignUpForm", (SignUpForm,), {**fields, "question_names": names})
    form = built()
    assert isinstance(form, SignUpForm)
    if not form.form_key.data:
        form.form_key.data = str(uuid.uuid4())
    return form


def question_field(question: Question) -> object:
    """The field that asks a question of the event."""
    marks = [Asked()] if question.required else []
    if question.kind is QuestionKind.NUMBER:
        return StringField(question.label, [*marks, AtMost(20)], description=question.hint)
    if question.kind is QuestionKind.TEXT:
        return TextAreaField(question.label, marks, description=question.hint)
    choices = [SelectChoice(YES, translated("Oui")), SelectChoice(NO, translated("Non"))]
    if question.kind is QuestionKind.CHOICE:
        choices = [SelectChoice(choice, choice) for choice in question.choices]
    return RadioField(question.label, marks, description=question.hint, choices=choices, validate_choice=False)


def _session_words(card: SessionCard) -> str:
    """« 11 h – 12 h, Atelier CV express (20 places) »."""
    session = card.session
    hours = dates.hours(session.starts_at, session.ends_at, language=language(), zone=identity().zone)
    return f"{hours}, {session.title} ({_places_words(card.places.free)})"


def _places_words(free: int | None) -> str:
    if free is None:
        return translated("places disponibles")
    if free == 0:
        return translated("complet, liste d’attente")
    return translated_count("%(num)s place", "%(num)s places", free) % {"num": number(free)}
