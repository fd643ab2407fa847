"""An imported ROME is kept with what was learned from it, takes the place of the one before, and proposes codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlmodel import col, select

from alpes_events.database.engine import Database
from alpes_events.occupations.models import Occupation, OccupationTitle, TrainedOccupations
from alpes_events.occupations.queries import parents_of, proposals
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.support.stories import NOW

CODES = (
    "code_rome;libelle_rome;code_rome_parent\n"
    "D1102;Boulangerie;D1102\nD1150;Boulangerie de nuit;D1102\nF1703;Maçonnerie;F1703\n"
)
A_CODE = "Un code ROME s’écrit comme « D1106 » : une lettre de A à N et quatre chiffres."
TITLES = "ogr_appellation;rome_code;libelle_appellation_long\n1;D1150;Tourier / Tourière\n2;F1703;Maçon / Maçonne\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "unix_referentiel_code_rome_v460_utf8.csv").write_text(CODES, encoding="utf-8")
    (tmp_path / "unix_referentiel_appellation_v460_utf8.csv").write_text(TITLES, encoding="utf-8")
    return tmp_path


@pytest.fixture
def imported(organised: Database, folder: Path) -> Database:
    assert alpes(organised, folder).exit_code == 0
    return organised


def alpes(database: Database, path: Path, *options: str) -> Result:
    arguments = ("import", "occupations", str(path), *options)
    return CliRunner().invoke(main, arguments, obj=Terminal(database=database, now=lambda: NOW))


def proposed(database: Database, title: str) -> list[str]:
    with database.reading() as db:
        return [one.code for one in proposals(db, title).proposals]


def test_import_keeps_codes_titles_and_version(imported: Database) -> None:
    with imported.reading() as db:
        kept = db.exec(select(Occupation.code, Occupation.parent_code, Occupation.version).order_by(Occupation.code))
        assert list(kept) == [("D1102", "D1102", "4.60"), ("D1150", "D1102", "4.60"), ("F1703", "F1703", "4.60")]
        titles = db.exec(select(OccupationTitle.title).order_by(col(OccupationTitle.number)))
        assert list(titles) == ["Tourier / Tourière", "Maçon / Maçonne"]


def test_title_of_a_finer_code_is_proposed_at_its_parent(imported: Database) -> None:
    assert proposed(imported, "tourière") == ["D1102"]
    with imported.reading() as db:
        assert parents_of(db, {"D1150", "F1703", "Z9999"}) == {"D1150": "D1102"}


def test_same_files_twice_change_nothing(imported: Database, folder: Path) -> None:
    with imported.reading() as db:
        before = db.exec(select(TrainedOccupations.sha256, TrainedOccupations.trained_at)).one()
    told = json.loads(alpes(imported, folder, "--json").stdout)
    assert (told["added"], told["there"], told["refused"]) == (0, 5, 0)
    with imported.reading() as db:
        assert db.exec(select(TrainedOccupations.sha256, TrainedOccupations.trained_at)).one() == before


def test_next_import_takes_the_place_of_the_one_before(imported: Database, tmp_path: Path) -> None:
    file = tmp_path / "metiers.csv"
    file.write_text("code_rome;libelle_rome\nG1602;Cuisine\nF1703;Maçonnerie\n", encoding="utf-8")
    assert alpes(imported, file).exit_code == 0
    with imported.reading() as db:
        assert list(db.exec(select(Occupation.code).order_by(Occupation.code))) == ["F1703", "G1602"]
    assert proposed(imported, "cuisine") == ["G1602"]
    assert proposed(imported, "tourière") == []


def test_dry_run_writes_nothing(organised: Database, folder: Path) -> None:
    told = json.loads(alpes(organised, folder, "--dry-run", "--json").stdout)
    assert (told["added"], told["written"]) == (5, False)
    with organised.reading() as db:
        assert db.exec(select(Occupation.code)).all() == []


def test_without_an_import_our_own_list_proposes(organised: Database) -> None:
    assert proposed(organised, "vendeuse boulangerie") == ["D1106"]
    assert proposed(organised, " ") == []


def test_bad_rows_are_told_by_line_and_the_others_kept(organised: Database, tmp_path: Path) -> None:
    file = tmp_path / "metiers.csv"
    file.write_bytes("code_rome,libelle_rome\nD1102,Pâtisserie\nX1,Rien\n".encode("iso8859-15"))
    result = alpes(organised, file)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "Métiers : 1 ; intitulés : 0 ; version : –.",
        "Lignes lues : 2 ; ajoutées : 1 ; déjà là : 0 ; refusées : 1.",
        "metiers.csv, ligne 3, colonne « code_rome » : " + A_CODE,
    ]
    with organised.reading() as db:
        assert db.exec(select(Occupation.label)).all() == ["Pâtisserie"]


def test_file_without_occupations_is_refused_with_what_to_give(organised: Database, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("rien ici", encoding="utf-8")
    result = alpes(organised, file)
    assert result.exit_code == 1
    assert "RefRomeCsv.zip" in result.stderr


def test_damaged_learning_is_passed_over(imported: Database) -> None:
    with imported.writing() as db:
        kept = db.exec(select(TrainedOccupations)).one()
        kept.content, kept.sha256 = b"damaged", "0" * 64
        db.add(kept)
        db.commit()
    assert proposed(imported, "vendeuse boulangerie") == ["D1106"]
