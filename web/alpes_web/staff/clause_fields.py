"""Fields of the clause: hours, amounts in euros, shares in percent. Whole minutes, cents, hundredths inside."""

import re

from wtforms.widgets import TextInput

from alpes_events.clause.durations import MINUTES_PER_HOUR, NotHoursError, minutes_of
from alpes_events.language.sentence import N_, say
from alpes_web.staff.fields import Mistyped, TypedField

_MINUS = "-−–"
_EURO = re.compile(r"(\d{1,10})(?:[.,](\d{1,2}))?")
_SHARE = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?")


class HoursField(TypedField):
    """Hours as people write them (« 12,5 », « 12:30 », « 12h30 »); `data` is whole minutes. `signed`: « −20 » too."""

    widget = TextInput()

    def __init__(self, label: str, *, signed: bool = False, **options: object) -> None:
        super().__init__(label, **options)
        self._signed = signed

    def _read(self, text: str) -> int:
        if not self._signed and text[0] in _MINUS:
            raise Mistyped(say(N_("Il ne peut pas y avoir moins de 0 heure ici : écrivez le nombre sans signe.")))
        sign = -1 if text[0] in _MINUS else 1
        try:
            return sign * minutes_of(text[1:] if sign < 0 else text.removeprefix("+"))
        except NotHoursError:
            sentence = say(N_("Écrivez les heures comme « 12,5 », « 12:30 » ou « 12 h 30 »."))
            raise Mistyped(sentence) from None

    def _shown(self, value: int) -> str:
        hours, minutes = divmod(abs(value), MINUTES_PER_HOUR)
        return ("−" if value < 0 else "") + (f"{hours} h {minutes:02d}" if minutes else str(hours))


class _HundredthsField(TypedField):
    """A number with up to two decimals; `data` is whole hundredths."""

    widget = TextInput()
    _written_as = _EURO
    _mistake = ""

    def _read(self, text: str) -> int:
        found = self._written_as.fullmatch(re.sub(r"[\s€%]", "", text))
        if found is None:
            raise Mistyped(say(self._mistake))
        return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))

    def _shown(self, value: int) -> str:
        whole, rest = divmod(value, 100)
        return f"{whole},{rest:02d}" if rest else str(whole)


class EurosField(_HundredthsField):
    """An amount in euros; `data` is whole cents."""

    _mistake = N_("Indiquez un montant en euros, comme « 1 500 000 » ou « 12,50 ».")


class ShareField(_HundredthsField):
    """A share in percent; `data` is whole hundredths of a percent."""

    _written_as = _SHARE
    _mistake = N_("Indiquez un pourcentage, comme « 5 » ou « 12,5 ».")
