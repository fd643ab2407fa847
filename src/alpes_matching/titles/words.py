"""The words of a job title: what is written for women and men in one is taken apart, nothing else is decided here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from alpes_matching.folding import fold

LONGEST = 400
"""Signs of a title that are read; a title is a line, not a page."""

LEFT_OUT = frozenset(
    (
        *("a", "au", "aux", "avec", "chez", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou"),
        *("par", "pour", "s", "sur", "un", "une", "and", "for", "in", "of", "the"),
    )
)
"""Words that tell nothing of an occupation (folded)."""

_SEXES = re.compile(r"\(?\b[hfmwx]\s*/\s*[hfmwx](?:\s*/\s*[dx])?\b\)?", re.IGNORECASE)
_GLUED = re.compile(r"(?<=\w)[(\[]-?[^\W\d]{1,6}[)\]]")
_DOTTED = re.compile(r"(?<=\w)[·•‧∙.][^\W\d]{1,5}(?:[·•‧∙.]s)?\b")
_SIGNED = {"c++": " cplusplus ", "c#": " csharp ", ".net": " dotnet "}
_SLASH = re.compile(r"\s*/\s*")
_SAME_START = 3
"""Letters that two forms of a word share at least (fewer when the word is as short)."""
_LENGTHS_APART = 4


@dataclass(frozen=True)
class Pair:
    """« Vendeur / Vendeuse en boulangerie » in folded words: both whole titles, and words that answer each other."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    forms: tuple[tuple[str, str], ...]


def words(text: str) -> list[str]:
    """All words of a title, folded; « (h/f) » and glued endings, as in « animateur(trice) », are left out."""
    return fold(_opened(text)).split()


def pair_of(text: str) -> Pair | None:
    """The two titles that are written as one with a slash; None when the slash means something else.

    The last words of the left side answer the first of the right, as many as possible: what follows them belongs to
    both titles.
    """
    sides = _SLASH.split(_opened(text))
    if len(sides) != 2:  # noqa: PLR2004 (two sides)
        return None
    left, right = (fold(side).split() for side in sides)
    for count in range(min(len(left), len(right)), 0, -1):
        forms = tuple(zip(left[-count:], right[:count], strict=True))
        if _alike(*forms[0]) and all(one == other or _alike(one, other) for one, other in forms):
            return Pair((*left, *right[count:]), (*left[:-count], *right), forms)
    return None


def grams(text: str, shortest: int, longest: int) -> Iterator[str]:
    """The runs of signs of `text`, one space before and after it."""
    padded = f" {text} "
    for size in range(shortest, longest + 1):
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]


def names_many(text: str) -> bool:
    """Whether the first word of a title is in the plural: « Éboueurs »."""
    first = next(iter(words(text)), "")
    return len(first) > _SAME_START and first[-1] in "sx" and not first.endswith("ss")


def _opened(text: str) -> str:
    text = text[:LONGEST].lower()
    for written, name in _SIGNED.items():
        text = text.replace(written, name)
    return _DOTTED.sub("", _GLUED.sub("", _SEXES.sub(" ", text)))


def _alike(one: str, other: str) -> bool:
    """Whether two folded words may be two forms of one: « acteur » and « actrice »."""
    shorter = min(len(one), len(other))
    same = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    return (
        same >= min(_SAME_START, shorter - 1) > 0
        and same * 2 >= shorter
        and abs(len(one) - len(other)) <= _LENGTHS_APART
    )
