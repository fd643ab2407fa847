"""Words near the one that was typed: a typing error of a letter or two, or another way to write the same sound.

« boulengerie » is near « boulangerie », « logistik » near « logistique ». A short word is never blurred: one letter
changed, and « bois » would be « mois ».
"""

import re
from collections.abc import Collection
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 5
"""Letters of the shortest word that is looked for otherwise than as typed."""
_LONG = 8
_FAR = 99
_SOUNDS = (
    ("ph", "f"),
    ("qu", "k"),
    ("q", "k"),
    ("ck", "k"),
    ("y", "i"),
    ("eau", "o"),
    ("au", "o"),
    ("ei", "e"),
    ("ai", "e"),
)
_HARD_C = re.compile(r"c(?=[aour-tl]|$)")
_DOUBLED = re.compile(r"(.)\1+")
_MUTE_END = re.compile(r"(?<=.{3})(?:es|ent|e|s|t|x)$")


def near_words(typed: str, vocabulary: Collection[str]) -> tuple[str, ...]:
    """The words of `vocabulary` that one letter separates from `typed`, and those nearest to it; both are folded.

    The nearest stand first. None for a word of fewer than five signs, and none for one with a digit.
    """
    if len(typed) < SHORTEST or not typed.isalpha():
        return ()
    spelled = _within(typed, vocabulary, most=2 if len(typed) >= _LONG else 1)
    heard = _within(_sound(typed), {_sound(word) for word in vocabulary}, most=1) if len(typed) > SHORTEST else {}
    sounding = {word: heard[_sound(word)] for word in vocabulary if _sound(word) in heard} if heard else {}
    distances = {word: min(spelled.get(word, _FAR), sounding.get(word, _FAR)) for word in spelled | sounding}
    nearest = min(distances.values(), default=0)
    found = [word for word, distance in distances.items() if distance == nearest or spelled.get(word, _FAR) <= 1]
    return tuple(sorted(found, key=lambda word: (distances[word], abs(len(word) - len(typed)), word)))


def _within(typed: str, words: Collection[str], *, most: int) -> dict[str, int]:
    """The words that at most so many letters added, left out, changed or swapped separate from `typed`."""
    found = process.extract(typed, words, scorer=OSA.distance, score_cutoff=most, limit=None)
    return {word: int(distance) for word, distance, _place in found if len(word) >= SHORTEST}


@lru_cache(maxsize=16_384)
def _sound(word: str) -> str:
    """About how a French reader would say it."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return _MUTE_END.sub("", _DOUBLED.sub(r"\1", _HARD_C.sub("k", word)))
