"""Imported exhibitors are tied to their company: one over the years, new where nobody knows it, asked where two fit."""

import json

import pytest
from sqlmodel import Session, col, select

from alpes_events.companies.commands import add_company
from alpes_events.companies.doubles import propose_double
from alpes_events.companies.draft import NOWHERE, CompanyDraft, EstablishmentDraft
from alpes_events.companies.merging import merge_companies
from alpes_events.companies.models import Company, Establishment
from alpes_events.database.engine import Database
from alpes_events.fair.commands import add_exhibitor
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.stand import ExhibitorDraft
from tests.integration.test_imports import counts, imported, rows
from tests.integration.test_intake_commands import alpes
from tests.support.stories import NOW, an_event

SIRET = "55210055400013"
HEADING = "événement;exposant;SIRET;commune;CP\n"


@pytest.fixture
def years(organised: Database) -> tuple[Database, int, int]:
    """The same forum, two years."""
    with organised.writing() as db:
        events = [an_event(db, title=title) for title in ("Forum 2023", "Forum 2024")]
        db.commit()
    return organised, events[0], events[1]


def company(db: Session, name: str, place: EstablishmentDraft = NOWHERE) -> int:
    return add_company(db, CompanyDraft(name), place, now=NOW, account_id=None)


def tied(database: Database) -> list[tuple[str, str | None]]:
    """Each exhibitor with the name of its company, in the order of their lines."""
    statement = (
        select(Exhibitor.name, Company.name)
        .join(Company, col(Company.id) == col(Exhibitor.company_id), isouter=True)
        .order_by(col(Exhibitor.id))
    )
    with database.reading() as db:
        return [(name, other) for name, other in db.exec(statement)]


def test_company_is_one_over_the_years_however_it_is_typed(years: tuple[Database, int, int]) -> None:
    database, *_ = years
    first = (
        f"{HEADING}Forum 2023;Filature des Prés;{SIRET};Lambersart;59130\nForum 2023;Atelier du Nord;;Lompret;59840\n"
    )
    second = f"{HEADING}Forum 2024;SARL FILATURE DES PRES;;Lambersart;59130\nForum 2024;L’Atelier du Nord;;;\n"
    assert counts(imported(database, "exhibitors", first)) == (2, 2, 0, 0)
    assert counts(imported(database, "exhibitors", second)) == (2, 2, 0, 0)
    assert tied(database) == [
        ("Filature des Prés", "Filature des Prés"),
        ("Atelier du Nord", "Atelier du Nord"),
        ("SARL FILATURE DES PRES", "Filature des Prés"),
        ("L’Atelier du Nord", "Atelier du Nord"),
    ]
    assert rows(database, select(Establishment.siret).order_by(col(Establishment.id))) == [SIRET, None]
    again = imported(database, "exhibitors", first)
    assert (counts(again), again.warnings) == ((2, 0, 2, 0), ())
    assert len(rows(database, select(Company.id))) == 2


def test_siret_settles_it_whatever_the_name_also_after_a_merge(years: tuple[Database, int, int]) -> None:
    database, *_ = years
    with database.writing() as db:
        old = company(db, "Ancien nom", EstablishmentDraft(siret=SIRET))
        kept = company(db, "Nouveau nom")
        proposal = propose_double(db, old, kept, now=NOW)
        merge_companies(db, proposal, kept_id=kept, now=NOW, account_id=None)
        db.commit()
    assert counts(imported(database, "exhibitors", f"{HEADING}Forum 2023;Tout autre nom;{SIRET};;\n")) == (1, 1, 0, 0)
    assert tied(database) == [("Tout autre nom", "Nouveau nom")]


def test_same_name_in_another_town_is_another_company(years: tuple[Database, int, int]) -> None:
    database, *_ = years
    with database.writing() as db:
        company(db, "Boulangerie Petit", EstablishmentDraft(insee_code="59328"))
        db.commit()
    imported(database, "exhibitors", f"{HEADING}Forum 2023;Boulangerie Petit;;Lompret;59840\n")
    assert len(rows(database, select(Company.id))) == 2


def test_where_two_fit_the_row_is_written_and_the_question_told(years: tuple[Database, int, int]) -> None:
    database, *_ = years
    with database.writing() as db:
        first = company(db, "Filature", EstablishmentDraft(insee_code="59328"))
        second = company(db, "Filature", EstablishmentDraft(insee_code="59352"))
        db.commit()
    content = f"{HEADING}Forum 2023;Seule;;;\nForum 2023;Filature;;;\n"
    report = imported(database, "exhibitors", content)
    assert counts(report) == (2, 2, 0, 0)
    [asked] = report.warnings
    assert (asked.line, asked.column, asked.typed) == (3, "exposant", "Filature")
    assert f"n° {first}" in asked.sentence.in_language("fr")
    assert f"n° {second}" in asked.sentence.in_language("fr")
    assert tied(database) == [("Seule", "Seule"), ("Filature", None)]
    with database.writing() as db:
        merge_companies(db, propose_double(db, first, second, now=NOW), kept_id=first, now=NOW, account_id=None)
        db.commit()
    again = imported(database, "exhibitors", content)
    assert (counts(again), again.warnings) == ((2, 0, 2, 0), ())
    assert tied(database) == [("Seule", "Seule"), ("Filature", "Filature")]


def test_exhibitor_that_was_there_gets_its_company_and_keeps_it(years: tuple[Database, int, int]) -> None:
    database, first, _ = years
    with database.writing() as db:
        add_exhibitor(db, first, ExhibitorDraft("Filature"), now=NOW, account_id=None)
        db.commit()
    assert tied(database) == [("Filature", None)]
    assert counts(imported(database, "exhibitors", f"{HEADING}Forum 2023;Filature;;Lambersart;59130\n")) == (1, 0, 1, 0)
    assert tied(database) == [("Filature", "Filature")]
    imported(database, "exhibitors", f"{HEADING}Forum 2023;Filature;;Lompret;59840\n")
    assert len(rows(database, select(Company.id))) == 1


@pytest.mark.parametrize("siret", ["55210055400014", "552100554"])
def test_siret_that_cannot_be_refuses_its_row_alone(years: tuple[Database, int, int], siret: str) -> None:
    database, *_ = years
    report = imported(database, "exhibitors", f"{HEADING}Forum 2023;Seule;;;\nForum 2023;Lys;{siret};;\n")
    assert [(one.line, one.column) for one in report.issues] == [(3, "SIRET")]
    assert rows(database, select(Exhibitor.name)) == ["Seule"]


def test_command_tells_the_question_in_words_and_to_a_program(
    years: tuple[Database, int, int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    database, *_ = years
    with database.writing() as db:
        for code in ("59328", "59352"):
            company(db, "Filature", EstablishmentDraft(insee_code=code))
        db.commit()
    file = tmp_path_factory.mktemp("files") / "exposants.csv"
    file.write_text(f"{HEADING}Forum 2023;Filature;;;\n", encoding="utf-8")
    answer = json.loads(alpes(database, "import", "exhibitors", str(file), "--dry-run", "--json").stdout)
    assert [(one["line"], one["column"]) for one in answer["warnings"]] == [(2, "exposant")]
    told = alpes(database, "import", "exhibitors", str(file)).stdout
    assert "Lignes écrites, avec une question" in told
    assert "Plusieurs entreprises peuvent être" in told
