"""`alpes clause import` and its files: what workbooks hold, what is refused before it opens, what is printed."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlmodel import func, select

from alpes_events.clause.tables.ledger_rows import HourEntry
from alpes_events.database.engine import Database
from alpes_events.people.models import Candidate
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.support.web import SETTINGS
from tests.support.workbooks import entry_of, with_entry, workbook

LATER = datetime(2026, 6, 1, tzinfo=UTC)
SHEET = "xl/worksheets/sheet1.xml"
HEAD = ("nom", "prénom", "maître d’ouvrage", "opération", "marché", "entreprise", "mois", "heures")
EMMA = ("Dupont", "Emma", "Ville", "École", "M1", "Bâtiment Nord")


def brought(database: Database, file: Path, *options: str) -> Result:
    terminal = Terminal(settings=SETTINGS, database=database, now=lambda: LATER)
    return CliRunner().invoke(
        main, ["clause", "import", str(file), *options], obj=terminal, env={"LC_ALL": "fr_FR.UTF-8"}
    )


def entries(database: Database) -> int:
    with database.reading() as db:
        return db.exec(select(func.count()).select_from(HourEntry)).one()


def minutes(database: Database) -> list[int]:
    with database.reading() as db:
        return sorted(db.exec(select(HourEntry.minutes)))


def test_workbook_holds_dates_numbers_and_durations(organised: Database, tmp_path: Path) -> None:
    file = tmp_path / "heures.xlsx"
    file.write_bytes(
        workbook(
            HEAD,
            (*EMMA, datetime(2026, 1, 1), 12.5),
            (*EMMA, datetime(2026, 2, 28), timedelta(hours=35, minutes=30)),
            (*EMMA, "mars 2026", "12h30"),
        )
    )
    result = brought(organised, file)
    assert result.exit_code == 0, result.output
    assert minutes(organised) == [750, 750, 35 * 60 + 30]


def with_formula(cached: bytes) -> bytes:
    """The cell of the hours computed, as a spreadsheet writes it, and libraries that leave no value beside."""
    content = workbook(HEAD, (*EMMA, "01/2026", 12.5))
    sheet = entry_of(content, SHEET).replace(b"<v>12.5</v>", b"<f>6+6.5</f>" + cached)
    return with_entry(content, SHEET, sheet, replacing=True)


@pytest.mark.parametrize("cached", [b"<v>12.5</v>", b"<v></v>", b"<v/>", b""])
def test_workbook_with_a_formula_is_refused_with_or_without_its_value(
    organised: Database, tmp_path: Path, cached: bytes
) -> None:
    file = tmp_path / "heures.xlsx"
    file.write_bytes(with_formula(cached))
    result = brought(organised, file)
    assert (result.exit_code, entries(organised)) == (1, 0)
    assert "Ce classeur a une formule (H2) : collez ses valeurs, puis recommencez." in result.stderr


def macros(content: bytes) -> bytes:
    return with_entry(content, "xl/vbaProject.bin", b"x")


def a_million_rows(content: bytes) -> bytes:
    far = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    return with_entry(content, SHEET, entry_of(content, SHEET).replace(b"</sheetData>", far), replacing=True)


def rows_without_cells(content: bytes) -> bytes:
    empty = b"".join(b'<row r="%d"/>' % number for number in range(3, 200_000)) + b"</sheetData>"
    return with_entry(content, SHEET, entry_of(content, SHEET).replace(b"</sheetData>", empty), replacing=True)


def a_bomb(content: bytes) -> bytes:
    bomb = bytearray(with_entry(content, "xl/media/filler.bin", b"\0" * 1000))
    where = bomb.rindex(b"PK\x01\x02")
    bomb[where + 24 : where + 28] = (2_000_000_000).to_bytes(4, "little")
    return bytes(bomb)


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        (macros, "contient des macros"),
        (a_million_rows, "une cellule loin des autres"),
        (rows_without_cells, "a des lignes vides au-delà de la ligne 155000 : copiez les seules lignes remplies"),
        (a_bomb, "trop grand une fois ouvert"),
        (lambda _content: b"PK\x03\x04 et rien", "abîmé"),
        (lambda _content: b"nom;heures", "n’est pas un classeur XLSX"),
    ],
)
def test_workbook_that_nobody_should_open_is_refused_in_a_sentence(
    organised: Database, tmp_path: Path, spoilt: Callable[[bytes], bytes], reason: str
) -> None:
    file = tmp_path / "heures.xlsx"
    file.write_bytes(spoilt(workbook(HEAD, (*EMMA, "01/2026", 12.5))))
    result = brought(organised, file)
    assert (result.exit_code, entries(organised)) == (1, 0)
    assert reason in result.stderr
    assert "Traceback" not in result.output


def written(folder: Path, *rows: str) -> Path:
    file = folder / "heures.csv"
    file.write_text("\n".join([";".join(HEAD), *rows]), encoding="utf-8")
    return file


def test_dry_run_prints_what_would_be_and_which_rows_are_refused(organised: Database, tmp_path: Path) -> None:
    file = written(tmp_path, f"{';'.join(EMMA)};01/2026;12,5", f"{';'.join(EMMA)};01/2026;-4")
    result = brought(organised, file, "--dry-run")
    assert (result.exit_code, entries(organised)) == (1, 0)
    assert "Lignes lues : 2 ; ajoutées : 1 ; déjà là : 0 ; refusées : 1." in result.stdout
    assert "Ligne 3, colonne « heures » : Inscrivez un nombre d’heures plus grand que zéro." in result.stdout
    assert "Heures du fichier à inscrire : 12\xa0h\xa030." in result.stdout
    assert "À créer : 1 marché, 1 lot, 1 entreprise, 1 personne, 1 contrat de travail." in result.stdout
    assert "Rien n’a été écrit." in result.stdout


def test_dry_run_names_what_would_be_created(organised: Database, tmp_path: Path) -> None:
    names = [letter * 8 for letter in "ABCDEFGHIJKLM"]
    rows = [f"Dupont;Emma;Ville;École;M1;{name};01/2026;1" for name in names]
    file = written(tmp_path, *rows)
    told = brought(organised, file, "--dry-run").stdout
    lines = told.splitlines()
    assert lines[lines.index("1 marché :") + 1] == "  M1, École, Ville, 01/01/2026 – …"
    assert lines[lines.index("1 lot :") + 1] == "  M1, lot 1"
    assert lines[lines.index("1 personne :") + 1] == "  Emma Dupont"
    companies = lines.index("13 entreprises :")
    assert lines[companies + 1 : companies + 12] == [
        *(f"  {name}" for name in names[:10]),
        "  et 3 autres.",
    ]
    machine = json.loads(brought(organised, file, "--dry-run", "--json").stdout)
    assert machine["new"]["companies"] == names
    assert (machine["created"]["companies"], machine["new"]["contracts"]) == (13, ["M1, École, Ville, 01/01/2026 – …"])
    done = brought(organised, file).stdout
    assert "Ce qui est créé : 1 marché, 1 lot, 13 entreprises, 1 personne, 13 contrats de travail." in done
    assert ("À créer" in done, "Heures inscrites : 13\xa0h." in done) == (False, True)


def test_questions_are_said_of_rows_that_were_written_only_when_some_were(organised: Database, tmp_path: Path) -> None:
    with organised.writing() as db:
        at = {"created_at": LATER, "updated_at": LATER, "last_active_at": LATER}
        born: dict[str, Any] = {"birth_on": date(1991, 11, 4), **at}
        db.add(Candidate(family_name="Dupont", given_name="Emma", search_name="dupont emma", **born))
        db.commit()
    both = written(tmp_path, f"{';'.join(EMMA)};01/2026;1")
    dry = brought(organised, both, "--dry-run").stdout
    assert ("Lignes avec une question :" in dry, "Lignes écrites" in dry) == (True, False)
    assert "Lignes écrites, avec une question :" in brought(organised, both).stdout


def test_corrected_rows_are_counted_as_such(organised: Database, tmp_path: Path) -> None:
    brought(organised, written(tmp_path, f"{';'.join(EMMA)};01/2026;12,5"))
    told = brought(organised, written(tmp_path, f"{';'.join(EMMA)};01/2026;14"), "--correct").stdout
    assert "Lignes lues : 1 ; ajoutées : 0 ; déjà là : 0 ; refusées : 0." in told
    assert "Lignes corrigées au registre : 1." in told


def test_report_for_machines_names_matches_with_their_scores(organised: Database, tmp_path: Path) -> None:
    with organised.writing() as db:
        at = {"created_at": LATER, "updated_at": LATER, "last_active_at": LATER}
        born: dict[str, Any] = {"birth_on": date(1991, 11, 4), **at}
        db.add(Candidate(family_name="Dupont", given_name="Emma", search_name="dupont emma", **born))
        db.commit()
    answer = brought(organised, written(tmp_path, f"{';'.join(EMMA)};01/2026;12,5"), "--dry-run", "--json")
    told = json.loads(answer.stdout)
    assert (told["read"], told["added"], told["minutes"], told["written"]) == (1, 1, 750, False)
    (match,) = told["matches"]
    assert (match["line"], match["kind"], match["typed"]) == (2, "person", "Emma Dupont")
    assert match["found"].startswith("Emma Dupont, 04/11/1991, n° ")
    assert 0 < match["score"] < 1


def test_options_choose_the_account_and_whether_contracts_are_created(organised: Database, tmp_path: Path) -> None:
    file = written(tmp_path, f"{';'.join(EMMA)};01/2026;12,5")
    assert brought(organised, file, "--known-contracts").exit_code == 1
    assert brought(organised, file, "--as", "declared").exit_code == 0
    assert brought(organised, file, "--as", "validated", "--all-or-nothing").exit_code == 0
    assert entries(organised) == 2
    changed = written(tmp_path, f"{';'.join(EMMA)};01/2026;14")
    refused = brought(organised, changed)
    assert refused.exit_code == 1
    assert "Le registre a 12\xa0h\xa030, le fichier 14\xa0h" in refused.stdout
    assert brought(organised, changed, "--correct").exit_code == 0
    assert minutes(organised) == [-750, 750, 750, 840]
