"""Tables come in by files and go out by files, with hours and wishes: each once, and nothing guessed."""

import csv
import re
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from sqlmodel import Session, col, select

from alpes_events.attendance.models import Channel
from alpes_events.attendance.release import cancel_registration
from alpes_events.companies.models import Establishment
from alpes_events.database.engine import Database
from alpes_events.fair.models import Exhibitor
from alpes_events.intake.interview_export import Prepared, prepared_sheet
from alpes_events.interviews.hours import Hours, say_hours
from alpes_events.interviews.interest import set_interest
from alpes_events.interviews.models import InterviewTable
from alpes_events.interviews.table import TableDraft
from alpes_events.interviews.tables import open_table
from alpes_events.language.cells import csv_document
from alpes_events.people.audit import AuditAction
from alpes_events.people.models import AccessAudit
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.integration.test_imports import counts, imported, told
from tests.support.meetings import a_fair, comes, wishes
from tests.support.stories import NOW

HEADING = "événement;exposant;SIRET;ouvre;ferme;minutes par entretien;pauses;table\n"
TITLE = "Job dating d’essai"


@pytest.fixture
def fair(organised: Database) -> tuple[Database, int, int]:
    """A database with an event from 14:00 to 17:00, and its first exhibitor."""
    with organised.writing() as db:
        event_id, (mill, _bakery) = a_fair(db, "Filature des Prés", "Boulangerie")
        db.commit()
    return organised, event_id, mill


def tables(db: Session) -> list[tuple[int, str, int, int, int, list[list[int]]]]:
    rows = db.exec(select(InterviewTable).order_by(col(InterviewTable.id)))
    return [(row.exhibitor_id, row.name, row.opens, row.closes, row.minutes, row.breaks) for row in rows]


def test_tables_come_in_once_and_go_out_as_they_came(fair: tuple[Database, int, int]) -> None:
    database, event_id, mill = fair
    file = (
        HEADING
        + f"{TITLE};FILATURE DES PRES;;14:00;16 h;15;15:00-15:10;\n" * 2
        + f"{TITLE};Boulangerie;;14:30;15:30;;14:40 – 14:45, 15 h 00 - 15 h 05;Fournil\n"
    )
    report = imported(database, "tables", file)
    assert (told(report), counts(report)) == ([], (3, 3, 0, 0))
    assert counts(imported(database, "tables", file)) == (3, 0, 3, 0)
    with database.reading() as db:
        found = tables(db)
        sheet = prepared_sheet(db, event_id, Prepared.TABLES, language="fr")
    assert found == [
        (mill, "Table 1", 0, 120, 15, [[60, 70]]),
        (mill, "Table 2", 0, 120, 15, [[60, 70]]),
        (mill + 1, "Fournil", 30, 90, 10, [[40, 45], [60, 65]]),
    ]
    first = ["Boulangerie", "", "14:30", "15:30", 10, "14:40-14:45, 15:00-15:05", "Fournil"]
    assert list(sheet.rows[0])[2:] == first
    again = imported(database, "tables", csv_document(sheet.heading, sheet.rows).decode("utf-8-sig"))
    assert counts(again) == (3, 0, 3, 0)


def test_exhibitor_is_found_by_the_siret_of_its_company(fair: tuple[Database, int, int]) -> None:
    database, _event_id, mill = fair
    with database.writing() as db:
        company_id = db.get_one(Exhibitor, mill).company_id or 0
        place = db.exec(select(Establishment).where(col(Establishment.company_id) == company_id)).one()
        place.siret = "55210055400013"
        db.commit()
    report = imported(database, "tables", f"{HEADING}{TITLE};;552 100 554 00013;14:00;15:00;;;\n")
    assert (told(report), counts(report)) == ([], (1, 1, 0, 0))


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        (";;14:00;15:00;;;", "exposant", "Il faut le nom de l’exposant"),
        ("Inconnue;;14:00;15:00;;;", "exposant", "n’expose pas"),
        (";55210055400013;14:00;15:00;;;", "SIRET", "n’expose pas"),
        ("Boulangerie;;13:00;15:00;;;", "ouvre", "en dehors de l’événement"),
        ("Boulangerie;;14:00;18:00;;;", "ferme", "en dehors de l’événement"),
        ("Boulangerie;;14:00;;;;", "ferme", "manque"),
        ("Boulangerie;;14:00;15:00;7;;", "minutes par entretien", "de 5 en 5"),
        ("Boulangerie;;14:00;15:00;;midi;", "pauses", "n’est pas une pause"),
        ("Boulangerie;;14:00;15:00;;14:50-15:10;", "pauses", "en dehors des heures"),
    ],
)
def test_row_that_cannot_be_is_told_with_its_line_and_reason_and_the_others_are_written(
    fair: tuple[Database, int, int], line: str, column: str, said: str
) -> None:
    database, _event_id, _mill = fair
    report = imported(database, "tables", f"{HEADING}{TITLE};Filature des Prés;;14:00;15:00;;;\n{TITLE};{line}\n")
    ((number, heading, sentence),) = told(report)
    assert (number, heading, said in sentence) == (3, column, True)
    assert counts(report) == (2, 1, 0, 1)


def test_hours_and_wishes_go_out_of_those_who_stand_and_each_taking_is_noted(
    fair: tuple[Database, int, int], tmp_path: Path
) -> None:
    database, event_id, mill = fair
    with database.writing() as db:
        open_table(db, mill, TableDraft(0, 60, 10), now=NOW)
        me, gone = comes(db, event_id, 1), comes(db, event_id, 2)
        for one in (me, gone):
            wishes(db, one, (mill, True), mill + 1)
            say_hours(db, one, Hours(30, None, 2), by=Channel.SELF, now=NOW)
        set_interest(db, mill, me, interested=True, now=NOW)
        cancel_registration(db, gone, by="self", now=NOW)
        db.commit()
    terminal = Terminal(database=database, now=lambda: NOW)

    def taken(*options: str) -> list[list[str]]:
        run = CliRunner().invoke(main, ["export", "interviews", "--event", str(event_id), *options], obj=terminal)
        assert run.exit_code == 0, run.output
        return list(csv.reader(StringIO(run.output.removeprefix("\ufeff")), delimiter=";"))[1:]

    assert [row[1:] for row in taken("--sheet", "hours")] == [["Nomb", "Prénomb", "14:30", "", "2"]]
    assert [row[1:] for row in taken("--sheet", "wishes")] == [
        ["Nomb", "Prénomb", "Filature des Prés", "1", "oui", "oui"],
        ["Nomb", "Prénomb", "Boulangerie", "2", "non", "non"],
    ]
    assert len(taken()) == 1
    taken("--output", str(file := tmp_path / "entretiens.xlsx"))
    names = re.findall(r'<sheet name="([^"]+)"', ZipFile(file).read("xl/workbook.xml").decode())
    assert names == ["Tables d’entretien", "Heures de présence", "Souhaits de rencontre"]
    with database.reading() as db:
        noted = db.exec(select(AccessAudit).where(col(AccessAudit.action) == AuditAction.EXPORTED.value)).all()
    assert len(noted) == 4
