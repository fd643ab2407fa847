"""`alpes import` and `alpes export` in the terminal."""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlmodel import col, select

from alpes_events.attendance.models import Channel
from alpes_events.database.engine import Database
from alpes_events.intake.files import read_table
from alpes_events.people.accounts import AccountIn, create_account
from alpes_events.people.models import AccessAudit, Role
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.support.databases import Templates
from tests.support.stories import NOW, an_event, an_organisation, signs_up

PEOPLE = "nom;prénom;e-mail;commune\nBa;Awa;awa@example.org;Lambersart\nSix;Anne 🎉;;\n"


@pytest.fixture
def database(templates: Templates) -> Iterator[Database]:
    """A fresh SQLite database with an organisation: what the terminal adds does not depend on the engine."""
    with templates.fresh("sqlite", an_organisation) as fresh:
        yield fresh


def alpes(database: Database, *arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, obj=Terminal(database=database, now=lambda: NOW))


@pytest.fixture
def people_file(tmp_path: Path) -> str:
    """A file with a good row and a bad one."""
    file = tmp_path / "gens.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    return str(file)


def test_import_says_what_it_did_and_refused_by_line(database: Database, people_file: str) -> None:
    result = alpes(database, "import", "people", people_file)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "Lignes lues : 2 ; ajoutées : 1 ; déjà là : 0 ; refusées : 1.",
        "Ligne 3, colonne « prénom » : Un nom s’écrit avec des lettres : retirez 🎉.",
    ]


def test_import_answers_machines(database: Database, people_file: str) -> None:
    answer = json.loads(alpes(database, "import", "people", people_file, "--json", "--all-or-nothing").stdout)
    assert (answer["read"], answer["refused"], answer["written"]) == (2, 1, False)
    assert answer["issues"] == [
        {"line": 3, "column": "prénom", "reason": "Un nom s’écrit avec des lettres : retirez 🎉."}
    ]


def test_template_of_every_kind_is_a_file_to_fill_in(database: Database) -> None:
    for kind in ("events", "people", "registrations", "attendance", "exhibitors", "interviews", "visitors"):
        result = alpes(database, "import", kind, "--template")
        assert result.exit_code == 0
        assert len(read_table("modele.csv", result.stdout_bytes).lines) == 1


def test_every_column_stands_in_the_help(database: Database) -> None:
    shown = alpes(database, "import", "registrations", "--help").stdout
    assert "événement *" in shown
    assert "inscrit par" in shown
    assert "alpes import registrations registrations.csv --dry-run" in shown


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("import", "people"), 2, "--template"),
        (("import", "people", "rien.csv"), 2, "rien.csv"),
        (("import", "meteo"), 2, "meteo"),
        (("export", "registrations", "--event", "inconnu"), 1, "n’existe pas"),
        (("export", "registrations"), 2, "--event"),
        (("export", "events", "--year", "vingt"), 2, "vingt"),
    ],
)
def test_refusals_end_with_1_and_wrong_usage_with_2(
    database: Database, arguments: tuple[str, ...], code: int, says: str
) -> None:
    result = alpes(database, *arguments)
    assert result.exit_code == code
    assert says in result.stderr


def test_file_that_is_too_large_is_refused_without_being_read_whole(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "gros.csv"
    file.write_bytes(b"nom;prenom\n" + b"x" * 20_000_000)
    result = alpes(database, "import", "people", str(file))
    assert (result.exit_code, "10 Mo" in result.stderr) == (1, True)


@pytest.fixture
def event_id(database: Database) -> int:
    """An event with somebody signed up by an advisor, and somebody by the site."""
    with database.writing() as db:
        account = AccountIn("conseil@example.org", "Nadège Lemahieu", Role.ADVISOR, "un phare dans la brume", "PLIE")
        advisor = create_account(db, account, now=NOW)
        made = an_event(db)
        signs_up(db, made, 1, channel=Channel.ADVISOR, account_id=advisor, form_key=None)
        signs_up(db, made, 2)
        db.commit()
    return made


def exported(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0
    return list(csv.DictReader(StringIO(result.stdout_bytes.decode("utf-8-sig")), delimiter=";"))


def test_export_of_sign_ups_says_who_signed_each_person_up(database: Database, event_id: int) -> None:
    rows = exported(alpes(database, "export", "registrations", "--event", str(event_id)))
    told = [(row["nom"], row["inscrit par"], row["compte"], row["structure"], row["état"]) for row in rows]
    assert told == [
        ("Nomb", "conseiller", "conseil@example.org", "PLIE", "inscrit"),
        ("Nomc", "en ligne", "", "", "inscrit"),
    ]
    with database.reading() as db:
        audit = db.exec(select(AccessAudit).order_by(col(AccessAudit.id).desc())).first()
    assert audit is not None
    assert (audit.action, audit.subject_id, audit.count) == ("exported", event_id, 2)


def test_export_of_sign_ups_is_a_file_that_import_reads(database: Database, event_id: int, tmp_path: Path) -> None:
    for name in ("inscriptions.csv", "inscriptions.xlsx"):
        file = tmp_path / name
        alpes(database, "export", "registrations", "--event", str(event_id), "--output", str(file))
        answer = json.loads(alpes(database, "import", "registrations", str(file), "--json").stdout)
        assert (answer["there"], answer["issues"]) == (2, [])


def test_export_of_a_year_counts_sign_ups_by_who_made_them(database: Database, event_id: int) -> None:
    rows = exported(alpes(database, "export", "events", "--year", "2026"))
    assert [(row["titre"], row["date"], row["inscrits"]) for row in rows] == [("Job dating d’essai", "12/03/2026", "2")]
    assert (rows[0]["inscrits en ligne"], rows[0]["inscrits par un conseiller"]) == ("1", "1")
    assert exported(alpes(database, "export", "events", "--year", "2025")) == []
    assert event_id > 0
