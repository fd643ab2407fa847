"""Is what a page says said in its own language, and said to people? Typed content may be in any."""

import inspect
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from importlib import import_module, resources
from pkgutil import walk_packages

from babel.messages.pofile import read_po
from sqlalchemy import JSON, Enum, String, TypeDecorator, select

import alpes_events
from alpes_events.database.engine import Database
from alpes_events.language.typography import plain
from alpes_events.tables import METADATA
from alpes_matching.occupations import Occupations

_WORD = re.compile(r"[^\W\d_]+")
_FRENCH = frozenset(
    _WORD.findall(
        "le la les des du une et ou où vous votre vos nous notre nos sont avec dans sur par qui que pas cette ces aux "
        "au ses leur leurs aucun aucune trois jours heures chez sans depuis déjà"
    )
)
"""Words that stand in most French sentences, and in no English one."""
_ENGLISH = frozenset(
    _WORD.findall(
        "the of and your you with for are is this that to from has have was were will not yes who what when where "
        "which their our its been it be at"
    )
)
"""The other way round."""
_NAMES = ("Défenseur des droits", "Français")
"""Names that are the same in every language."""
_ACCENTS = re.compile(r"[àâçéèêëîïôœùûÀÂÇÉÈÊËÎÏÔŒÙÛ«»]")
_REFERENCE = re.compile(r"\b[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}\b")
_QUOTED = re.compile(r"“[^”]*”")
_STOPS = re.compile(r"[–,;:()“”]|\.(?= )")
_PLACE = re.compile(r"%\(\w+\)[sd]")
_FACT = re.compile(r"%\\\(\w+\\\)[sd]")
_SHORTEST = 4
_FEW_WORDS = 2

Raw = re.Pattern[str]
_FOR_PROGRAMS: dict[str, Raw] = {
    "a sentence without its facts": re.compile(r"%\(\w*|%[sd]\b|\{\{|\{%|\{\w+\}"),
    "a value of the program": re.compile(
        r"\bNone\b|\bundefined\b|\bUndefined\b|\bTrue\b|\bFalse\b|\bnan\b|\[object |<\w+ object|Markup\("
    ),
    "a date for programs": re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b|\d\dT\d\d:\d\d|\+00:00"),
    "a name of the program": re.compile(r"(?<![\w/.@#?&=%-])[a-z]+(?:_[a-z]+)+(?![\w/.=@-])"),
    "marks of HTML": re.compile(r"</?(?:p|b|a|strong|em|br|span|li|ul|div)\b[^>]*>|&(?:amp|lt|gt|quot|#\d+);"),
}


def names_of_occupations() -> list[str]:
    """What the occupations of the ROME are called: official names, the same in every language."""
    return [occupation.label for occupation in Occupations.small().by_code.values()]


class Ear:
    """Listens to the pages of one language. `typed` is what people wrote into the database."""

    def __init__(self, language: str, typed: list[str]) -> None:
        self._language = language
        self._typed = sorted(set(typed), key=len, reverse=True)
        self._all_typed = "\n".join(self._typed).lower()
        self._foreign = _sentences(language)
        self._own = frozenset(_catalogue() if language == "fr" else _catalogue().values())
        self._frames = re.compile("|".join(_frames(language)))
        self._words = _ENGLISH if language == "fr" else _FRENCH
        self._enums = _enum_values() - _vocabulary("fr") - {""} if language == "fr" else frozenset()
        self.wrong = lru_cache(maxsize=None)(self._wrong)

    def _wrong(self, text: str) -> str:
        """What is wrong with this run of text; empty when nothing is."""
        text = _REFERENCE.sub("–", text)
        if (text in self._own and "%(" not in text) or not (_for_programs(text) or self._foreign_in(text)):
            return ""
        if self._language == "en":
            text = _QUOTED.sub("–", text)
        for typed in (*self._typed, *_NAMES):
            if typed in text:
                text = text.replace(typed, " – ")
        parts = [part.strip(" .…") for part in _STOPS.split(text)]
        return _for_programs(text) or self._foreign_in(" – ".join(part for part in parts if not self._quotes(part)))

    def _foreign_in(self, text: str) -> str:
        if text in self._enums:
            return "a value of the program"
        if text in self._foreign or self._frames.fullmatch(text):
            return "a sentence of the other language"
        if self._words & set(_words(text)) or (self._language == "en" and _ACCENTS.search(text)):
            return "the other language"
        return ""

    def _quotes(self, part: str) -> bool:
        """Whether this is a piece of what somebody typed: some words of it in a row."""
        return part.count(" ") >= _FEW_WORDS and part.lower() in self._all_typed


def _for_programs(text: str) -> str:
    for what, pattern in _FOR_PROGRAMS.items():
        if found := pattern.search(text):
            return f"{what}: {found[0]!r}"
    return ""


def typed_in(database: Database) -> list[str]:
    """Everything that somebody (or a list of places) wrote into the database, with ordinary spaces."""
    values: list[object] = []
    with database.reading() as db:
        for table in METADATA.sorted_tables:
            written = [one for one in table.columns if isinstance(_kind(one.type), String | JSON)]
            if written:
                values += [value for row in db.execute(select(*written)) for value in row]
    known = _enum_values()
    lines = [line for value in values for text in _texts(value) for line in text.splitlines()]
    texts = {" ".join(plain(line).split()) for line in lines}
    return [text for text in texts if len(text) >= _SHORTEST and text not in known and _WORD.search(text)]


def _kind(declared: object) -> object:
    kind = declared.impl_instance if isinstance(declared, TypeDecorator) else declared
    return None if isinstance(kind, Enum) else kind


def _texts(value: object) -> Iterator[str]:
    """Every text inside a value of a column."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


@lru_cache
def _catalogue() -> dict[str, str]:
    """French → English."""
    pairs: dict[str, str] = {}
    folder = resources.files("alpes_events.language") / "locale" / "en"
    for file in folder.iterdir():
        if file.name.endswith(".po"):
            with file.open("rb") as source:
                for message in read_po(source, locale="en"):
                    french = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
                    english = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
                    pairs |= {_plainly(one): _plainly(two or "") for one, two in zip(french, english, strict=False)}
    return {one: two for one, two in pairs.items() if one and two}


def _plainly(text: str) -> str:
    return " ".join(plain(text).split())


def _foreign_texts(language: str) -> list[str]:
    """What must not be read on a page of `language`: sentences of the other that are not its own as well."""
    pairs = _catalogue()
    french, english = set(pairs), set(pairs.values())
    chosen = french - english if language == "en" else english - french
    return [text for text in chosen if len(text) >= _SHORTEST]


def _sentences(language: str) -> frozenset[str]:
    return frozenset(text for text in _foreign_texts(language) if "%(" not in text)


def _frames(language: str) -> list[str]:
    """Sentences with facts, as expressions: those that hold a word which the page's own language never uses."""
    texts = [text for text in _foreign_texts(language) if "%(" in text]
    own = _vocabulary(language)
    telling = [text for text in texts if set(_words(_PLACE.sub(" ", text))) - own]
    return [_FACT.sub(".+", re.escape(text)) for text in sorted(telling)] or ["(?!)"]


@lru_cache
def _enum_values() -> frozenset[str]:
    """The value of every enumeration of the platform; those of the library below are codes that people say."""
    values = set()
    for module in walk_packages(alpes_events.__path__, "alpes_events."):
        if ".migrations" in module.name:
            continue
        for _, one in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(one, StrEnum) and one.__module__.startswith(alpes_events.__name__):
                values |= {value.value for value in one}
    return frozenset(values)


@lru_cache
def _vocabulary(language: str) -> frozenset[str]:
    """Every word of the sentences of a language."""
    pairs = _catalogue()
    return frozenset(word for text in (pairs if language == "fr" else pairs.values()) for word in _words(text))


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
