"""Sentences that people read: written in French where they are said, found in a catalogue for other languages."""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from io import BytesIO
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

LANGUAGES = ("fr", "en")
SOURCE_LANGUAGE = "fr"


def N_(sentence: str) -> str:  # noqa: N802 (the name that extraction tools know)
    """Mark a sentence for the catalogues and give it back unchanged."""
    return sentence


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 (as above, for two numbers)
    """Mark a sentence of one and of many for the catalogues and give both back unchanged."""
    return one, many


@dataclass(frozen=True)
class Sentence:
    """A sentence still to be put into a language: its French text and its facts (`%(name)s`)."""

    text: str
    facts: tuple[tuple[str, Any], ...] = ()

    def in_language(self, language: str) -> str:
        """The sentence in `language`, with its facts; a fact that is a sentence is put into the language too."""
        words = catalogue(language).gettext(self.text)
        if not self.facts:
            return words
        facts = {name: one.in_language(language) if isinstance(one, Sentence) else one for name, one in self.facts}
        return words % facts


def say(text: str, **facts: Any) -> Sentence:
    """A sentence with its facts."""
    return Sentence(text, tuple(facts.items()))


def counted(words: tuple[str, str], count: int, language: str) -> str:
    """The sentence of one or of many (from `NN_`) in `language`. In French, 0 and 1 are singular."""
    if language == SOURCE_LANGUAGE:
        return words[abs(count) >= 2]  # noqa: PLR2004
    return catalogue(language).ngettext(*words, count)


def supported(language: str | None) -> str:
    """The language to use when `language` is asked for: itself, or French."""
    return language if language in LANGUAGES else SOURCE_LANGUAGE


@lru_cache
def catalogue(language: str) -> NullTranslations:
    """Every catalogue of `language` joined: one `.po` file for each part of the platform, read once."""
    joined: NullTranslations = NullTranslations()
    folder = resources.files("alpes_events.language") / "locale" / language
    if language == SOURCE_LANGUAGE or not folder.is_dir():
        return joined
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if not file.name.endswith(".po"):
            continue
        compiled = BytesIO()
        with file.open("rb") as source:
            write_mo(compiled, read_po(source, locale=language))
        compiled.seek(0)
        part = Translations(compiled)
        joined = part if not isinstance(joined, Translations) else joined.merge(part)
    return joined
