"""A real browser before a real site: one server, one browser and one small town for the whole session."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from alpes_events.database.engine import Database
from alpes_events.people.models import Role
from tests.support.databases import Templates
from tests.support.town import Town, settle_town, town_of
from tests.support.web import Browser as Account
from tests.support.web import a_site

_PATIENCE_MS = 30_000
"""So long a page may take that the tests wait for: other processes share the machine with the browser."""
expect.set_options(timeout=_PATIENCE_MS)
_TELLS_OF_VIOLATIONS = """
addEventListener("securitypolicyviolation", (told) => console.error(`policy: ${told.violatedDirective}`))
"""
_EXPECTED = "the server responded with a status of 4"


class _Quiet(WSGIRequestHandler):
    """No line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Served:
    """The site on its own port."""

    app: Flask
    database: Database
    town: Town
    address: str
    door: int | None = None
    """The event at whose door somebody stands."""

    def account(self, role: Role | None) -> Account:
        """Somebody with this role, or nobody, who asks for pages without a screen."""
        asking = Account(self.app, host="127.0.0.1")
        if role is not None:
            event_id = self.door if role is Role.DOOR else None
            asking.sign_in(role, candidate_id=1 if role is Role.CANDIDATE else None, event_id=event_id)
        return asking

    def cookie(self, role: Role) -> str:
        """The cookie of a browser that is signed in with this role."""
        kept = self.account(role).client.get_cookie("alpes", domain="127.0.0.1")
        assert kept is not None
        return kept.value


@dataclass
class Seat:
    """One page of the browser, and what went wrong in it."""

    page: Page
    served: Served
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a page of the site."""
        self.page.goto(self.served.address + path)
        return self.page

    def hear(self, message: ConsoleMessage) -> None:
        """Keep errors and warnings of the console. An answer that refuses a form is not one."""
        if message.type in {"error", "warning"} and _EXPECTED not in message.text:
            self.complaints.append(message.text)


Seats = Callable[..., AbstractContextManager[Seat]]


@pytest.fixture(scope="session")
def served(templates: Templates) -> Iterator[Served]:
    """The town's site, on a port of its own."""
    with templates.fresh("sqlite", settle_town) as database, serving(database) as site:
        yield site


@contextmanager
def serving(
    database: Database, *, door: int | None = None, now: Callable[[], datetime] | None = None
) -> Iterator[Served]:
    """A site on a database, on a port of its own; the links that it sends lead to it."""
    server = make_server("127.0.0.1", 0, Flask(__name__), threaded=True, request_handler=_Quiet)
    address = f"http://127.0.0.1:{server.server_port}"
    app = server.app = a_site(database, now=now, demo=True, base_url=address)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Served(app, database, town_of(database), address, door)
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or Playwright's own."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def seats(chromium: Browser, served: Served) -> Seats:
    """Gives a page at a width, in a language, signed in or not, with JavaScript or without."""

    @contextmanager
    def seat(
        *,
        width: int = 1280,
        language: str = "fr",
        role: Role | None = None,
        javascript: bool = True,
        still: bool = False,
    ) -> Iterator[Seat]:
        context: BrowserContext = chromium.new_context(
            viewport={"width": width, "height": 720},
            locale=f"{language}-{'GB' if language == 'en' else 'FR'}",
            java_script_enabled=javascript,
            reduced_motion="reduce" if still else "no-preference",
        )
        context.set_default_timeout(_PATIENCE_MS)
        context.add_init_script(_TELLS_OF_VIOLATIONS)
        if role is not None:
            context.add_cookies([{"name": "alpes", "value": served.cookie(role), "url": served.address}])
        taken = Seat(context.new_page(), served)
        taken.page.on("console", taken.hear)
        taken.page.on("pageerror", lambda error: taken.complaints.append(str(error)))
        yield taken
        context.close()
        assert taken.complaints == []

    return seat
