"""How long one still has, in words: « encore 3 h 12 ». Rounded down, so that nobody counts on more than there is."""

from datetime import timedelta

from alpes_events.language.sentence import N_, catalogue
from alpes_events.language.typography import set_in

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_TWO_DAYS = 2 * _DAY

DAYS = N_("encore %(days)s jours et %(hours)s h")
HOURS = N_("encore %(hours)s h %(minutes)s")
MINUTES = N_("encore %(minutes)s min")
LAST = N_("moins d’une minute")


def time_left(left: timedelta, *, language: str) -> str:
    """The words for this much time, which must not be over."""
    if left >= _TWO_DAYS:
        return _said(DAYS, language, days=left // _DAY, hours=left % _DAY // _HOUR)
    if left >= _HOUR:
        return _said(HOURS, language, hours=left // _HOUR, minutes=f"{left % _HOUR // _MINUTE:02d}")
    if left >= _MINUTE:
        return _said(MINUTES, language, minutes=left // _MINUTE)
    return _said(LAST, language)


def patterns(language: str) -> dict[str, str]:
    """The same words with `{days}`, `{hours}` and `{minutes}` to fill in, for a page that counts by itself."""
    words = {"days": DAYS, "hours": HOURS, "minutes": MINUTES, "last": LAST}
    told = {name: _said(sentence, language, **_STAND_INS) for name, sentence in words.items()}
    return {name: _blanks(text) for name, text in told.items()}


_STAND_INS = {"days": "7", "hours": "8", "minutes": "99"}
"""Figures to set the words with, as their spaces depend on figures; they are blanks afterwards."""


def _blanks(text: str) -> str:
    for name, figure in _STAND_INS.items():
        text = text.replace(figure, f"{{{name}}}")
    return text


def _said(sentence: str, language: str, **facts: object) -> str:
    return set_in(catalogue(language).gettext(sentence) % facts, language)
