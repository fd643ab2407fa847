"""Companies made aware come in by files and go out by files: each talk once, with its company, and nothing guessed."""

from datetime import date

import pytest
from click.testing import CliRunner
from sqlmodel import Session, col, select

from alpes_events.companies.awareness import awareness_of, withdraw_awareness
from alpes_events.companies.awareness_rows import AwarenessSubject, CompanyAwareness
from alpes_events.companies.merging import merge_by_hand
from alpes_events.companies.models import Company, Establishment
from alpes_events.database.engine import Database
from alpes_events.intake.awareness_export import awareness_sheet
from alpes_events.language.cells import Sheet, csv_document
from alpes_web.cli import main
from alpes_web.company_words import SUBJECTS
from alpes_web.terminal import Terminal
from tests.integration.test_imports import counts, imported, rows, told
from tests.support.databases import Templates
from tests.support.employers import LAMBERSART, a_company
from tests.support.staff import Desk
from tests.support.stories import NOW, an_organisation

HEADING = "entreprise;SIRET;commune;CP;jour;sujet\n"
TALKS = (
    "Atelier du Nord;552 100 554 00013;Lambersart;59130;02/03/2026;Alternance\n"
    "SARL ATELIER DU NORD;;Lambersart;59130;02/03/2026;alternance\n"
    "Atelier du Nord;55210055400013;;;15/02/2026;PEC\n"
    "Hall;;Tournai;7500;2026-01-12;Clause sociale\n"
)


def exported(database: Database) -> Sheet:
    with database.reading() as db:
        return awareness_sheet(db, on=NOW.date(), language="fr")


def all_talks(db: Session) -> list[CompanyAwareness]:
    return list(db.exec(select(CompanyAwareness).order_by(col(CompanyAwareness.id))))


def test_talks_come_in_once_each_with_its_company_and_the_territory_of_its_day(organised: Database) -> None:
    report = imported(organised, "awareness", HEADING + TALKS)
    assert (told(report), counts(report)) == ([], (4, 3, 1, 0))
    assert counts(imported(organised, "awareness", HEADING + TALKS)) == (4, 0, 4, 0)
    assert rows(organised, select(Company.name).order_by(col(Company.id))) == ["Atelier du Nord", "Hall"]
    with organised.reading() as db:
        assert [(one.subject, one.held_on, one.in_territory) for one in all_talks(db)] == [
            (AwarenessSubject.WORK_STUDY, date(2026, 3, 2), True),
            (AwarenessSubject.AIDED_CONTRACTS, date(2026, 2, 15), True),
            (AwarenessSubject.CLAUSE, date(2026, 1, 12), False),
        ]


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        (";;Lambersart;;02/03/2026;Alternance", "entreprise", "manque"),
        ("Lys;;;;;Alternance", "jour", "manque"),
        ("Lys;;;;31/02/2026;Alternance", "jour", "31/02/2026"),
        ("Lys;;;;02/03/2226;Alternance", "jour", "n’est pas encore venu"),
        ("Lys;;;;02/03/2026;Météo", "sujet", "Choisissez"),
        ("Lys;55210055400014;;;02/03/2026;Alternance", "SIRET", "ne peut pas exister"),
        ("Jumelle;;;;02/03/2026;Alternance", "entreprise", "Plusieurs entreprises"),
    ],
)
def test_row_that_cannot_be_is_told_with_its_line_and_reason_and_the_others_are_written(
    organised: Database, line: str, column: str, said: str
) -> None:
    with organised.writing() as db:
        a_company(db, "Jumelle")
        a_company(db, "Jumelle", type(LAMBERSART)(commune_name="Mouscron"))
        db.commit()
    report = imported(organised, "awareness", f"{HEADING}Hall;;;;02/03/2026;Alternance\n{line}\n")
    ((number, heading, sentence),) = told(report)
    assert (number, heading, said in sentence) == (3, column, True)
    assert counts(report) == (2, 1, 0, 1)


def test_talk_that_was_taken_back_and_one_of_a_merged_record_are_not_made_again(organised: Database) -> None:
    with organised.writing() as db:
        kept, other = a_company(db, "Atelier du Nord"), a_company(db, "Filature")
        db.commit()
    file = f"{HEADING}Atelier du Nord;;;;02/03/2026;Alternance\nFilature;;;;02/03/2026;Parrainage\n"
    assert counts(imported(organised, "awareness", file)) == (2, 2, 0, 0)
    with organised.writing() as db:
        (taken,) = awareness_of(db, [kept])
        withdraw_awareness(db, taken.id, company_ids=[kept], now=NOW, account_id=None)
        merge_by_hand(db, kept, other, now=NOW, account_id=None)
        db.commit()
    assert counts(imported(organised, "awareness", file)) == (2, 0, 2, 0)
    assert [(row[0], row[-1]) for row in exported(organised).rows] == [("Atelier du Nord", "Parrainage")]


def test_exported_talks_come_back_as_they_were(organised: Database, templates: Templates) -> None:
    imported(organised, "awareness", HEADING + TALKS)
    imported(
        organised, "awareness", HEADING + "".join(f"Hall;;Tournai;;05/01/2026;{one}\n" for one in AwarenessSubject)
    )
    sheet = exported(organised)
    assert len(sheet.rows) == 3 + len(SUBJECTS)
    with templates.fresh("sqlite", an_organisation) as other:
        report = imported(other, "awareness", csv_document(sheet.heading, sheet.rows))
        assert (told(report), exported(other)) == ([], sheet)


def test_every_subject_is_read_as_the_pages_and_the_terminal_write_it(organised: Database) -> None:
    lines = "".join(f'Hall;;;;{day:02}/01/2026;"{words}"\n' for day, words in enumerate(SUBJECTS.values(), start=1))
    assert told(imported(organised, "awareness", HEADING + lines)) == []
    with organised.reading() as db:
        assert [one.subject for one in all_talks(db)] == list(SUBJECTS)


def test_site_and_terminal_give_the_same_file_in_which_nothing_is_a_formula(organised: Database) -> None:
    imported(organised, "awareness", f"{HEADING}=1+1;;Lambersart;59130;02/03/2026;Alternance\n")
    sent = Desk(organised).get("/staff/companies/awareness.csv")
    terminal = Terminal(database=organised, now=lambda: NOW)
    written = CliRunner().invoke(main, ["export", "awareness"], obj=terminal)
    assert (sent.status_code, sent.get_data(), written.exit_code) == (200, written.stdout_bytes, 0)
    assert "'=1+1" in sent.text
    assert rows(organised, select(Establishment.commune_name)) == ["Lambersart"]
