"""One page taken apart as text: what people read on it, where it leads, and which names its parts have.

The pages are our own and well formed (other tests hold them to it), so that two expressions are enough, and quick.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from alpes_events.language.typography import plain

_TAG = re.compile(
    r"<(/?)([a-zA-Z][\w-]*)((?:\s+[^\s=>/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)\s*/?>|<!--.*?-->", re.DOTALL
)
_ATTRIBUTE = re.compile(r"([^\s=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+)))?")
_UNREAD = re.compile(r"<(script|style|template)\b.*?</\1>|<!doctype[^>]*>", re.DOTALL | re.IGNORECASE)
_UNBROKEN = re.compile(r"<span class=\"nw\">([^<]*)</span>")
_SAID = ("title", "alt", "aria-label", "placeholder", "aria-description", "data-l")
_POINTING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form", "headers", "aria-owns")
_EMPTY = frozenset(
    {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "path", "circle", "rect", "line"}
)


@dataclass
class Form:
    """A form: where it goes, how, and what may be chosen in each of its fields (the first is what stands there)."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)


@dataclass
class ReadPage:
    """What stands on a page. `said`: each run of text with the language it is marked in."""

    language: str = ""
    said: list[tuple[str, str]] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    pointed_at: list[str] = field(default_factory=list)
    headings: int = 0
    ways_on: int = 0
    """Links, buttons and forms of its main part."""


def read_page(content: str) -> ReadPage:
    """Take a page apart."""
    reader = _Reader()
    for item in _items(_UNBROKEN.sub(r"\1", _UNREAD.sub(" ", content))):
        reader.take(item)
    return reader.page


@dataclass(frozen=True)
class _Tag:
    name: str
    closing: bool
    given: dict[str, str]


def _items(content: str) -> Iterator[_Tag | str]:
    at = 0
    for found in _TAG.finditer(content):
        if found.start() > at:
            yield content[at : found.start()]
        at = found.end()
        if found[2]:
            yield _Tag(found[2].lower(), bool(found[1]), _attributes(found[3]))
    yield content[at:]


def _attributes(written: str) -> dict[str, str]:
    return {
        found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(written)
    }


class _Reader:
    def __init__(self) -> None:
        self.page = ReadPage()
        self._open: list[tuple[str, str, bool]] = []
        self._in_main = False
        self._form: Form | None = None
        self._select = ""

    def take(self, item: _Tag | str) -> None:
        if isinstance(item, str):
            self._read(item)
        elif item.closing:
            self._leave(item.name)
        else:
            self._enter(item)

    @property
    def _language(self) -> str:
        return next((language for _, language, _ in reversed(self._open) if language), "")

    def _read(self, text: str) -> None:
        if any(quoted for _, _, quoted in self._open):
            return
        for line in text.splitlines() if any(name == "pre" for name, _, _ in self._open) else [text]:
            if words := " ".join(plain(html.unescape(line)).split()):
                self.page.said.append((self._language, words))
                self.page.raw.append(line)

    def _leave(self, name: str) -> None:
        if name == "main":
            self._in_main = False
        elif name == "form":
            self._form = None
        elif name == "select":
            self._select = ""
        for number in range(len(self._open) - 1, -1, -1):
            if self._open[number][0] == name:
                del self._open[number:]
                break

    def _enter(self, tag: _Tag) -> None:
        given, page = tag.given, self.page
        if tag.name not in _EMPTY:
            quoted = tag.name in {"code", "kbd"} or "typed" in given.get("class", "").split()
            self._open.append((tag.name, given.get("lang", ""), quoted))
        if tag.name == "html":
            page.language = given.get("lang", "")
        for name in _SAID:
            if given.get(name):
                page.said.append((given.get("lang", "") or self._language, " ".join(plain(given[name]).split())))
        if "id" in given:
            page.ids.append(given["id"])
        for name in _POINTING:
            page.pointed_at += given.get(name, "").split()
        self._in_main = self._in_main or tag.name == "main"
        page.headings += tag.name == "h1"
        page.ways_on += self._in_main and (tag.name in {"button", "form"} or (tag.name == "a" and "href" in given))
        self._lead(tag)
        self._fill(tag)

    def _lead(self, tag: _Tag) -> None:
        given = tag.given
        if tag.name == "a" and "href" in given:
            self.page.links.append(given["href"])
        elif tag.name == "link" and given.get("rel") != "canonical" and "href" in given:
            self.page.files.append(given["href"])
        elif tag.name in {"img", "script", "iframe", "source"} and "src" in given:
            self.page.files.append(given["src"])
        elif tag.name == "use":
            self.page.pointed_at.append(given.get("href", "").removeprefix("#"))

    def _fill(self, tag: _Tag) -> None:
        given, name = tag.given, tag.given.get("name", "")
        if tag.name == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.page.forms.append(self._form)
        if tag.name in {"button", "input"} and "formaction" in given:
            self.page.forms.append(Form(given["formaction"], "post"))
        if self._form is None:
            return
        if tag.name == "select":
            self._select = name
            self._form.fields.setdefault(name, [])
        elif tag.name == "option" and self._select:
            choices = self._form.fields[self._select]
            choices.insert(0 if "selected" in given else len(choices), given.get("value", ""))
        elif tag.name == "input" and name:
            self._input(name, given)
        elif tag.name == "textarea":
            self._form.fields[name] = [""]
            self._form.typed.add(name)

    def _input(self, name: str, given: dict[str, str]) -> None:
        assert self._form is not None
        choices = self._form.fields.setdefault(name, [])
        kind = given.get("type", "text")
        if kind in {"radio", "checkbox"}:
            choices.insert(0 if "checked" in given else len(choices), given.get("value", "on"))
        else:
            choices.append(given.get("value", ""))
            if kind in {"text", "search", "email", "tel", "number", "date", "time"}:
                self._form.typed.add(name)
