"""What somebody types stays text: on no page does it become markup, a template or a script."""

from collections.abc import Iterator

import pytest
from sqlalchemy import String, Table, cast, literal, update

from alpes_events.database.engine import Database
from alpes_events.people.models import Role
from alpes_events.tables import METADATA
from tests.support.databases import Templates
from tests.support.routes import every_page
from tests.support.town import Town, build_town
from tests.support.web import Browser, a_site

PAYLOAD = "<img src=x onerror=alert(1)>'\"{{ 7*7 }}</title></script>"
LEFT_ALONE = frozenset(
    {"slug", "uid", "kind", "state", "reference", "email", "code", "language", "uid_domain", "time_zone"}
)
"""Texts that the platform makes or checks itself: nobody can type the payload there."""

_TOWN: list[Town] = []


def _with_payload(database: Database) -> None:
    _TOWN[:] = [write_payload(database)]


def write_payload(database: Database) -> Town:
    """The town, with the payload in every text that somebody can type."""
    town = build_town(database)
    with database.writing() as db:
        for name in ("venue", "series", "event", "event_session", "question", "exhibitor", "organisation", "candidate"):
            table = METADATA.tables[name]
            own = literal(PAYLOAD).concat(cast(table.c.id, String))
            db.execute(update(table).values(dict.fromkeys(free_texts(table), own)))
        lists = {name: [PAYLOAD] for name in ("themes", "partners", "audience")}
        db.execute(update(METADATA.tables["event"]).values(**lists))
        db.execute(update(METADATA.tables["question"]).values(choices=[PAYLOAD, "b"]))
        db.commit()
    return town


def free_texts(table: Table) -> list[str]:
    """The columns of a table that hold words somebody typed."""
    return [
        column.name
        for column in table.columns
        if type(column.type).__name__ == "AutoString"
        and (column.type.length or 0) >= 64  # type: ignore[attr-defined]
        and not column.unique
        and not column.foreign_keys
        and column.name not in LEFT_ALONE
    ]


@pytest.fixture(scope="module")
def database(templates: Templates) -> Iterator[Database]:
    with templates.fresh("sqlite", _with_payload) as fresh:
        yield fresh


def test_free_texts_are_found_in_the_tables() -> None:
    assert {"title", "summary", "description", "to_bring", "picture_alt"} <= set(free_texts(METADATA.tables["event"]))
    assert {"given_name", "family_name", "commune_name"} <= set(free_texts(METADATA.tables["candidate"]))


@pytest.mark.parametrize("role", [None, Role.CANDIDATE, Role.ADMINISTRATOR])
def test_typed_markup_is_inert_on_every_page(database: Database, role: Role | None) -> None:
    app = a_site(database, demo=True)
    browser = Browser(app)
    if role is not None:
        browser.sign_in(role, candidate_id=1 if role is Role.CANDIDATE else None)
    shown = 0
    for page in every_page(app, database, _TOWN[0]):
        if not page.is_safe:
            continue
        answer = browser.get(page.path)
        content = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        assert "<img src=x" not in content, page.path
        assert "onerror=alert(1)>'\"" not in content, page.path
        shown += "&lt;img src=x onerror=alert(1)&gt;" in content
    assert shown >= 3
