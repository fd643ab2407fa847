"""How alike two names are: the same, nearly (a typing error, another spelling), a part, unsure, or another name."""

import re
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import OSA

from alpes_matching.folding import fold

_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"qu|ck|q"), "k"),
    (re.compile(r"sch"), "ch"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"c(?!h)"), "k"),
    (re.compile(r"(?<![cs])h"), ""),
    (re.compile(r"y"), "i"),
    (re.compile(r"z"), "s"),
    (re.compile(r"w"), "v"),
    (re.compile(r"eaux?|aux?"), "o"),
    (re.compile(r"ou"), "u"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_ONE_ERROR_FROM = 5
_TWO_ERRORS_FROM = 8
_SHORTEST_NICKNAME = 3


class Likeness(IntEnum):
    """From another name to the same one; a higher value is more alike."""

    OTHER = 0
    UNSURE = 1
    PART = 2
    NEAR = 3
    SAME = 4


@dataclass(frozen=True)
class Name:
    """A family or given name in the forms that are compared."""

    joined: str
    words: frozenset[str]
    sound: str


def prepared(text: str) -> Name:
    """The name in its compared forms: « D’Haëne » and « Dhaene » are joined alike."""
    folded = fold(text)
    joined = folded.replace(" ", "")
    return Name(joined, frozenset(folded.split()), sound_of(joined))


def sound_of(joined: str) -> str:
    """Roughly how a French speaker hears it: « Mathieu » as « Matthieu », « Sophia » as « Sofia »."""
    for pattern, heard in _SOUNDS:
        joined = pattern.sub(heard, joined)
    return joined


def family_likeness(first: Name, second: Name) -> Likeness:
    """Family names: a part is a compound of which one was given (« Dupont », « Dupont-Lefebvre »)."""
    if first.joined == second.joined:
        return Likeness.SAME
    if first.words < second.words or second.words < first.words:
        return Likeness.PART
    return Likeness.NEAR if _is_near(first, second) else Likeness.OTHER


def given_likeness(first: Name, second: Name) -> Likeness:
    """Given names. One letter can make another person: « Louis » and « Louise », « Léa » and « Léo ».

    Unsure: one begins the other (a nickname, an initial, the other gender), so it is never held for a typing error.
    """
    if first.joined == second.joined:
        return Likeness.SAME
    if first.words < second.words or second.words < first.words:
        return Likeness.PART
    shorter, longer = sorted((first.joined, second.joined), key=lambda name: (len(name), name))
    if longer.startswith(shorter) and (len(shorter) == 1 or len(shorter) >= _SHORTEST_NICKNAME):
        return Likeness.UNSURE
    if first.joined[-1:] != second.joined[-1:] and first.joined[:-1] == second.joined[:-1]:
        return Likeness.UNSURE
    return Likeness.NEAR if _is_near(first, second) else Likeness.OTHER


def _is_near(first: Name, second: Name) -> bool:
    """The same sound, or one error (two in long names): a letter more, less, other, or two swapped."""
    if first.sound == second.sound and first.sound:
        return True
    longest = max(len(first.joined), len(second.joined))
    allowed = 2 if longest >= _TWO_ERRORS_FROM else 1 if longest >= _ONE_ERROR_FROM else 0
    return allowed > 0 and OSA.distance(first.joined, second.joined, score_cutoff=allowed) <= allowed
