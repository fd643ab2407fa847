"""French names of jobs as they are compared: without accents, for women and men alike, one or several.

« Vendeuses », « vendeur » and « vendeur·se » have the same stem; so do « boulangère » and « boulangers ».
"""

from functools import lru_cache

from alpes_matching.folding import fold

_LEFT_OUT = frozenset(
    {
        *(
            "a",
            "au",
            "aux",
            "d",
            "de",
            "des",
            "du",
            "en",
            "et",
            "l",
            "la",
            "le",
            "les",
            "ou",
            "par",
            "pour",
            "sur",
            "un",
        ),
        *(
            "une",
            "h",
            "f",
            "hf",
            "fh",
            "se",
            "e",
            "es",
            "ne",
            "euse",
            "trice",
            "rice",
            "ere",
            "iere",
            "ienne",
            "s",
            "te",
        ),
    }
)
"""Words that tell nothing, and the loose ends of « vendeur(se) »."""
_ENDINGS = (
    ("euse", "eur"),
    ("trice", "teur"),
    ("iere", "ier"),
    ("ienne", "ien"),
    ("esse", "e"),
    ("ere", "er"),
    ("onne", "on"),
    ("ante", "ant"),
    ("ente", "ent"),
    ("ee", "e"),
    ("ive", "if"),
    ("elle", "el"),
    ("ale", "al"),
    ("ffe", "f"),
)
"""Feminine and masculine ends of words, the longest first."""
_SHORTEST = 4
"""Letters of the shortest word whose end is looked at."""


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """The stem of one folded word: neither plural nor feminine. Doing it twice changes nothing."""
    before = ""
    while word != before:
        before, word = word, _without_ending(word)
    return word


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of `text` that tell something, each once, in their order."""
    return tuple(dict.fromkeys(stem(word) for word in fold(text).split() if word not in _LEFT_OUT))


def _without_ending(word: str) -> str:
    if len(word) < _SHORTEST:
        return word
    if word.endswith("aux"):
        word = f"{word[:-3]}al"
    elif word.endswith(("s", "x")) and not word.endswith("ss"):
        word = word[:-1]
    for feminine, masculine in _ENDINGS:
        if word.endswith(feminine) and len(word) > len(feminine) + 1:
            return word[: -len(feminine)] + masculine
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST else word
