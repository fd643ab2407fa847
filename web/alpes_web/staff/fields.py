"""Fields of staff forms: days, hours, whole numbers, lists. What was typed stays, and each says what it misses."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from enum import StrEnum
from typing import Any, TypeVar

from markupsafe import Markup
from wtforms import Field, IntegerField, StringField, TextAreaField, ValidationError
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, DateInput, NumberInput, TextArea, TimeInput, html_params

from alpes_events.language.folding import composed
from alpes_events.language.sentence import N_, Sentence, say
from alpes_web.forms import StrictForm
from alpes_web.languages import translated
from alpes_web.typed import LARGEST, whole_number

LANGUAGE_CHOICES = (("fr", "Français"), ("en", "English"))
"""Each called as those who speak it do."""

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years in which a day can be that somebody types."""
_LEAP_YEAR = 2000
"""Stands for a year that is out of reason, to see whether the rest is a day."""

Code = TypeVar("Code", bound=StrEnum)


class Mistyped(ValidationError):  # type: ignore[misc]  # noqa: N818 (what is mistyped is no error of ours)
    """Something typed that cannot be read; WTForms keeps its sentence as the field's error."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)


def read_day(text: str) -> date:
    """A day written as 2026-03-12 (what browsers send) or 12/03/2026. Raises `Mistyped`, for its year if that is it."""
    for parts in (text.split("-"), text.replace(".", "/").split("/")[::-1]):
        try:
            year, month, day = (int(part) for part in parts)
            found = date(year if FIRST_YEAR <= year <= LAST_YEAR else _LEAP_YEAR, month, day)
        except (ValueError, OverflowError):
            continue
        if FIRST_YEAR <= year <= LAST_YEAR:
            return found
        raise Mistyped(say(N_("Choisissez une année entre 1900 et 2200.")))
    raise Mistyped(say(N_("Le jour « %(typed)s » n’existe pas : écrivez-le comme 12/03/2026."), typed=text[:20]))


class _TypedField(Field):  # type: ignore[misc]
    """A field of one line that reads its text by `_read`; what cannot be read is shown again as typed."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self._shown(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; nothing typed is None."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = self._read(text) if text else None

    def pre_validate(self, form: object) -> None:  # noqa: ARG002 (WTForms gives it)
        """What cannot be read is told once: that something is missing too would be untrue."""
        if self.process_errors:
            raise StopValidation

    def _read(self, text: str) -> Any:
        raise NotImplementedError

    def _shown(self, value: Any) -> str:
        return str(value)


class DayField(_TypedField):
    """A day; `data` is a date or None."""

    widget = DateInput()

    def _read(self, text: str) -> date:
        return read_day(text)

    def _shown(self, value: date) -> str:
        return value.isoformat()


class DaysField(_TypedField):
    """Several days, one a line; `data` is a tuple of dates."""

    widget = TextArea()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        lines = (valuelist[0] if valuelist else "").replace(",", "\n").splitlines()
        self.data = tuple(read_day(line.strip()) for line in lines if line.strip())

    def _shown(self, value: tuple[date, ...]) -> str:
        return "\n".join(f"{day:%d/%m/%Y}" for day in value)


class HourField(_TypedField):
    """An hour of the day; `data` is a time or None."""

    widget = TimeInput()

    def _read(self, text: str) -> time:
        hour, _, minute = text.lower().replace(" ", "").replace("h", ":").partition(":")
        try:
            return time(int(hour), int(minute[:2] or 0))
        except (ValueError, OverflowError) as error:
            raise Mistyped(say(N_("Cette heure n’existe pas : écrivez-la comme 14:30."))) from error

    def _shown(self, value: time) -> str:
        return f"{value:%H:%M}"


class NumberField(IntegerField):  # type: ignore[misc]
    """A whole number from 0 to a million; empty is None."""

    widget = NumberInput(min=0)
    most = 1_000_000

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        self.data = whole_number(text, most=self.most)
        if self.data is None:
            raise Mistyped(say(N_("Écrivez un nombre entier, de 0 à 1 000 000.")))


class IdField(NumberField):
    """The number of a row, which the page itself gave."""

    most = LARGEST


class IdsField(Field):  # type: ignore[misc]
    """The numbers of several rows, which the page itself gave; `data` is a tuple without doubles."""

    widget = CheckboxInput()
    data: tuple[int, ...] = ()

    def process_data(self, _value: object) -> None:
        """None was chosen yet."""
        self.data = ()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was chosen; what is no number of a row is left out."""
        numbers = (whole_number(text, most=LARGEST) for text in valuelist)
        self.data = tuple(dict.fromkeys(number for number in numbers if number is not None))


class WordsField(StringField):  # type: ignore[misc]
    """A list of words separated by commas; `data` is a tuple without doubles."""

    def _value(self) -> str:
        return ", ".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        words = [composed(word) for word in (valuelist[0] if valuelist else "").split(",")]
        self.data = tuple(dict.fromkeys(word for word in words if word))


class LinesField(TextAreaField):  # type: ignore[misc]
    """A list of texts, one a line; `data` is a tuple."""

    def _value(self) -> str:
        return "\n".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        lines = (valuelist[0] if valuelist else "").splitlines()
        self.data = tuple(composed(line) for line in lines if line.strip())


class ChoiceField(_TypedField):
    """One of several options, each a code and its words, in a list; `data` is the code, "" for none.

    `choices` may be set after the form was made (venues, sessions). Words of ours are put into the page's language.
    """

    def __init__(self, label: str, choices: Iterable[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(label, **options)
        self.flags.plain = True  # a list always has an answer
        self.choices: list[tuple[str, str]] = list(choices)

    def widget(self, _field: Field, **attributes: Any) -> Markup:
        """The list, with what is chosen marked."""
        options = Markup("").join(
            Markup("<option value='{}'{}>{}</option>").format(
                code, Markup(" selected") if code == self._value() else "", translated(words)
            )
            for code, words in self.choices
        )
        attributes.setdefault("id", self.id)
        attributes.pop("required", None)
        return Markup("<select {}>{}</select>").format(
            Markup(html_params(name=self.name, **attributes)),  # noqa: S704 (WTForms escapes attributes)  # nosec B704
            options,
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was chosen."""
        self.data = valuelist[0] if valuelist else ""

    def pre_validate(self, _form: object) -> None:
        """Only what is offered can be chosen."""
        if self._value() not in {code for code, _words in self.choices}:
            raise Mistyped(say(N_("Choisissez une des réponses proposées.")))

    def _shown(self, value: Any) -> str:
        return str(value)


class CodeField(ChoiceField):
    """One member of an enumeration, chosen by its words; `data` is the member, or None where `unknown` is offered."""

    def __init__(self, label: str, words: Mapping[Code, str], *, unknown: str = "", **options: Any) -> None:
        choices = [(member.value, text) for member, text in words.items()]
        super().__init__(label, [("", unknown), *choices] if unknown else choices, **options)
        self._members: dict[str, StrEnum] = {member.value: member for member in words}

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was chosen; a code that is not known is refused by `pre_validate`."""
        self.data = self._members.get(valuelist[0]) if valuelist else None


class SeenField(Field):  # type: ignore[misc]
    """The mark of what the page showed: carried by the button that acts, and by nothing else. `data` is a text."""

    widget = staticmethod(lambda _field, **_attributes: Markup())

    def process_data(self, _value: object) -> None:
        """Nothing was seen yet."""
        self.data = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what the button said."""
        self.data = valuelist[-1] if valuelist else ""


class PlainForm(StrictForm):
    """A form of which the page says once what must be answered: its labels do not say « (facultatif) »."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for field in self:
            field.flags.plain = True


class TicksField(Field):  # type: ignore[misc]
    """Several options, each with a box; `data` is a tuple of the codes ticked."""

    widget = CheckboxInput()

    def __init__(self, label: str, choices: dict[str, str], **options: Any) -> None:
        super().__init__(label, **options)
        self.flags.plain = True
        self.choices = choices

    def process_data(self, value: object) -> None:
        """Take what is stored."""
        self.data = tuple(value) if isinstance(value, (list, tuple)) else ()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was ticked."""
        self.data = tuple(dict.fromkeys(valuelist))

    def pre_validate(self, _form: object) -> None:
        """Only what is offered, or was there, can be ticked."""
        if not set(self.data) <= self.choices.keys() | set(self.object_data or ()):
            raise Mistyped(say(N_("Choisissez une des réponses proposées.")))

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Code, words and whether it is ticked; a code that is not ours stands with its own word."""
        known = {code: translated(words) for code, words in self.choices.items()}
        known |= {code: code for code in self.data if code not in known}
        return [(code, words, code in self.data) for code, words in known.items()]
