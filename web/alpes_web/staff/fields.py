"""Fields of staff forms: days, hours, whole numbers, lists. What was typed stays, and each says what it misses."""

from datetime import date, time
from typing import Any

from markupsafe import Markup
from wtforms import Field, IntegerField, StringField, TextAreaField, ValidationError
from wtforms.validators import StopValidation
from wtforms.widgets import DateInput, NumberInput, TextArea, TimeInput

from alpes_events.language.folding import composed
from alpes_events.language.sentence import N_, Sentence, say
from alpes_web.forms import StrictForm
from alpes_web.typed import LARGEST, whole_number

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years in which a day can be that somebody types."""
_LEAP_YEAR = 2000
"""Stands for a year that is out of reason, to see whether the rest is a day."""


class Mistyped(ValidationError):  # type: ignore[misc]  # noqa: N818 (what is mistyped is no error of ours)
    """Something typed that cannot be read; WTForms keeps its sentence as the field's error."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


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


class TypedField(Field):  # type: ignore[misc]
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

    def written(self, value: object) -> str:
        """How a value of this field is written in it."""
        return self._shown(value)

    def _read(self, text: str) -> Any:
        raise NotImplementedError

    def _shown(self, value: Any) -> str:
        return str(value)


class DayField(TypedField):
    """A day; `data` is a date or None."""

    widget = DateInput()

    def _read(self, text: str) -> date:
        return read_day(text)

    def _shown(self, value: date) -> str:
        return value.isoformat()


class DaysField(TypedField):
    """Several days, one a line; `data` is a tuple of dates."""

    widget = TextArea()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        lines = (valuelist[0] if valuelist else "").replace(",", "\n").splitlines()
        self.data = tuple(read_day(line.strip()) for line in lines if line.strip())

    def _shown(self, value: tuple[date, ...]) -> str:
        return "\n".join(f"{day:%d/%m/%Y}" for day in value)


class HourField(TypedField):
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
