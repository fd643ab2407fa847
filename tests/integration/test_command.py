"""The `alpes` command: it explains itself, refuses with a sentence, and serves a site that answers."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from alpes_events.database.engine import Database
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.support.web import SETTINGS

ROOT = Path(__file__).parents[2]
PYTHON = os.pathsep.join(str(ROOT / folder) for folder in ("src", "web", "scheduler"))


def every_command(
    group: click.Group = main, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, group
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))
        else:
            yield (*path, name), command


def alpes(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "alpes_web", *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": PYTHON, "LANG": "fr_FR.UTF-8", **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_each_command_explains_itself_with_an_example() -> None:
    unclear = [
        " ".join(path)
        for path, command in every_command()
        for help_page in [CliRunner().invoke(main, [*path, "--help"])]
        if help_page.exit_code or not command.help or "alpes " not in (command.epilog or "")
    ]
    assert unclear == []


WITHOUT_JSON = {"serve", "scheduler"}
"""They run until they are stopped."""
FILES = {
    "clause tally",
    "export awareness",
    "export companies",
    "export exhibitors",
    "export interviews",
    "export registrations",
    "export events",
    "export hours",
    "export offers",
    "export participants",
    "export applications",
    "stats export",
    "report build",
    "export services",
    "people export",
}
"""What they write is for a machine already."""


def test_each_command_answers_machines() -> None:
    silent = {
        " ".join(path)
        for path, command in every_command()
        if not isinstance(command, click.Group) and "as_json" not in {option.name for option in command.params}
    }
    assert silent - WITHOUT_JSON == FILES


@pytest.mark.parametrize("address", ["postgresql://nobody@/none?host=/nowhere", "mysql://x/y", "no address"])
@pytest.mark.parametrize(
    "command", [("db", "check"), ("stats", "show", "--year", "2023"), ("user", "disable", "x@y.org")]
)
def test_database_that_is_away_is_told_in_a_sentence(address: str, command: tuple[str, ...]) -> None:
    settings = replace(SETTINGS, database_url=address)
    away = CliRunner().invoke(main, [*command], obj=Terminal(settings=settings), env={"LC_ALL": "fr_FR.UTF-8"})
    assert away.exit_code == 1
    assert away.stderr == "La base de données ne répond pas : vérifiez ALPES_DATABASE_URL.\n"


def test_port_that_is_taken_is_told_in_a_sentence(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'new.db'}"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = alpes("serve", "--port", port, ALPES_DEMO="1", ALPES_DATABASE_URL=database)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert f"127.0.0.1:{port} n’est pas libre" in refused.stderr


def test_database_that_is_behind_is_told_and_brought_up(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'new.db'}"
    before = alpes("db", "check", ALPES_DEMO="1", ALPES_DATABASE_URL=database)
    assert (before.returncode, before.stdout) == (1, "")
    assert "lancez alpes db upgrade" in before.stderr
    assert alpes("db", "upgrade", ALPES_DEMO="1", ALPES_DATABASE_URL=database).returncode == 0
    assert alpes("db", "check", "--json", ALPES_DEMO="1", ALPES_DATABASE_URL=database).returncode == 0


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({}, "ALPES_SECRET_KEY doit être un secret"),
        ({"ALPES_SECRET_KEY": "change-me"}, "ALPES_SECRET_KEY doit être un secret"),
        ({"ALPES_SECRET_KEY": SETTINGS.secret_key, "ALPES_DEBUG": "1"}, "ALPES_DEBUG montre l’intérieur"),
        ({"LANG": "en_GB.UTF-8"}, "ALPES_SECRET_KEY must be a secret"),
        ({"ALPES_SECRET_KEY": SETTINGS.secret_key, "ALPES_BASE_URL": "http://agenda.example.org"}, "par https://"),
        ({"ALPES_SECRET_KEY": SETTINGS.secret_key, "ALPES_TRUSTED_NETWORKS": "10.0.0.0/40"}, "nomme des réseaux"),
    ],
)
def test_unsafe_settings_stop_the_start(settings: dict[str, str], sentence: str, tmp_path: Path) -> None:
    refused = alpes("serve", ALPES_DATABASE_URL=f"sqlite:///{tmp_path / 'new.db'}", **settings)
    assert (refused.returncode, sentence in refused.stderr) == (1, True)
    assert "Traceback" not in refused.stderr


def test_what_the_command_writes_is_closed_to_others_of_the_machine(tmp_path: Path) -> None:
    settings = {"ALPES_DEMO": "1", "ALPES_DATABASE_URL": f"sqlite:///{tmp_path / 'new.db'}"}
    folder = tmp_path / "backups"
    assert alpes("db", "upgrade", **settings).returncode == 0
    assert alpes("db", "backup", "--folder", str(folder), **settings).returncode == 0
    (backup,) = folder.iterdir()
    assert [file.stat().st_mode & 0o077 for file in (tmp_path / "new.db", folder, backup)] == [0, 0, 0]


def test_wrong_usage_ends_with_two() -> None:
    assert CliRunner().invoke(main, ["serve", "--port", "zero"]).exit_code == 2
    assert CliRunner().invoke(main, ["no-such-command"]).exit_code == 2


def test_check_speaks_to_machines(database: Database) -> None:
    answer = CliRunner().invoke(main, ["db", "check", "--json"], obj=Terminal(settings=SETTINGS, database=database))
    assert answer.exit_code == 0
    assert '"ok": true' in answer.output


def test_demonstration_serves_pages_and_stops_when_asked(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": PYTHON,
        "ALPES_DEMO": "1",
        "ALPES_DATABASE_URL": f"sqlite:///{tmp_path / 'served.db'}",
        "ALPES_VAR_FOLDER": str(tmp_path),
    }
    command = [sys.executable, "-m", "alpes_web", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            assert "Agenda de l’emploi" in _first_answer(f"http://127.0.0.1:{port}/")
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)


def _first_answer(address: str) -> str:
    """What the server says once it listens; at most half a minute is given."""
    end = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return str(answer.read().decode())
        except OSError:
            assert time.monotonic() < end, "the site did not answer"
            time.sleep(0.2)
