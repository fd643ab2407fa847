"""Importing companies: one typed three ways is one, and each row that cannot be read is told with its line."""

import pytest
from sqlmodel import col, select

from alpes_events.companies.models import Company, CompanyContact, Establishment
from alpes_events.database.engine import Database
from alpes_events.intake.company_export import companies_sheet
from alpes_events.language.cells import Sheet, csv_document
from tests.integration.test_imports import counts, imported, rows, told
from tests.support.databases import Templates
from tests.support.stories import NOW, an_organisation

HEADING = "entreprise;SIRET;NAF;taille;SIAE;commune;CP;site;nom du contact;e-mail du contact\n"
THREE_WAYS = (
    "Atelier du Nord;552 100 554 00013;16.23Z;10 à 49;EI;Lambersart;59130;atelier.example;Haddad;rh@atelier.example\n"
    "SARL ATELIER DU NORD;;;;;Lambersart;59130;;Haddad;rh@atelier.example\n"
    "Un autre nom;55210055400013;;;;;;;Petit;\n"
)


def test_company_typed_three_ways_is_one(organised: Database) -> None:
    report = imported(organised, "companies", HEADING + THREE_WAYS)
    assert told(report) == []
    assert counts(report) == (3, 1, 2, 0)
    assert rows(organised, select(Company.name)) == ["Atelier du Nord"]
    assert rows(organised, select(Establishment.siret)) == ["55210055400013"]
    assert rows(organised, select(CompanyContact.family_name).order_by(col(CompanyContact.id))) == ["Haddad", "Petit"]
    again = imported(organised, "companies", HEADING + THREE_WAYS)
    assert counts(again) == (3, 0, 3, 0)
    assert len(rows(organised, select(CompanyContact.id))) == 2


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        (";;;;;;;;;", "entreprise", "manque"),
        ("Lys;55210055400014;;;;;;;;", "SIRET", "ne peut pas exister"),
        ("Lys;552100554;;;;;;;;", "SIRET", "SIREN"),
        ("Lys;;623;;;;;;;", "NAF", "NAF"),
        ("Lys;;;énorme;;;;;;", "taille", "Choisissez"),
        ("Lys;;;;SARL;;;;;", "SIAE", "Choisissez"),
        ("Lys;;;;;;59840;;;", "commune", ""),
        ("Lys;;;;;;;javascript:x;;", "site", "site"),
        ("Lys;;;;;;;;;rh@lys.example", "nom du contact", "nom du contact"),
        ("Lys;;;;;;;;Haddad;rh@", "e-mail du contact", "complète"),
    ],
)
def test_row_that_cannot_be_is_told_with_its_line_and_the_others_are_written(
    organised: Database, line: str, column: str, said: str
) -> None:
    if not line.strip(";"):
        line = ";;;;;Lambersart;;;;"
    report = imported(organised, "companies", f"{HEADING}Filature;;;;;;;;;\n{line}\n")
    ((number, heading), sentence) = (told(report)[0][:2], told(report)[0][2])
    assert (number, heading) == (3, column)
    assert said in sentence
    assert rows(organised, select(Company.name)) == ["Filature"]


def test_exported_companies_come_back_as_they_were(organised: Database, templates: Templates) -> None:
    imported(organised, "companies", HEADING + THREE_WAYS + "Hall;;;;;Tournai;7500;;;\nSans adresse;;;250+;;;;;;\n")
    sheet = exported(organised)
    with templates.fresh("sqlite", an_organisation) as other:
        report = imported(other, "companies", csv_document(sheet.heading, sheet.rows))
        assert told(report) == []
        assert counts(report) == (3, 3, 0, 0)
        assert exported(other) == sheet


def exported(database: Database) -> Sheet:
    with database.reading() as db:
        return companies_sheet(db, on=NOW.date(), language="fr")
