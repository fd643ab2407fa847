"""Other ways to find a title among labels: each gives a number to every label."""

import importlib
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import numpy as np
from rapidfuzz import fuzz, process

from alpes_matching.folding import fold
from alpes_matching.titles.grams import Floats, Grams
from alpes_matching.titles.terms import bm25

Peer = Callable[[str], Floats]
SLOW = "rapidfuzz WRatio"
_SIGNS = (2, 5)
_WORD = re.compile(r"\w+")


def peers(labels: Sequence[str], *, slow: bool = True) -> dict[str, Peer]:
    """By name, over these labels. BM25 with Snowball's French stems is there where `snowballstemmer` is installed."""
    small = [label.lower() for label in labels]
    runs = Grams.of(small, _SIGNS)
    found: dict[str, Peer] = {SLOW: partial(_fuzzy, fuzz.WRatio, small)} if slow else {}
    found |= {
        "rapidfuzz ratio": partial(_fuzzy, fuzz.ratio, small),
        "BM25, folded words": _by_words(lambda text: fold(text).split(), labels),
        "TF-IDF of signs": lambda text: runs.closeness(text.lower()),
    }
    stems = _snowball()
    return found if stems is None else found | {"BM25, Snowball stems": _by_words(stems, labels)}


def _fuzzy(scorer: Callable[..., float], labels: Sequence[str], text: str) -> Floats:
    return np.asarray(process.cdist([text.lower()], labels, scorer=scorer, dtype=np.float32)[0])


def _by_words(words: Callable[[str], Iterable[str]], labels: Sequence[str]) -> Peer:
    numbers: dict[str, int] = {"": 0}
    rows = [[numbers.setdefault(word, len(numbers)) for word in words(label)] for label in labels]
    terms = bm25(rows, len(numbers))

    def scores(text: str) -> Floats:
        known = [numbers[word] for word in words(text) if word in numbers]
        return terms.summed(known, [1.0] * len(known))

    return scores


def _snowball() -> Callable[[str], Iterable[str]] | None:
    try:
        stemmer = importlib.import_module("snowballstemmer").stemmer("french")
    except ImportError:
        return None
    return lambda text: stemmer.stemWords(_WORD.findall(text.lower()))
