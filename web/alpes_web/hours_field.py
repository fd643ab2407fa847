"""A field for hours as people write them: « 12,5 », « 12:30 », « 12h30 »; `data` is whole minutes."""

from wtforms.widgets import TextInput

from alpes_events.clause.durations import MINUTES_PER_HOUR, NotHoursError, minutes_of
from alpes_events.language.sentence import N_, say
from alpes_web.staff.fields import Mistyped, TypedField


class HoursField(TypedField):
    """Hours and minutes; empty is None."""

    widget = TextInput()

    def _read(self, text: str) -> int:
        try:
            return minutes_of(text)
        except NotHoursError as error:
            sentence = N_("« %(typed)s » : écrivez les heures comme 12,5 ou 12h30.")
            raise Mistyped(say(sentence, typed=text[:20])) from error

    def _shown(self, value: int) -> str:
        hours, minutes = divmod(value, MINUTES_PER_HOUR)
        return f"{hours}h{minutes:02d}" if minutes else str(hours)
