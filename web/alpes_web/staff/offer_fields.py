"""Fields of an offer: pay in euros, the week in hours, experience in months and years, a level of training."""

import re

from wtforms.widgets import TextInput

from alpes_events.hiring.experience import NotATime, experience_words, read_months
from alpes_events.language.sentence import N_, say
from alpes_web.languages import language
from alpes_web.staff.choice_fields import ChoiceField
from alpes_web.staff.fields import Mistyped, TypedField

_MONEY = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))?")
_WEEK = re.compile(r"(\d{1,2})(?:\s?h\s?(\d{1,2})?)?")
_HOUR = 60


class MoneyField(TypedField):
    """An amount in euros; `data` is a whole number of cents."""

    widget = TextInput()

    def _read(self, text: str) -> int:
        found = _MONEY.fullmatch(re.sub(r"[\s€]", "", text))
        if found is None:
            raise Mistyped(say(N_("Indiquez un salaire en euros, comme « 12,50 ».")))
        return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))

    def _shown(self, value: int) -> str:
        whole, cents = divmod(value, 100)
        return f"{whole},{cents:02d}" if cents else str(whole)


class WeekField(TypedField):
    """Hours a week, « 35 » or « 17 h 30 »; `data` is minutes."""

    widget = TextInput()

    def _read(self, text: str) -> int:
        found = _WEEK.fullmatch(text.lower().strip())
        if found is None or int(found[2] or 0) >= _HOUR:
            raise Mistyped(say(N_("Écrivez les heures par semaine comme « 35 » ou « 17 h 30 ».")))
        return int(found[1]) * _HOUR + int(found[2] or 0)

    def _shown(self, value: int) -> str:
        hours, minutes = divmod(value, _HOUR)
        return f"{hours} h {minutes:02d}" if minutes else str(hours)


class ExperienceField(TypedField):
    """« débutant accepté », « 6 mois », « 2 ans »; `data` is months."""

    widget = TextInput()

    def _read(self, text: str) -> int:
        try:
            return read_months(text)
        except NotATime:
            sentence = say(N_("Écrivez l’expérience comme « débutant accepté », « 6 mois » ou « 2 ans »."))
            raise Mistyped(sentence) from None

    def _shown(self, value: int) -> str:
        return experience_words(value, language())


class LevelField(ChoiceField):
    """A level of training; `data` is its number in the national framework, or None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was chosen; a level that is not offered is refused by `pre_validate`."""
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdigit() else None
