"""Participants come in by files and go out by files: each pathway once, refused rows told by line, nothing guessed."""

from datetime import date

import pytest
from click.testing import CliRunner
from sqlmodel import col, select

from alpes_events.database.engine import Database
from alpes_events.intake.pathway_export import pathways_sheet
from alpes_events.language.cells import csv_document
from alpes_events.pathways.directory import PathwayChoice
from alpes_events.pathways.models import Enrolment, PathwayExit, ReservedCriterion, ReservedExit
from alpes_events.people.models import Candidate
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.integration.test_imports import counts, imported, rows, told
from tests.support.stories import NOW
from tests.support.web import SETTINGS

HEADING = "nom;prénom;e-mail;dispositif;entrée;critères;structure;sortie;motif de sortie;preuve;mois d’emploi\n"
PEOPLE = (
    "Sarr;Fatou;fatou@example.org;PLIE;03/02/2025;RSA, RQTH;CCAS;20/01/2026;Santé;;\n"
    "Sarr;Fatou;fatou@example.org;CEJ;03/02/2025;;;;;;\n"
    "Wattel;Lucas;;plie;04/02/2025;Bénéficiaire de l’ASS;;20/01/2026;employment;Contrat;7\n"
)


def test_pathways_come_in_once_with_their_person_and_what_tells_of_health_apart(organised: Database) -> None:
    report = imported(organised, "pathways", HEADING + PEOPLE)
    assert (told(report), counts(report)) == ([], (3, 3, 0, 0))
    assert counts(imported(organised, "pathways", HEADING + PEOPLE)) == (3, 0, 3, 0)
    assert rows(organised, select(Candidate.given_name).order_by(col(Candidate.id))) == ["Fatou", "Lucas"]
    assert rows(organised, select(ReservedCriterion.code)) == ["RQTH"]
    assert rows(organised, select(ReservedExit.reason)) == ["health"]
    assert rows(organised, select(PathwayExit.job_months).order_by(col(PathwayExit.enrolment_id))) == [None, 7]


def test_trial_writes_nothing(organised: Database) -> None:
    assert counts(imported(organised, "pathways", HEADING + PEOPLE, dry_run=True)) == (3, 3, 0, 0)
    assert rows(organised, select(Enrolment.id)) == []


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("Sarr;Fatou;;ÉCOLE;03/02/2025;;;;;;", "dispositif", "n’est pas prévu ici"),
        ("Sarr;Fatou;;HANDICAP;03/02/2025;;;;;;", "dispositif", "n’est pas prévu ici"),
        ("Sarr;Fatou;;PLIE;;;;;;;", "entrée", "manque"),
        ("Sarr;Fatou;;PLIE;03/02/2027;;;;;;", "entrée", "dans l’avenir"),
        ("Sarr;Fatou;;PLIE;03/02/2025;XYZ;;;;;", "critères", "n’est pas prévu ici"),
        ("Sarr;Fatou;;PLIE;03/02/2025;;;20/01/2026;;;", "motif de sortie", "manque le motif"),
        ("Sarr;Fatou;;PLIE;03/02/2025;;;;Abandon;;", "sortie", "le jour de sortie"),
        ("Sarr;Fatou;;PLIE;03/02/2025;;;20/01/2026;Emploi;;", "motif de sortie", "n’est pas prévu ici"),
        ("Sarr;Fatou;;PLIE;03/02/2025;;;20/01/2024;Abandon;;", "sortie", "avant l’entrée"),
        ("Sarr;Fatou;;PLIE;03/02/2025;;;20/01/2026;employment;;7", "preuve", "document"),
        ("Sarr;Fatou;;PLIE;03/02/2025;;;20/01/2026;employment;Contrat;5", "mois d’emploi", "6 mois"),
    ],
)
def test_row_that_cannot_be_is_told_by_line_and_column(organised: Database, line: str, column: str, said: str) -> None:
    report = imported(organised, "pathways", HEADING + line + "\n" + PEOPLE.splitlines()[2] + "\n")
    (issue,) = told(report)
    assert (issue[0], issue[1], said in issue[2]) == (2, column, True), issue
    assert (report.added, report.refused) == (1, 1)


def test_exit_that_was_missing_is_added_by_a_later_file(organised: Database) -> None:
    start = "Sarr;Fatou;fatou@example.org;PLIE;03/02/2025;;;"
    imported(organised, "pathways", f"{HEADING}{start};;;\n")
    assert counts(imported(organised, "pathways", f"{HEADING}{start}20/01/2026;Abandon;;\n")) == (1, 1, 0, 0)
    again = imported(organised, "pathways", f"{HEADING}{start}21/01/2026;Abandon;;\n")
    assert counts(again) == (1, 0, 1, 0)
    assert [issue.line for issue in again.warnings] == [2]
    assert rows(organised, select(col(PathwayExit.exited_on))) == [date(2026, 1, 20)]


def test_pathway_that_is_over_comes_in_of_somebody_who_entered_again_since(organised: Database) -> None:
    start = "Sarr;Fatou;fatou@example.org;PLIE;"
    imported(organised, "pathways", f"{HEADING}{start}03/02/2025;;;;;;\n")
    past = f"{HEADING}{start}04/02/2019;;;20/01/2020;Abandon;;\n"
    assert counts(imported(organised, "pathways", past)) == (1, 1, 0, 0)
    assert counts(imported(organised, "pathways", past)) == (1, 0, 1, 0)
    (issue,) = told(imported(organised, "pathways", f"{HEADING}{start}04/02/2018;;;03/02/2025;Abandon;;\n"))
    assert "les jours se recouvrent" in issue[2]
    assert rows(organised, select(col(Enrolment.closed_on)).order_by(col(Enrolment.id))) == [None, date(2020, 1, 20)]


def test_participants_taken_away_can_be_imported_again_and_change_nothing(organised: Database) -> None:
    imported(organised, "pathways", HEADING + PEOPLE)
    with organised.reading() as db:
        sheet = pathways_sheet(db, PathwayChoice(), language="fr")
    report = imported(organised, "pathways", csv_document(sheet.heading, sheet.rows))
    assert (told(report), counts(report)) == ([], (3, 0, 3, 0))


def test_command_writes_participants_with_names_or_without(organised: Database) -> None:
    imported(organised, "pathways", HEADING + PEOPLE)
    terminal = Terminal(settings=SETTINGS, database=organised, now=lambda: NOW)
    asked = ["export", "participants", "--scheme", "PLIE", "--year", "2025"]
    named, nameless = (
        CliRunner().invoke(main, [*asked, *more], obj=terminal).output for more in ([], ["--pseudonymous"])
    )
    assert named.count("Sarr") == 1
    assert "Sarr" not in nameless
    assert [len(text.splitlines()) for text in (named, nameless)] == [3, 3]
