"""No log holds a name, an address or a token, whatever happens."""

import json
from collections.abc import Iterator

import pytest
import structlog
from flask import Flask
from sqlalchemy import text

from alpes_events.agenda.models import Event
from alpes_events.database.engine import Database
from alpes_events.people.models import Role
from alpes_web import logs
from tests.support.forms import form_of
from tests.support.stories import an_event
from tests.support.web import Browser, a_site_of_its_own

CANARY = "canari-secret-0639980101"


@pytest.fixture
def app() -> Iterator[Flask]:
    """A site of two routes, logged as JSON."""
    logs.configure_logs("json")
    app = Flask("canary")
    logs.install(app)

    @app.get("/link/<token>")
    def page(token: str) -> str:
        return f"bonjour {token}"

    @app.get("/broken/<token>")
    def broken(token: str) -> str:
        raise ValueError(token)

    yield app
    structlog.reset_defaults()


@pytest.mark.parametrize("path", ["/link/", "/broken/", "/nowhere/"])
def test_log_names_the_route_and_never_the_address(app: Flask, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    app.test_client().get(f"{path}{CANARY}?email={CANARY}", headers={"Referer": CANARY})
    written = capsys.readouterr()
    lines = [json.loads(line) for line in written.err.splitlines()]
    assert any(line["event"] == "answered" for line in lines)
    assert CANARY not in written.err + written.out


def test_fault_is_logged_by_class_and_place(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    app.test_client().get(f"/broken/{CANARY}")
    faults = [json.loads(line) for line in capsys.readouterr().err.splitlines() if '"failed"' in line]
    assert [(fault["error"], fault["route"]) for fault in faults] == [("ValueError", "/broken/<token>")]
    assert faults[0]["at"].startswith("test_logs.py:")


def test_no_page_of_the_site_writes_down_what_a_person_typed(
    organised: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    """Signing up and in, staff who search, a wrong link, and a fault in the database's own words."""
    with organised.writing() as db:
        event_id = an_event(db)
        slug = db.get_one(Event, event_id).slug
        db.commit()
    logs.configure_logs("json")
    site = a_site_of_its_own(organised)
    site.testing = False
    person = {"given_name": "Canarie", "family_name": "Serinette", "email": "canarie@example.org"}
    visitor, staff = Browser(site), Browser(site)
    staff.sign_in(Role.COORDINATOR)
    sign_up = f"/events/{slug}/sign-up"
    form = form_of(visitor.get(sign_up).get_data(as_text=True), holding="form_key")
    done = visitor.post(sign_up, {**form, **person, "telephone": "06 39 98 01 01", "commune_name": "Lambersart"})
    assert visitor.get(done.location).status_code == 200
    assert visitor.send("/sign-in", {"email": person["email"], "next": ""}).status_code == 303
    assert staff.get(f"/staff/people?q={person['family_name']}").status_code == 200
    assert visitor.get(f"/my-sign-up/{CANARY}").status_code == 404
    site.view_functions["about.legal"] = lambda: _broken_by_the_database(organised)
    assert visitor.get("/legal").status_code == 500
    written = "".join(capfd.readouterr())
    assert '"failed"' in written
    for canary in (*person.values(), "639980101", "39 98 01 01", CANARY, done.location.rpartition("/")[2]):
        assert canary.lower() not in written.lower()


def _broken_by_the_database(database: Database) -> str:
    """A statement that fails with a person's name among its values."""
    with database.writing() as db:
        db.execute(text("INSERT INTO candidate (family_name) VALUES (:name)"), {"name": "Serinette"})
    return ""
