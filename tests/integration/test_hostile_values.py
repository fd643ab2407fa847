"""Whatever is typed into any address or form of the site, by whoever adds a page, the answer is no fault of ours.

The parts of paths, the names that a page reads in its query, and the fields of every form are found by asking the site
itself. On both databases: PostgreSQL keeps no NUL and nothing too long, SQLite no number beyond 64 bits.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import quote, quote_from_bytes, urlsplit

import pytest
from flask import Flask
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import IntegerConverter
from werkzeug.test import TestResponse

from alpes_events.people.models import Role
from alpes_web.access import OPEN, ROLES
from alpes_web.policy import POLICY
from alpes_web.site import Site
from alpes_web.typed import TypedRequest, clean
from tests.support.databases import ENGINES, Templates
from tests.support.depth import DEPTH
from tests.support.forms import PageForm, forms_of
from tests.support.routes import every_page
from tests.support.town import Town, settle_town, town_of
from tests.support.web import Browser, a_site_of_its_own

ODD = b"1\x00\x1b\x7f\xc2\x85\xed\xa0\x80\xff"
"""A NUL, control characters, half a surrogate pair, and an octet that is no UTF-8."""
LONG = ("é" * 6000).encode()
HUGE = b"9" * 5000
DIGITS = b"99999999999999999999"
FIRST_DAY = b"0001-01-01"
LAST_DAY = b"9999-12-31"
ASKED = {"sqlite": (HUGE, DIGITS, FIRST_DAY, LAST_DAY), "postgresql": (ODD, HUGE)}
TYPED = {"sqlite": (DIGITS, FIRST_DAY), "postgresql": (ODD, LONG)}
"""Each database with what it cannot take: a form's fields get one of them each, all of them when tests go deep."""
HONEST = "commune=59328&event=1"
"""Some pages read more of their address when this stands in it."""
EVERYWHERE = frozenset({"lang", "v"})
"""Names that every page reads in the same way."""
DEEP = DEPTH.examples > 200


class Place:
    """The site on a copy of the town, with browsers of several roles; a copy that was changed can be left."""

    def __init__(self, templates: Templates, engine: str) -> None:
        self._templates, self._engine = templates, engine
        self._open = ExitStack()
        self.town: Town
        self.app: Flask = self._fresh()

    def _fresh(self) -> Flask:
        database = self._open.enter_context(self._templates.fresh(self._engine, settle_town))
        self.town = town_of(database)
        app = a_site_of_its_own(database, demo=True)
        app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
        app.config["WTF_CSRF_ENABLED"] = False
        self.database = database
        return app

    def leave(self) -> None:
        """Go on with a new copy of the town, under the same site."""
        self._open.close()
        self._open = ExitStack()
        self.database = self._open.enter_context(self._templates.fresh(self._engine, settle_town))
        site: Site = self.app.extensions["alpes"]
        self.app.extensions["alpes"] = Site(self.database, site.settings, site.clock)

    def browser(self, role: Role | None) -> Browser:
        """Somebody of this role."""
        browser = Browser(self.app)
        if role is not None:
            browser.sign_in(role, candidate_id=1 if role is Role.CANDIDATE else None)
        return browser

    def close(self) -> None:
        self._open.close()


@pytest.fixture(scope="module", params=ENGINES)
def place(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Place]:
    made = Place(templates, request.param)
    yield made
    made.close()


def fault(answer: TestResponse) -> bool:
    return answer.status_code >= 500


def asked_names(app: Flask, browser: Browser, path: str) -> set[str]:
    """The names that the page at `path` reads in its query."""
    read: set[str] = set()

    class Listening(ImmutableMultiDict[str, str]):
        def get(self, key: Any, *more: Any, **options: Any) -> Any:
            read.add(key)
            return super().get(key, *more, **options)

        def getlist(self, key: Any, *more: Any, **options: Any) -> Any:
            read.add(key)
            return super().getlist(key, *more, **options)

        def __getitem__(self, key: Any) -> Any:
            read.add(key)
            return super().__getitem__(key)

        def __contains__(self, key: object) -> bool:
            read.add(str(key))
            return super().__contains__(key)

    class ListeningRequest(TypedRequest):
        @property
        def args(self) -> Any:
            return Listening(super().args)

    app.request_class = ListeningRequest
    try:
        browser.get(path)
    finally:
        app.request_class = TypedRequest
    return read


def opened_by(endpoint: str) -> Role | None:
    """Somebody who may open a page: the administrator most of them."""
    declared = POLICY[endpoint]
    if declared in OPEN:
        return None
    return Role.ADMINISTRATOR if Role.ADMINISTRATOR in ROLES[declared] else next(iter(ROLES[declared]))


def test_no_name_read_in_an_address_makes_a_fault(place: Place) -> None:
    wrong, names = [], set()
    browsers = {
        role: place.browser(role)
        for role in (None, Role.ADMINISTRATOR, Role.FACILITATOR, Role.CANDIDATE, Role.EMPLOYER)
    }
    for page in every_page(place.app, place.database, place.town):
        if not page.is_safe:
            continue
        browser = browsers[opened_by(page.endpoint)]
        read = asked_names(place.app, browser, page.path)
        read |= asked_names(place.app, browser, f"{page.path}?{HONEST}")
        names |= read
        if read <= EVERYWHERE and not DEEP:
            continue
        for value in ASKED[place.database.engine.dialect.name]:
            query = "&".join(f"{name}={quote_from_bytes(value)}" for name in sorted(read))
            if fault(browser.get(f"{page.path}?{query}")):
                wrong.append((page.path, sorted(read), value[:12]))
    assert wrong == []
    assert {"q", "page", "from", "event", "commune", "radius", "sort", "lang", "next", "person"} <= names


def test_no_part_of_a_path_makes_a_fault(place: Place) -> None:
    wrong, tried = [], set()
    browser = place.browser(Role.ADMINISTRATOR)
    for rule in place.app.url_map.iter_rules():
        for part in rule.arguments:
            values = ("9" * 20, "9" * 5000) if isinstance(rule._converters[part], IntegerConverter) else ("\0", "a\x1b")
            for value in values:
                shown = "".join(
                    quote(value if data == part else "1", safe="") if dynamic else data for dynamic, data in rule._trace
                )
                for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                    ask = browser.get if method == "GET" else browser.post
                    tried.add((rule.endpoint, part))
                    if fault(ask(shown.removeprefix("|"))):
                        wrong.append((method, rule.rule, value[:12]))
    assert wrong == []
    assert len(tried) > 50


def standing_forms(place: Place, browsers: dict[Role | None, Browser]) -> dict[str, tuple[Role | None, str, PageForm]]:
    """Every form that changes something, by its kind of address and its fields, with who finds it."""
    found: dict[str, tuple[Role | None, str, PageForm]] = {}
    adapter = place.app.url_map.bind("agenda.example.org")
    for page in every_page(place.app, place.database, place.town):
        if not page.is_safe:
            continue
        role = opened_by(page.endpoint)
        answer = browsers[role].get(page.path)
        if answer.mimetype != "text/html":
            continue
        for form in forms_of(answer.get_data(as_text=True)):
            address = form.action or page.path
            if form.method.lower() == "post":
                endpoint, _parts = adapter.match(urlsplit(address).path, method="POST")
                found.setdefault(f"{endpoint} {sorted(form.fields)}", (role, address, form))
    return found


def encoded(fields: dict[str, object], changed: str, value: bytes) -> bytes:
    """The form as octets, with one field holding `value`, whatever it is."""
    pairs = [(name, one) for name, many in fields.items() for one in (many if isinstance(many, list) else [many])]
    parts = [(name, value if name == changed else str(one).encode()) for name, one in pairs if name != "csrf_token"]
    return "&".join(f"{quote(name)}={quote_from_bytes(octets)}" for name, octets in parts).encode()


def test_no_field_of_a_form_makes_a_fault(place: Place) -> None:
    wrong, sent = [], 0
    typed = TYPED[place.database.engine.dialect.name]
    browsers = {
        role: place.browser(role)
        for role in (None, Role.ADMINISTRATOR, Role.FACILITATOR, Role.CANDIDATE, Role.EMPLOYER)
    }
    for role, address, form in standing_forms(place, browsers).values():
        for number, name in enumerate(sorted(form.fields.keys() - {"csrf_token"})):
            for value in typed if DEEP else (typed[number % len(typed)],):
                answer = browsers[role].client.post(
                    address,
                    base_url="http://agenda.example.org",
                    data=encoded(form.fields, name, value),
                    content_type="application/x-www-form-urlencoded",
                    buffered=True,
                )
                sent += 1
                if fault(answer):
                    wrong.append((address, name, value[:12]))
                if answer.status_code in {302, 303}:
                    place.leave()
                    browsers[role] = place.browser(role)
    assert wrong == []
    assert sent > 100


def test_what_nobody_types_is_left_out_and_the_rest_is_kept() -> None:
    typed = "Zoé\x00 \ud800Œuvre\x1b\x85 🎉\u202e\tligne\r\nautre"
    assert clean(typed) == "Zoé Œuvre 🎉\u202e\tligne\r\nautre"
