"""Experience that an offer asks, in words and back: « débutant accepté », « 6 mois », « 1 an et 6 mois »."""

import re

from alpes_events.language.sentence import N_, say
from alpes_matching.folding import fold

MOST_EXPERIENCE = 240
"""In months; who asks for more asks for an age."""
_YEAR = 12
_BEGINNERS = re.compile(
    r"debutante?s?(?: e)?(?: s)?(?: acceptee?s?(?: e)?(?: s)?)?|beginners?(?: welcome)?|aucune|sans experience|none"
)
_TIME = re.compile(
    r"(?:(?P<years>\d{1,2}) (?:ans?|annees?|years?))?(?P<half> et demie?| and a half)?"
    r"(?: ?(?:et |and )?(?P<months>\d{1,3}) (?:mois|months?))?"
)


class NotATime(ValueError):  # noqa: N818 (what somebody wrote is no error of ours)
    """A text that says no length of time."""


def read_months(text: str) -> int:
    """The months that a text says; 0 where beginners are welcome. Raises `NotATime`."""
    if text.lstrip().startswith("-"):
        raise NotATime(text)
    words = re.sub(r"(?<=\d)(?=[a-z])", " ", fold(text))
    words = re.sub(r"\b(?:d |of )?experience$", "", words).strip()
    if _BEGINNERS.fullmatch(words):
        return 0
    found = _TIME.fullmatch(words)
    if not words or found is None or (found["half"] and not found["years"]):
        raise NotATime(text)
    return _YEAR * int(found["years"] or 0) + (_YEAR // 2 if found["half"] else 0) + int(found["months"] or 0)


def experience_words(months: int | None, language: str) -> str:
    """The same months in words, in a language; nothing when the offer says nothing."""
    if months is None:
        return ""
    if not months:
        return say(N_("débutant accepté")).in_language(language)
    years, rest = divmod(months, _YEAR)
    parts = []
    if years:
        sentence = say(N_("%(years)s ans"), years=years) if years > 1 else say(N_("1 an"))
        parts.append(sentence.in_language(language))
    if rest:
        sentence = say(N_("%(months)s mois"), months=rest) if rest > 1 else say(N_("1 mois"))
        parts.append(sentence.in_language(language))
    return (
        parts[0]
        if len(parts) == 1
        else say(N_("%(years)s et %(months)s"), years=parts[0], months=parts[1]).in_language(language)
    )
