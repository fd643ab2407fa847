"""Somebody who follows every link and every form that asks, and notes what is wrong on the way.

Of many addresses of one kind (the pages of forty people) some are opened; that the others are there and open to the
visitor is still looked up.
"""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from alpes_events.people.models import Role
from alpes_web.access import OPEN, ROLES
from alpes_web.policy import POLICY
from tests.support.page import Form, ReadPage, read_page
from tests.support.sayings import Ear
from tests.support.web import Browser

ADDRESS = "http://agenda.example.org"
_MOST_OF_A_KIND = 8
_MOST_OF_A_PAGE = 24
_MOST_STEPS = 4
_SOMETHING, _NOTHING = "Lille", "zzqx"


@dataclass(frozen=True)
class Way:
    """An address, and the page on which it stood."""

    path: str
    seen_on: str


@dataclass
class Crawler:
    """One visitor in one language. `findings` maps what is wrong to the first page where it was seen."""

    app: Flask
    browser: Browser
    role: Role | None
    ear: Ear
    language: str
    findings: dict[str, str] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)
    opened: Counter[str] = field(default_factory=Counter)
    _kinds: Counter[object] = field(default_factory=Counter)
    _known: set[str] = field(default_factory=set)
    _ways: deque[Way] = field(default_factory=deque)
    _ids: dict[str, frozenset[str]] = field(default_factory=dict)
    _fragments: list[tuple[str, str, str]] = field(default_factory=list)

    def walk(self, *starts: str) -> None:
        """Begin at these addresses and go on until there is nowhere new to go."""
        for start in starts:
            self._see(start, seen_on="the address bar")
        while self._ways:
            self._open(self._ways.popleft())
        for path, fragment, seen_on in self._fragments:
            if path in self._ids and fragment not in self._ids[path]:
                self._note(f"leads to {path}#{fragment}, which is not there", seen_on)
        self._fragments.clear()

    def _note(self, what: str, path: str) -> None:
        self.findings.setdefault(what, path)

    def _see(self, address: str, *, seen_on: str) -> None:
        """Put a link on the list of what is to be opened, unless it is known or enough of its kind are."""
        whole = urlsplit(urljoin(ADDRESS + seen_on, address) if seen_on.startswith("/") else ADDRESS + address)
        if whole.scheme in {"mailto", "tel", "data"}:
            return
        if whole.netloc != urlsplit(ADDRESS).netloc:
            if whole.scheme != "https":
                self._note(f"leads out of the site without encryption: {address}", seen_on)
            return
        path = whole.path + (f"?{whole.query}" if whole.query else "")
        if whole.fragment:
            self._fragments.append((path, whole.fragment, seen_on))
        if path in self._known:
            return
        self._known.add(path)
        endpoint = self._endpoint(whole.path, "GET", seen_on)
        if endpoint is None:
            return
        chosen = frozenset(name for name, value in parse_qsl(whole.query) if value)
        most = max(1, _MOST_OF_A_KIND >> 2 * len(chosen))
        self._kinds.update([(endpoint, chosen), endpoint])
        if self._kinds[endpoint, chosen] <= most and self._kinds[endpoint] <= _MOST_OF_A_PAGE:
            self._ways.append(Way(path, seen_on))

    def _endpoint(self, path: str, method: str, seen_on: str) -> str | None:
        """The page behind an address; what leads nowhere, or where this visitor may not go, is noted."""
        try:
            endpoint, _ = self.app.url_map.bind("agenda.example.org").match(path, method)
        except RequestRedirect:
            self._note(f"an address that only leads on: {path}", seen_on)
            return None
        except HTTPException as refused:
            self._note(f"{method} {path}: {refused.code}", seen_on)
            return None
        declared = POLICY[endpoint]
        if declared in OPEN or (self.role is not None and self.role in ROLES[declared]):
            return str(endpoint)
        if self.role is not None:
            self._note(f"{method} {endpoint} is shown to {self.role.value}, who may not open it", seen_on)
        return str(endpoint) if self.role is None and method == "GET" else None

    def _open(self, way: Way) -> None:
        answer, path = self._follow(way)
        if answer.status_code != 200:
            self._note(f"{path} answers {answer.status_code}", way.seen_on)
        for step in {way.path, path}:
            self.reached.add(self._endpoint(urlsplit(step).path, "GET", way.seen_on) or "")
        endpoint = self._endpoint(urlsplit(path).path, "GET", way.seen_on)
        self.opened[endpoint or ""] += 1
        if answer.mimetype == "text/html" and answer.status_code == 200:
            self._read(path, answer.get_data(as_text=True))

    def _follow(self, way: Way) -> tuple[TestResponse, str]:
        """Open an address and where it leads on to."""
        path = way.path
        for _ in range(_MOST_STEPS):
            answer = self.browser.get(path, **{"Accept-Language": self.language})
            if answer.status_code not in {301, 302, 303, 307, 308}:
                break
            target = urlsplit(urljoin(ADDRESS + path, answer.location))
            path = target.path + (f"?{target.query}" if target.query else "")
            if self.role is not None and target.path.startswith("/sign-in"):
                self._note(f"{way.path} leads somebody who is signed in back to the door", way.seen_on)
        return answer, path

    def _read(self, path: str, content: str) -> None:
        page = read_page(content)
        self._ids[path] = frozenset(page.ids)
        self._ids[urlsplit(path).path] = frozenset(page.ids) | self._ids.get(urlsplit(path).path, frozenset())
        if page.language != self.language and "lang=" not in path:
            self._note(f"is in {page.language}", path)
        for what in shape_of(page):
            self._note(what, path)
        for marked, text in page.said:
            if (marked or page.language) == page.language == self.language and (wrong := self.ear.wrong(text)):
                self._note(f"{wrong} in {text!r}", path)
        for link in [*page.links, *page.files]:
            if not link.startswith("#") and not _chooses_language(link):
                self._see(link, seen_on=path)
        for form in page.forms:
            self._try(form, path)

    def _try(self, form: Form, path: str) -> None:
        action = form.action or path
        if form.method == "post":
            self._endpoint(urlsplit(urljoin(ADDRESS + path, action)).path, "POST", path)
            return
        for choice in _choices(form):
            self._see(f"{action.partition('?')[0]}?{urlencode(choice)}", seen_on=path)


def _chooses_language(link: str) -> bool:
    return "lang=" in urlsplit(link).query


def _choices(form: Form) -> Iterator[dict[str, str]]:
    """A form as it stands, with the last of each list chosen, with something typed, and what finds nothing."""
    standing = {name: choices[0] if choices else "" for name, choices in form.fields.items()}
    yield standing
    yield standing | {name: choices[-1] for name, choices in form.fields.items() if choices and name not in form.typed}
    if form.typed:
        yield standing | dict.fromkeys(form.typed, _SOMETHING)
        yield standing | dict.fromkeys(form.typed, _NOTHING)


def shape_of(page: ReadPage) -> Iterator[str]:
    """What is wrong with the page whatever it says."""
    twice = sorted(name for name, count in Counter(page.ids).items() if count > 1)
    if twice:
        yield f"names used twice: {twice}"
    absent = sorted({name for name in page.pointed_at if name} - set(page.ids))
    if absent:
        yield f"points at names that are not there: {absent}"
    fragments = {link[1:] for link in page.links if link.startswith("#") and link != "#"}
    if lost := sorted(fragments - set(page.ids)):
        yield f"links to parts that are not there: {lost}"
    if "#" in page.links:
        yield "a link that leads nowhere"
    if page.headings != 1:
        yield f"{page.headings} headings"
    if not page.ways_on:
        yield "a page without a way on"
    if any("&amp;amp;" in raw or "&amp;lt;" in raw or "&amp;#" in raw for raw in page.raw):
        yield "escaped twice"
