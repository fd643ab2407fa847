"""Forms: what they accept, and what they say when an answer does not fit. Nothing typed is lost."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import abort, request
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field, FieldList, Form, FormField, ValidationError
from wtforms.validators import StopValidation
from wtforms.widgets import HiddenInput

from alpes_events.language.refusal import BadInput, Refusal
from alpes_events.language.sentence import N_, Sentence, say
from alpes_web.languages import translated, translated_count


class _Words:
    """WTForms' own sentences, put into the page's language by our catalogues."""

    def gettext(self, text: str) -> str:
        return translated(text)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return translated_count(one, many, count)


class StrictForm(FlaskForm):  # type: ignore[misc]
    """A form that refuses, with 400, any field it does not have, so that nobody can set what was not asked."""

    class Meta:
        """WTForms' options."""

        def get_translations(self, _form: Form) -> _Words:
            """The words of our catalogues."""
            return _Words()

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Whether the form was sent and every answer fits."""
        if self.is_submitted():
            self.refuse_unknown_fields()
        return bool(super().validate_on_submit(extra_validators))

    def hidden_tag(self) -> Markup:
        """The fields that nobody sees. They have no id: a page may hold several forms."""
        return Markup("").join(field(id=False) for field in self if isinstance(field.widget, HiddenInput))

    def refuse_unknown_fields(self) -> None:
        """End the request with 400 when the body holds a field that this form has not."""
        known = set(_names(self)) | {"csrf_token"}
        if not {*request.form, *request.files} <= known:
            abort(400)

    def blame(self, refusal: Refusal) -> bool:
        """Put a refusal beside the field it is about. False when it is about none of this form's."""
        name = refusal.field if isinstance(refusal, BadInput) else ""
        if name not in self._fields:
            return False
        field = self._fields[name]
        field.errors = [*field.errors, refusal.sentence]
        return True

    @property
    def mistakes(self) -> list[tuple[str, Sentence | str]]:
        """Each mistake with the id of the control to go to, in the order of the form."""
        return [(control_id(field), error) for field in self for error in _flat(field.errors)]


def control_id(field: Field) -> str:
    """The id of the control that a link to `field` must reach: for a group of options, the first of them."""
    if field.type in {"RadioField", "CheckboxesField"}:
        return f"{field.id}-0"
    return str(field.id)


def described(field: Field, hint: str = "") -> dict[str, str]:
    """The attributes that tie a control to its hint and its error."""
    describers = [f"{field.id}-h"] if hint or field.description else []
    attributes = {}
    if field.errors:
        describers.append(f"{field.id}-e")
        attributes["aria-invalid"] = "true"
    if describers:
        attributes["aria-describedby"] = " ".join(describers)
    if field.flags.required:
        attributes["aria-required"] = "true"
    return attributes


class Needed:
    """The answer may not be empty; the sentence says what is missing."""

    field_flags = {"required": True}  # noqa: RUF012 (WTForms reads it from the class)

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, _form: Form, field: Field) -> None:
        """Stop at an empty answer."""
        if not field.data or (isinstance(field.data, str) and not field.data.strip()):
            raise StopValidation(say(self.sentence))


class AtMost:
    """A text of at most so many characters."""

    def __init__(self, length: int) -> None:
        self.length = length

    def __call__(self, _form: Form, field: Field) -> None:
        """Refuse a longer text, with its length."""
        if field.data and len(field.data) > self.length:
            sentence = say(
                N_("C’est trop long : %(length)d caractères, %(most)d au plus."),
                length=len(field.data),
                most=self.length,
            )
            raise ValidationError(sentence)


def checked_by(rule: Callable[[str], object]) -> Callable[[Form, Field], None]:
    """A validator from a function of the platform that raises `BadInput` for a text that cannot be right."""

    def check(_form: Form, field: Field) -> None:
        if not field.data:
            return
        try:
            rule(field.data)
        except BadInput as refusal:
            raise ValidationError(refusal.sentence) from refusal

    return check


def _names(form: Form) -> Iterator[str]:
    for field in form:
        if isinstance(field, (FormField, FieldList)):
            yield from (name for name in request.form if name.startswith(f"{field.name}-"))
        yield field.name


def _flat(errors: Any) -> Iterator[Sentence | str]:
    """WTForms nests the errors of enclosed fields in lists and mappings."""
    for error in errors.values() if isinstance(errors, dict) else errors:
        if isinstance(error, (str, Sentence)):
            yield error
        else:
            yield from _flat(error)
