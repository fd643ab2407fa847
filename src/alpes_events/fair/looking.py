"""Looking for a word in a catalogue: accents and capitals do not count, a slip finds the word that was meant. Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from alpes_events.agenda.near_words import near_words
from alpes_events.language.folding import fold

_WORD = re.compile(r"\w+")
_MOST_WORDS = 8


@dataclass(frozen=True)
class Found:
    """Which texts hold every word that was looked for, or one that is near it; `instead` are the near ones, as the
    texts write them.
    """

    ids: frozenset[int]
    instead: tuple[str, ...] = ()


def found_in(texts: Mapping[int, str], search: str) -> Found:
    """The texts (by id) that answer `search`. An empty search finds all."""
    folded = {number: fold(text) for number, text in texts.items()}
    written = "\n".join(folded.values())
    vocabulary = frozenset(written.split())
    wanted = [_meant(word, written, vocabulary) for word in fold(search).split()[:_MOST_WORDS]]
    ids = frozenset(
        number for number, text in folded.items() if all(any(word in text for word in words) for words in wanted)
    )
    typed = set(fold(search).split())
    return Found(ids, _as_written(texts, [word for words in wanted for word in words if word not in typed]))


def _meant(word: str, written: str, vocabulary: Collection[str]) -> tuple[str, ...]:
    return (word,) if word in written else near_words(word, vocabulary) or (word,)


def _as_written(texts: Mapping[int, str], words: Collection[str]) -> tuple[str, ...]:
    """These folded words as the texts write them."""
    parts = {fold(part): part.lower() for text in texts.values() for part in _WORD.findall(text)} if words else {}
    return tuple(dict.fromkeys(parts.get(word, word) for word in words))
