"""French typography: spaces that do not break where a reader would stumble."""

import re
from functools import lru_cache

THIN = "\N{NARROW NO-BREAK SPACE}"
FIXED = "\N{NO-BREAK SPACE}"
JOINER = "\N{WORD JOINER}"

_BEFORE_MARK = re.compile(r"(?<=\S) (?=[;:!?»]|€(?!\d)|%(?!\())")
_AFTER_QUOTE = re.compile(r"« ")
_HOUR = re.compile(r"(\d) h(?: (\d\d))?\b")
_SPAN = re.compile(r"(?<=[\dh]) – (?=\d)")
_DASH = re.compile(rf"(?<=[\dh])[ {FIXED}]–[ {FIXED}](?=\d)")
_UNIT = re.compile(r"(\d) (km|min|places?|ans)\b")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_DAY = re.compile(
    r"\b(\d{1,2}|1er) (janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b"
)


@lru_cache(maxsize=4096)
def french(text: str) -> str:
    """`text` with the spaces of French typography: thin before « ; : ! ? », fixed inside hours and dates.

    Applying it twice changes nothing more. Only plain spaces that are there are replaced: none is added.
    """
    text = _BEFORE_MARK.sub(THIN, text)
    text = _AFTER_QUOTE.sub(f"«{THIN}", text)
    text = _HOUR.sub(_whole_hour, text)
    text = _SPAN.sub(f"{FIXED}–{FIXED}", text)
    text = _UNIT.sub(rf"\1{FIXED}\2", text)
    text = _THOUSANDS.sub(THIN, text)
    return _DAY.sub(rf"\1{FIXED}\2", text)


def set_in(text: str, language: str) -> str:
    """`text` as it is printed in `language`.

    French gets its spaces. So do the marks of French titles and the hours of French texts in a page of another
    language, which writes neither so.
    """
    if language == "fr":
        return french(text)
    return _SPAN.sub(f"{FIXED}–{FIXED}", _HOUR.sub(_whole_hour, _BEFORE_MARK.sub(THIN, text)))


def _whole_hour(found: re.Match[str]) -> str:
    """« 14 h 30 » on one line."""
    return f"{found[1]}{FIXED}h" + (f"{FIXED}{found[2]}" if found[2] else "")


def on_one_line(text: str) -> str:
    """`text`, a span of hours, whose line may not break at its dash (it may after one, even before a fixed space)."""
    return _DASH.sub(f"{FIXED}–{JOINER}{FIXED}", text)


def plain(text: str) -> str:
    """`text` with ordinary spaces, to compare or search."""
    return text.replace(THIN, " ").replace(FIXED, " ").replace(JOINER, "")
