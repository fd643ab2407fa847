"""Forms that change what is stored: what somebody else saved meanwhile is shown, and nobody's change is lost.

Such a form carries what it showed. When something else is stored by the time it is sent, nothing is saved: it comes
back with both people's changes, and the next press saves them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

from markupsafe import Markup
from sqlmodel import Session
from wtforms import Field, FieldList, FileField, PasswordField, SubmitField
from wtforms.widgets import HiddenInput

from alpes_events.database.in_turn import wait_for_turn
from alpes_events.journal.queries import last_entry
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_, Sentence, say
from alpes_events.people.account_names import account_names
from alpes_events.versions.three_way import Merged, merge
from alpes_web.field_texts import carried, in_words, read_carried, written
from alpes_web.forms import StrictForm
from alpes_web.languages import translated
from alpes_web.site import site
from alpes_web.staff.fields import SeenField

Stored = Callable[[Session], Mapping[str, object]]
"""Asks what is stored, as the fields of a form take it."""


class OvertakenJustNow(Refusal):
    """Somebody saved the same thing in the same moment."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Quelqu’un a enregistré la même page au même instant. Rien de ce que vous avez écrit n’est enregistré. "
                "Revenez en arrière et enregistrez de nouveau, vous verrez ce qui a changé."
            )
        )


@dataclass(frozen=True)
class OvertakenField:
    """One field that somebody else changed. `contested`: I did too, to something else, which is `mine`."""

    name: str
    label: str
    before: str
    now: str
    mine: str
    contested: bool


@dataclass(frozen=True)
class Overtaken:
    """What somebody else changed since the form was shown; when something last happened to it, and by whom."""

    fields: tuple[OvertakenField, ...]
    at: datetime | None
    by: str


class NamesField(Field):  # type: ignore[misc]
    """The names of some of the form's own fields; `data` is a tuple."""

    widget = SeenField.widget

    def process_data(self, _value: object) -> None:
        """None was chosen yet."""
        self.data: tuple[str, ...] = ()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was chosen."""
        self.data = tuple(valuelist)


class AmendingForm(StrictForm):
    """A form that may be about something stored: `amends` says of what, and what is there."""

    as_shown = SeenField()
    keep_theirs = NamesField()

    overtaken: Overtaken | None = None
    """What somebody else changed meanwhile; None: nobody did."""
    save_button: ClassVar[Mapping[str, str]] = {}
    """The name and value of the button that saves, where it has one."""
    called: ClassVar[Mapping[str, str]] = {}
    """What a field is called away from its neighbours, where its label alone does not say it."""

    _subject: tuple[str, int] | None = None
    _stored: Mapping[str, object] = {}
    _again: Stored | None = None

    def amends(self, subject: tuple[str, int], stored: Mapping[str, object], again: Stored) -> Self:
        """The form is about `subject` (as the journal names it), of which `stored` is what it says now; `again` asks
        for that anew, in the transaction that saves.
        """
        self._subject, self._stored, self._again = subject, stored, again
        if not self.is_submitted():
            self.as_shown.data = carried(self._texts(stored))
        return self

    @property
    def carried(self) -> Markup:
        """What was shown, as a field that nobody sees; nothing, for a form about nothing stored."""
        if self._subject is None:
            return Markup()
        return Markup('<input type="hidden" name="as_shown" value="{}">').format(self.as_shown.data)

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Whether the form was sent, every answer fits, and nobody else's change would be lost by it."""
        if self.is_submitted() and self._subject is not None:
            for field in self._asked:
                if field.name in self.keep_theirs.data:
                    self._put(field)
        return super().validate_on_submit(extra_validators) and not self._is_overtaken()

    def hold(self, db: Session) -> None:
        """In the transaction that saves: nobody else saves until it ends. Raises `OvertakenJustNow` when somebody did
        since the answers were looked at.
        """
        if self._subject is None or self._again is None or not self.as_shown.data:
            return
        wait_for_turn(db, ":".join(map(str, self._subject)))
        if self._texts(self._again(db)) != self._texts(self._stored):
            raise OvertakenJustNow

    @property
    def mistakes(self) -> list[tuple[str, Sentence | str]]:
        """Each mistake; first of all that somebody else saved meanwhile."""
        return [*self.overtaken_first, *super().mistakes]

    @property
    def overtaken_first(self) -> list[tuple[str, Sentence | str]]:
        """That somebody else saved meanwhile, if they did, with where to read what."""
        sentence = say(N_("Cette page a été changée pendant que vous écriviez : relisez, puis enregistrez."))
        return [] if self.overtaken is None else [("overtaken", sentence)]

    def _is_overtaken(self) -> bool:
        shown, now = read_carried(self.as_shown.data), self._texts(self._stored)
        if self._subject is None or not shown:
            return False
        mine = {field.name: written(field, field.data) for field in self._asked}
        merged = merge(shown, mine, now)
        if not merged.theirs or (merged.content == mine and not merged.contested):
            return False
        lines = tuple(_line(self, name, (shown[name], now[name], mine[name]), merged) for name in merged.theirs)
        self.overtaken = _overtaken(self._subject, lines)
        self._show(merged)
        self.as_shown.data = carried(now)
        return True

    def _show(self, merged: Merged) -> None:
        """My answers, with what they changed where I did not; where both did, that is said beside the field."""
        for field in self._asked:
            if field.name in merged.contested:
                sentence = say(
                    N_(
                        "%(field)s : changé aussi par quelqu’un d’autre. Gardez votre réponse, ou choisissez la sienne."
                    ),
                    field=translated(self.called.get(field.name, field.label.text)),
                )
                field.errors = [*field.errors, sentence]
            elif field.name in merged.theirs:
                self._put(field)

    def _put(self, field: Field) -> None:
        """Answer a field with what is stored."""
        value = self._value(field, self._stored)
        if isinstance(field, FieldList):
            field.process(None, value)
            return
        field.process_data(value)
        field.raw_data, field.process_errors = None, []

    def _texts(self, stored: Mapping[str, object]) -> dict[str, str]:
        return {field.name: written(field, self._value(field, stored)) for field in self._asked}

    @staticmethod
    def _value(field: Field, stored: Mapping[str, object]) -> object:
        if field.name in stored:
            return stored[field.name]
        return field.default() if callable(field.default) else field.default

    @property
    def _asked(self) -> list[Field]:
        """The fields that hold an answer about what is stored."""
        return [field for field in self if not isinstance(field, _NO_ANSWER) and not _is_hidden(field)]


_NO_ANSWER = (SeenField, NamesField, FileField, PasswordField, SubmitField)


def _is_hidden(field: Field) -> bool:
    return isinstance(field.widget, HiddenInput)


def _line(form: AmendingForm, name: str, texts: tuple[str, str, str], merged: Merged) -> OvertakenField:
    field = form[name]
    label = form.called.get(name, field.label.text)
    before, now, mine = (in_words(field, text) for text in texts)
    return OvertakenField(name, label, before, now, mine, name in merged.contested)


def _overtaken(subject: tuple[str, int], lines: tuple[OvertakenField, ...]) -> Overtaken:
    with site().database.reading() as db:
        last = last_entry(db, subject)
        at, account_id = last or (None, None)
        names = account_names(db, [account_id])
    return Overtaken(lines, at, names.get(account_id or 0, ""))
