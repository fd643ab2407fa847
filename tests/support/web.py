"""The site in a test: real database, fixed clock, a browser that keeps its cookies and sends its tokens."""

import html
import re
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from alpes_events.database.engine import Database, connect
from alpes_events.language.typography import plain
from alpes_events.people.accounts import AccountIn, create_account
from alpes_events.people.models import Account, Role
from alpes_events.people.sessions import open_session
from alpes_events.settings.deployment import Deployment
from alpes_web.app import create_app
from alpes_web.feed_cache import FeedCache
from alpes_web.site import Site
from tests.support.stories import NOW

SETTINGS = Deployment(
    secret_key="invented-for-tests-" + "0123456789abcdef" * 3,
    base_url="http://agenda.example.org",
    var_folder=Path("var-of-tests"),
)
PASSWORD = "tulipe orage lanterne 42"
_TOKEN = re.compile(r'name="csrf_token" type="hidden" value="([^"]+)"')


def a_site(database: Database, *, now: Callable[[], datetime] | None = None, **settings: object) -> Flask:
    """The site on `database`, at the tests' instant unless `now` says otherwise.

    It shares its routes and templates with the other sites of the run that have the same settings: they take a tenth
    of a second to make. A test that changes them asks for `a_site_of_its_own`.
    """
    chosen = replace(SETTINGS, **settings)  # type: ignore[arg-type]
    assert not chosen.proxy_count, "what is wrapped around a site belongs to that one"
    app = copy(_shared(chosen))
    app.config, app.view_functions = copy(app.config), dict(app.view_functions)
    assert set(app.extensions) == _EXTENSIONS, "something new is kept by the site: would it be shared between tests?"
    app.extensions = {
        **app.extensions,
        "alpes": Site(database, chosen, now or (lambda: NOW)),
        "alpes_feeds": FeedCache(),
    }
    return app


def a_site_of_its_own(database: Database, *, now: Callable[[], datetime] | None = None, **settings: object) -> Flask:
    """The same, for a test that changes the site itself."""
    chosen = replace(SETTINGS, **settings)  # type: ignore[arg-type]
    app = create_app(chosen, database, now=now or (lambda: NOW))
    app.testing = True
    app.jinja_env.bytecode_cache = _COMPILED
    return app


_EXTENSIONS = {"alpes", "alpes_feeds", "csrf"}


@cache
def _shared(settings: Deployment) -> Flask:
    return a_site_of_its_own(connect("sqlite://"), **vars(settings))


class _Compiled(BytecodeCache):
    """Templates compiled once for all the sites of a test run."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template that another site compiled."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template for the next site."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class Browser:
    """Somebody at a browser: pages are read as text, forms are sent with the token of the page they stand on."""

    def __init__(self, app: Flask, *, host: str = "agenda.example.org") -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self._base_url = f"{'https' if app.config['SESSION_COOKIE_SECURE'] else 'http'}://{host}"

    def get(self, path: str, **headers: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path, base_url=self._base_url, headers=headers, buffered=True)

    def post(self, path: str, data: Mapping[str, object] | None = None, **headers: str) -> TestResponse:
        """Send a form as it is, without a token of its own."""
        return self.client.post(path, base_url=self._base_url, data=dict(data or {}), headers=headers, buffered=True)

    def send(self, path: str, data: Mapping[str, object] | None = None, *, page: str | None = None) -> TestResponse:
        """Send a form with the token of `page` (the form's own address unless said otherwise)."""
        return self.post(path, {"csrf_token": self.token(page or path), **(data or {})})

    def token(self, page: str) -> str:
        """The token that stands on a page."""
        found = _TOKEN.search(self.get(page).get_data(as_text=True))
        assert found is not None, f"no form on {page}"
        return found[1]

    def sign_in(self, role: Role, *, candidate_id: int | None = None, event_id: int | None = None) -> int:
        """Be signed in with an account of this role (made when there is none). Gives the account's id."""
        site = self.app.extensions["alpes"]
        with site.database.writing() as db:
            account_id = _account(db, role, candidate_id=candidate_id, event_id=event_id, now=site.now())
            secret = open_session(db, account_id, shared_computer=False, now=site.now())
            db.commit()
        with self.client.session_transaction(base_url=self._base_url) as cookie:
            cookie["account"] = secret
        return account_id


def _account(db: Session, role: Role, *, candidate_id: int | None, event_id: int | None, now: datetime) -> int:
    email = f"{role.value}-{candidate_id or event_id or 0}@example.org"
    known = db.exec(select(Account.id).where(Account.email == email)).first()
    if known is not None:
        return int(known)
    account = Account(
        email=email,
        name=f"Personne {role.value}",
        role=role,
        candidate_id=candidate_id,
        event_id=event_id,
        created_at=now,
    )
    db.add(account)
    db.flush()
    assert account.id is not None
    return account.id


def with_password(database: Database, *, email: str, role: Role = Role.COORDINATOR) -> int:
    """A staff account that signs in with `PASSWORD`."""
    with database.writing() as db:
        made = AccountIn(email=email, name="Claire Martin", role=role, password=PASSWORD)
        account_id = create_account(db, made, now=NOW)
        db.commit()
    return account_id


def text_of(response: TestResponse) -> str:
    """What a person reads on the page: no tags, ordinary spaces."""
    page = re.sub(r"<(script|style|svg|template)\b.*?</\1>", " ", response.get_data(as_text=True), flags=re.DOTALL)
    without_tags = re.sub(r"<[^>]+>", " ", page)
    return " ".join(plain(html.unescape(without_tags)).split())
