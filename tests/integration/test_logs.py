"""No log holds a name, an address or a token, whatever happens."""

import json
from collections.abc import Iterator

import pytest
import structlog
from flask import Flask

from alpes_web import logs

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
