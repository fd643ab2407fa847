"""`alpes demo`: a database is made once, taken up again, and nobody else's is touched."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlmodel import col, select

from alpes_events.agenda.queries import upcoming
from alpes_events.database import migrate
from alpes_events.database.engine import Database, connect
from alpes_events.people.models import Candidate
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.support.databases import ENGINES, Templates
from tests.support.demonstration import DEMO_NOW, a_demonstration
from tests.support.stories import an_organisation


def alpes_demo(address: str, *more: str) -> Result:
    arguments = ["demo", "--no-serve", "--database-url", address, *more]
    return CliRunner().invoke(main, arguments, obj=Terminal(now=lambda: DEMO_NOW))


def people(database: Database) -> list[tuple[object, ...]]:
    with database.reading() as db:
        return [
            tuple(row) for row in db.exec(select(Candidate.given_name, Candidate.email).order_by(col(Candidate.id)))
        ]


def test_demonstration_is_made_in_a_file_that_was_not_there(tmp_path: Path, templates: Templates) -> None:
    address = f"sqlite:///{tmp_path / 'var' / 'demo.db'}"
    result = alpes_demo(address)
    assert result.exit_code == 0
    assert "La démonstration est prête" in result.stdout
    assert "coordination@example.org" in result.stdout
    database = connect(address)
    with database.reading() as db:
        assert len(upcoming(db, now=DEMO_NOW)) > 18
    with templates.fresh("sqlite", a_demonstration) as same_day:
        assert people(same_day) == people(database)
    database.engine.dispose()


def test_demonstration_that_is_there_is_taken_up_as_it_is(templates: Templates) -> None:
    with templates.fresh("sqlite", a_demonstration) as there:
        answer = json.loads(alpes_demo(str(there.engine.url), "--json").stdout)
        said = alpes_demo(str(there.engine.url)).stdout
    assert (answer["made_on"], answer["made_now"]) == ("2026-03-03", False)
    assert {account["role"] for account in answer["accounts"]} > {"coordinator", "candidate", "door"}
    assert "La démonstration du 2026-03-03 est reprise telle quelle" in said


def test_database_of_somebody_is_refused_fresh_or_not(templates: Templates) -> None:
    with templates.fresh("sqlite", an_organisation) as somebody_s:
        address = str(somebody_s.engine.url)
        for options in ((), ("--fresh",)):
            result = alpes_demo(address, *options)
            assert result.exit_code == 1
            assert "n’est pas une démonstration" in result.stderr
        assert migrate.current_revision(somebody_s) is not None


@pytest.mark.parametrize("engine", ENGINES)
def test_database_of_somebody_keeps_its_older_tables(templates: Templates, engine: str) -> None:
    with templates.fresh(engine, an_organisation) as somebody_s:
        migrate.downgrade(somebody_s, "0001", lose_data=True)
        result = alpes_demo(somebody_s.engine.url.render_as_string(hide_password=False))
        assert (result.exit_code, migrate.current_revision(somebody_s)) == (1, "0001")
    assert "n’est pas une démonstration" in result.stderr


def test_database_on_a_server_is_not_erased(templates: Templates) -> None:
    with templates.fresh("postgresql", an_organisation) as somebody_s:
        result = alpes_demo(somebody_s.engine.url.render_as_string(hide_password=False), "--fresh")
    assert result.exit_code == 1
    assert "--fresh efface un fichier SQLite" in result.stderr
