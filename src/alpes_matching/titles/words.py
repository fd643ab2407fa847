"""The words of a job title: what is written for women and men in one is taken apart, nothing else is decided here."""

import re
from collections.abc import Iterator, Sequence
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

TWINS = {
    "femme": "homme",
    "fille": "garcon",
    "mere": "pere",
    "soeur": "frere",
    "moniale": "moine",
    "barmaid": "barman",
    "hotesse": "steward",
    "woman": "man",
}
"""Feminine and masculine words of French that do not look alike (folded)."""

_SEXES = re.compile(r"\(?\b[hfmwx]\s*/\s*[hfmwx](?:\s*/\s*[dx])?\b\)?", re.IGNORECASE)
_GLUED = re.compile(r"(?<=\w)[(\[]-?[^\W\d]{1,6}[)\]]")
_DOTTED = re.compile(r"(?<=\w)[·•‧∙.][^\W\d]{1,5}(?:[·•‧∙.]s)?\b")
_SIGNED = {"c++": " cplusplus ", "c#": " csharp ", ".net": " dotnet "}
_SLASH = re.compile(r"(\s*/\s*)")
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
    """The two titles that are written as one with a slash; None when no slash stands between two forms of a word.

    The last words of the left side answer the first of the right, as many as possible: what follows them belongs to
    both titles. A further slash may do the same for what follows (« Agent / Agente d'accueil principal / principale »);
    one that does not stands for a space (« boucherie/charcuterie »).
    """
    opened, *sides = _SLASH.split(_opened(text))
    first = second = fold(opened).split()
    forms: list[tuple[str, str]] = []
    for slash, side in zip(sides[::2], sides[1::2], strict=True):
        right = fold(side).split()
        found = _answers(first, right, wary=len(sides) > 2 and slash == "/")  # noqa: PLR2004 (a slash and what follows)
        second = [*second[: len(second) - len(found)], *right]
        first = [*first, *right[len(found) :]]
        forms += found
    return Pair(tuple(first), tuple(second), tuple(forms)) if forms else None


def _answers(left: Sequence[str], right: Sequence[str], *, wary: bool) -> list[tuple[str, str]]:
    """The last words of `left` and the first of `right` that are two forms of each other, as many as possible; some may
    be the same (« d'ingénieur / d'ingénieure »), not all.
    """
    for count in range(min(len(left), len(right)), 0, -1):
        forms = list(zip(left[-count:], right[:count], strict=True))
        other = [_alike(*form, wary=wary) for form in forms if form[0] != form[1]]
        if other and all(other):
            return forms
    return []


def grams(text: str, shortest: int, longest: int) -> Iterator[str]:
    """The runs of signs of `text`, one space before and after it."""
    padded = f" {text} "
    for size in range(shortest, longest + 1):
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]


def _opened(text: str) -> str:
    text = text[:LONGEST].lower()
    for written, name in _SIGNED.items():
        text = text.replace(written, name)
    return _DOTTED.sub("", _GLUED.sub("", _SEXES.sub(" ", text)))


def _alike(one: str, other: str, *, wary: bool) -> bool:
    """Whether two folded words may be two forms of one: « acteur » and « actrice », « garçon » and « fille ». `wary`:
    only if most of them is the same (« train/tramway » is no pair).
    """
    if TWINS.get(one) == other or TWINS.get(other) == one:
        return True
    shorter = min(len(one), len(other))
    same = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    return (
        same >= min(_SAME_START, shorter - 1) > 0
        and same * 2 >= shorter
        and (same * 3 >= shorter * 2 or not wary)
        and abs(len(one) - len(other)) <= _LENGTHS_APART
    )
