"""`alpes import logos`: every file of the folder is taken or named with its reason."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlmodel import select

from alpes_events.companies.commands import find_or_add_company
from alpes_events.companies.draft import CompanyDraft, EstablishmentDraft
from alpes_events.companies.models import Company
from alpes_events.database.engine import Database
from alpes_events.pictures.models import Upload
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.support.databases import Templates
from tests.support.drawn import picture
from tests.support.stories import NOW, an_organisation

SIRET = "73282932000074"


@pytest.fixture
def database(templates: Templates) -> Iterator[Database]:
    """A fresh SQLite database with companies, two of them of one name."""
    with templates.fresh("sqlite", an_organisation) as fresh:
        with fresh.writing() as db:
            for name, place in (
                ("Tissage Lemaire SARL", EstablishmentDraft(siret=SIRET)),
                ("Crêperie de l’Île", EstablishmentDraft(insee_code="59328")),
                ("Couture Dupont", EstablishmentDraft(insee_code="59328")),
                ("Couture Dupont", EstablishmentDraft(insee_code="59368")),
            ):
                find_or_add_company(db, CompanyDraft(name), place, now=NOW, account_id=None)
            db.commit()
        yield fresh


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good files, and one of each kind of bad one."""
    files = {
        f"{SIRET}.png": picture(across=80),
        "Creperie_de_l'Ile.png": picture(across=60),
        "Couture Dupont.png": picture(across=50),
        "73282932000075.png": picture(across=40),
        "Personne.png": picture(across=40),
        "Tissage Lemaire.png": b"<html>",
        "Tissage Lemaire.svg": b"<svg/>",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "anciens").mkdir()
    return tmp_path


def alpes(database: Database, *arguments: str) -> Result:
    return CliRunner().invoke(main, ("import", "logos", *arguments), obj=Terminal(database=database, now=lambda: NOW))


def with_logo(database: Database) -> set[str]:
    with database.reading() as db:
        return {row.name for row in db.exec(select(Company)) if row.logo_id is not None}


def test_each_file_is_taken_or_named_with_its_reason(database: Database, folder: Path) -> None:
    result = alpes(database, str(folder))
    assert result.exit_code == 1
    total, *refused = result.stdout.splitlines()
    assert total == "Fichiers lus : 8 ; logos donnés : 2 ; déjà là : 0 ; refusés : 6."
    reasons = dict(line.split(" : ", 1) for line in refused)
    assert reasons["73282932000075.png"].startswith("Ce SIRET ne peut pas exister")
    assert reasons["Couture Dupont.png"].startswith("Plusieurs entreprises portent ce nom")
    assert reasons["Personne.png"].startswith("Aucune entreprise ne porte ce nom")
    assert reasons["Tissage Lemaire.png"].startswith("Ce fichier n’est pas une image")
    assert reasons["Tissage Lemaire.svg"].startswith("Un fichier SVG peut cacher un programme")
    assert reasons["anciens"].startswith("Ce n’est pas un fichier")
    assert with_logo(database) == {"Tissage Lemaire SARL", "Crêperie de l’Île"}


def test_folder_read_twice_changes_nothing_more(database: Database, folder: Path) -> None:
    alpes(database, str(folder))
    again = json.loads(alpes(database, str(folder), "--json").stdout)
    assert [one["file"] for one in again if one["reason"] is None] == [f"{SIRET}.png", "Creperie_de_l'Ile.png"]
    assert not any(one["new"] for one in again)


def test_rehearsal_says_the_same_and_writes_nothing(database: Database, folder: Path) -> None:
    rehearsed = alpes(database, str(folder), "--dry-run").stdout
    assert with_logo(database) == set()
    with database.reading() as db:
        assert db.exec(select(Upload)).all() == []
    assert alpes(database, str(folder)).stdout == rehearsed
