"""`alpes stats`: compile, show and export; refusals end with 1, a wrong usage with 2."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook

from alpes_events.agenda.models import Counter
from alpes_events.database.engine import Database
from alpes_events.statistics.year_report import HIRING_COLUMNS
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.support.counted import AFTERWARDS, World
from tests.support.web import SETTINGS


@pytest.fixture
def counted(database: Database) -> Database:
    """A job dating of March 2023 with four participants of whom three of the territory, and nobody at the door."""
    with database.writing() as db:
        world = World(db)
        world.organisation()
        event = world.event(title="=Job dating", interviews_counter=Counter.NOT_COLLECTED)
        world.came(event, 3, in_territory=True)
        world.came(event, 1, in_territory=False)
        db.commit()
    return database


def _alpes(database: Database, *arguments: str) -> Result:
    terminal = Terminal(settings=SETTINGS, database=database, now=lambda: AFTERWARDS)
    return CliRunner().invoke(main, ["stats", *arguments], obj=terminal, env={"LC_ALL": "fr_FR.UTF-8"})


def test_year_is_compiled_then_shown_for_a_machine(counted: Database) -> None:
    assert _alpes(counted, "compile", "--year", "2023").exit_code == 0
    again = _alpes(counted, "compile", "--year", "2023", "--json")
    assert json.loads(again.output) == {"periods": 14, "written": 0}
    shown = json.loads(_alpes(counted, "show", "--year", "2023", "--json").output)
    assert shown == {
        "year": 2023,
        "events": [
            {
                "name": "=Job dating",
                "kind": "job_dating",
                "starts_on": "2023-03-02",
                "exhibitors": 0,
                "visitors": None,
                "participants": 4,
                "participants_territory": 3,
                "interviews": None,
                "demonstrations": None,
            }
        ],
        "totals": {
            "events": 1,
            "exhibitors": 0,
            "exhibitors_events_known": 1,
            "visitors": None,
            "visitors_events_known": 0,
            "participants": 4,
            "participants_events_known": 1,
            "participants_territory": 3,
            "participants_territory_events_known": 1,
            "interviews": None,
            "interviews_events_known": 0,
            "demonstrations": None,
            "demonstrations_events_known": 0,
        },
        "hiring": dict.fromkeys(HIRING_COLUMNS, 0),
    }


def test_exports_carry_definitions_and_no_formula(counted: Database, tmp_path: Path) -> None:
    _alpes(counted, "compile", "--all")
    book = tmp_path / "2023.xlsx"
    assert _alpes(counted, "export", "--year", "2023", "--format", "xlsx", "--output", str(book)).exit_code == 0
    read = CalamineWorkbook.from_path(str(book))
    assert read.sheet_names == ["Événements", "2023", "Définitions"]
    assert read.get_sheet_by_name("Événements").to_python()[1][1] == "=Job dating"
    text = _alpes(counted, "export", "--year", "2023").stdout_bytes.decode("utf-8-sig").splitlines()
    assert text[1] == "02/03/2023;'=Job dating;Job dating;0;non relevé;4;3;non relevé;non relevé"


def test_refusals_say_why_and_end_with_one(counted: Database) -> None:
    refused = _alpes(counted, "show", "--year", "2022")
    assert (refused.exit_code, "ne sont pas encore arrêtés" in refused.stderr) == (1, True)
    _alpes(counted, "compile")
    before = _alpes(counted, "show", "--year", "2023", "--as-of", "2023-12-31")
    assert before.exit_code == 1
    assert _alpes(counted, "show", "--year", "2023", "--as-of", "2024-01-15").exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [("compile", "--year", "2023", "--all"), ("compile", "--month", "2023"), ("show",), ("export", "--format", "pdf")],
)
def test_wrong_usage_ends_with_two(counted: Database, arguments: tuple[str, ...]) -> None:
    assert _alpes(counted, *arguments).exit_code == 2


@pytest.mark.parametrize("columns", [80, 100, 200])
def test_names_of_events_are_shown_on_every_terminal(counted: Database, columns: int) -> None:
    _alpes(counted, "compile", "--all")
    terminal = Terminal(settings=SETTINGS, database=counted, now=lambda: AFTERWARDS)
    environment = {"LC_ALL": "fr_FR.UTF-8", "COLUMNS": str(columns)}
    shown = CliRunner().invoke(main, ["stats", "show", "--year", "2023"], obj=terminal, env=environment)
    assert "=Job dating" in shown.output
    assert max(map(len, shown.output.splitlines())) <= columns


def test_event_that_is_not_there_is_not_compiled(counted: Database) -> None:
    refused = _alpes(counted, "compile", "--event", "999")
    assert (refused.exit_code, "Cet événement n’existe pas" in refused.stderr) == (1, True)


def test_json_export_says_what_each_figure_counts(counted: Database) -> None:
    _alpes(counted, "compile", "--all")
    document = json.loads(_alpes(counted, "export", "--year", "2023", "--format", "json").output)
    defined = {one["id"]: one for one in document["definitions"]}
    assert {"exhibitors", "visitors", "participants", "interviews", "demonstrations"} <= defined.keys()
    assert defined["visitors"]["definition"].startswith("Entrées comptées à la porte")
    shown = json.loads(_alpes(counted, "show", "--year", "2023", "--json").output)
    assert {name: document[name] for name in shown} == shown


def test_file_that_cannot_be_written_is_told_in_a_sentence(counted: Database, tmp_path: Path) -> None:
    _alpes(counted, "compile", "--all")
    refused = _alpes(counted, "export", "--year", "2023", "--output", str(tmp_path / "none" / "x.csv"))
    assert refused.exit_code == 1
    assert "ne peut être ni lu ni écrit" in refused.stderr
