"""Services come in by files: each act once, for somebody known or new, and nothing that its kind does not know."""

import pytest
from click.testing import CliRunner
from sqlmodel import col, select

from alpes_events.database.engine import Database
from alpes_events.language.cells import csv_document
from alpes_events.people.models import Candidate
from alpes_events.services.acts import withdraw_act
from alpes_events.services.models import ServiceAct
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.integration.test_imports import counts, imported, rows, told
from tests.support.databases import Templates
from tests.support.stories import NOW, an_organisation

HEADING = "service;jour;nom;prénom;e-mail;date de naissance;groupe;organisme;lieu;précision;quantité;unité\n"
ACTS = (
    "Aide financière;03/02/2026;Sarr;Fatou;fatou@example.org;;;;;Fonds d’aide;12,50;euros\n"
    "accompagnement social;2026-02-03;Sarr;Fatou;fatou@example.org;;;;;;1 h 30;heures\n"
    "cyber_base_use;03/02/2026;;;;;;;Lambersart;;;\n"
    "cyber_base_use;03/02/2026;;;;;;;Lambersart;;;\n"
    "SIAE placement;03/02/2026;Wattel;Hugo;;04/11/1991;;;;aci;;\n"
    "Titre de transport;03/02/2026;Wattel;Hugo;;04/11/1991;;;;;2;titres\n"
).replace("SIAE placement", "Placement en structure d’insertion (SIAE)")


def test_acts_come_in_once_each_for_somebody_known_or_new(organised: Database) -> None:
    report = imported(organised, "services", HEADING + ACTS)
    assert (told(report), counts(report)) == ([], (6, 6, 0, 0))
    assert counts(imported(organised, "services", HEADING + ACTS)) == (6, 0, 6, 0)
    assert counts(imported(organised, "services", HEADING + ACTS, dry_run=True)) == (6, 0, 6, 0)
    assert rows(organised, select(Candidate.family_name).order_by(col(Candidate.id))) == ["Sarr", "Wattel"]
    stored = select(ServiceAct.kind, ServiceAct.quantity, ServiceAct.detail).order_by(col(ServiceAct.id))
    with organised.reading() as db:
        assert [tuple(one) for one in db.exec(stored)] == [
            ("financial_aid", 1250, "Fonds d’aide"),
            ("social_support", 90, ""),
            ("cyber_base_use", 1, ""),
            ("cyber_base_use", 1, ""),
            ("siae_placement", 1, "ACI"),
            ("transit_pass", 2, ""),
        ]


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("Aide;03/02/2026;Sarr;Fatou;;;;;;Fonds;12;", "service", "Choisissez"),
        ("Aide financière;;Sarr;Fatou;;;;;;Fonds;12;", "jour", "manque"),
        ("Aide financière;03/02/2027;Sarr;Fatou;;;;;;Fonds;12;", "jour", "pas encore venu"),
        ("Aide financière;03/02/2026;;;;;;;;Fonds;12;", "nom", "Il manque la personne"),
        ("Aide financière;03/02/2026;Sarr;Fatou;;;;;;;12;", "précision", "Il manque la précision"),
        ("Aide financière;03/02/2026;Sarr;Fatou;;;;;;Fonds;;", "quantité", "manque"),
        ("Aide financière;03/02/2026;Sarr;Fatou;;;;;;Fonds;douze;", "quantité", "12,50"),
        (
            "Aide financière;03/02/2026;Sarr;Fatou;;;;;;Fonds;12;heures",
            "unité",
            "se compte en « euros », pas en « heures »",
        ),
        ("Aide financière;03/02/2026;Sarr;Fatou;;;Groupe;;;Fonds;12;", "groupe", "ne note pas"),
        ("Mentor;03/02/2026;Sarr;Fatou;;;Parrainage;;;;;", "nom", "ne note pas la personne"),
        ("Placement en structure d’insertion (SIAE);03/02/2026;Sarr;Fatou;;;;;;XYZ;;", "précision", "liste"),
        (f"Rendez-vous;03/02/2026;Sarr;Fatou;;;;;{'x' * 101};;;", "lieu", "trop long"),
    ],
)
def test_row_that_cannot_be_is_told_with_its_line_and_reason_and_the_others_are_written(
    organised: Database, line: str, column: str, said: str
) -> None:
    good = "Rendez-vous;03/02/2026;Sarr;Fatou;fatou@example.org;;;;;;;\n"
    report = imported(organised, "services", f"{HEADING}{good}{line}\n")
    ((number, heading, sentence),) = told(report)
    assert (number, heading, said in sentence) == (3, column, True)
    assert counts(report) == (2, 1, 0, 1)
    assert len(rows(organised, select(Candidate.id))) == 1


def test_act_that_was_taken_back_is_not_made_again(organised: Database) -> None:
    imported(organised, "services", HEADING + ACTS)
    with organised.writing() as db:
        withdraw_act(db, 1, now=NOW, account_id=None)
        db.commit()
    assert counts(imported(organised, "services", HEADING + ACTS)) == (6, 0, 6, 0)


def test_one_identifier_stands_on_one_row(organised: Database) -> None:
    line = "A-1;Rendez-vous;03/02/2026;Sarr;Fatou\n"
    report = imported(organised, "services", "identifiant;service;jour;nom;prénom\n" + line + line)
    ((number, _heading, sentence),) = told(report)
    assert (number, "répète la ligne 2" in sentence, counts(report)) == (3, True, (2, 1, 0, 1))


def test_exported_acts_come_back_as_they_were(organised: Database, templates: Templates) -> None:
    imported(organised, "services", HEADING + ACTS)
    terminal = Terminal(database=organised, now=lambda: NOW)
    written = CliRunner().invoke(main, ["export", "services", "--year", "2026"], obj=terminal)
    assert written.exit_code == 0
    with templates.fresh("sqlite", an_organisation) as other:
        report = imported(other, "services", written.stdout_bytes)
        assert (told(report), counts(report)) == ([], (6, 6, 0, 0))
        again = Terminal(database=other, now=lambda: NOW)
        answer = CliRunner().invoke(main, ["export", "services", "--year", "2026"], obj=again)
        assert sorted(answer.stdout.splitlines()) == sorted(written.stdout.splitlines())


def test_exported_formula_stays_text(organised: Database) -> None:
    row = ["Rendez-vous", "03/02/2026", "Sarr", "Fatou", "", "", "", "", "=1+1", "", "", ""]
    imported(organised, "services", csv_document(HEADING.strip().split(";"), [row]))
    terminal = Terminal(database=organised, now=lambda: NOW)
    assert "'=1+1" in CliRunner().invoke(main, ["export", "services", "--year", "2026"], obj=terminal).stdout
