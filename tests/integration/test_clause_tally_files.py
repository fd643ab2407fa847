"""The tally as files: numbered, sealed, equal to the minute whatever the form, and made anew as it was."""

import csv
import hashlib
import json
from io import BytesIO, StringIO
from pathlib import Path
from threading import Barrier, Thread

import pytest
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook
from sqlmodel import func, select

from alpes_events.clause.documents.documents import entries_since, make_document, the_document
from alpes_events.clause.ledger.hours import correct_hours
from alpes_events.clause.ledger.ledger import heads
from alpes_events.clause.ledger.verifying import verify
from alpes_events.clause.papers.going_out import file_of
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import ClauseDocument, DocumentKind
from alpes_events.clause.tally.keys import Cut
from alpes_events.clause.tally.wishes import NATIONAL, TallyWishes
from alpes_events.companies.models import Company
from alpes_events.database.engine import Database
from alpes_events.territory.models import Organisation
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.support.clause import FEBRUARY, JANUARY, a_site, employs, works
from tests.support.pdf import elements_of, pages_of, reader_of
from tests.support.stories import NOW
from tests.support.web import SETTINGS

HOUR = 60


@pytest.fixture
def counted(organised: Database) -> Database:
    """An operation in the territory and one outside, three people, of one of whom nobody knows where they live."""
    with organised.writing() as db:
        here, there = a_site(db, 1), a_site(db, 2, in_territory=False)
        people = [employs(db, here, 1), employs(db, there, 2, criterion_code="OETH"), employs(db, there, 3)]
        for employment_id, lives in zip(people, (True, True, None), strict=True):
            row = db.get_one(EmploymentContract, employment_id)
            row.in_territory = lives
            db.add(row)
        db.get_one(Company, there.company_id).name = "=1+1"
        for number, employment_id in enumerate(people):
            works(db, employment_id, 100 * HOUR + number)
            works(db, employment_id, 20 * HOUR, month=FEBRUARY)
        db.commit()
    return organised


def _alpes(database: Database, *arguments: str, language: str = "fr_FR.UTF-8") -> Result:
    terminal = Terminal(settings=SETTINGS, database=database, now=lambda: NOW)
    return CliRunner().invoke(main, ["clause", *arguments], obj=terminal, env={"LC_ALL": language})


def _json(database: Database, *arguments: str) -> dict[str, object]:
    told = json.loads(_alpes(database, "tally", "--year", "2026", "--format", "json", *arguments).stdout)
    assert isinstance(told, dict)
    return told


def test_tally_for_a_machine_has_the_matrix_and_the_heads(counted: Database) -> None:
    told = _json(counted, "--by", "operation")
    with counted.reading() as db:
        ends = heads(db)
    cuts = told.pop("cuts")
    assert told == {
        "year": 2026,
        "as_of": None,
        "minutes": {
            "in_resident": 7200,
            "in_nonresident": 0,
            "out_resident": 7201,
            "out_nonresident": 0,
            "unknown": 7202,
            "total": 21603,
        },
        "persons": {"resident": 2, "nonresident": 0, "unknown": 1, "total": 3},
        "operations": {"in": 1, "out": 1, "unknown": 0},
        "companies": 2,
        "chain_heads": [{"contract": one, "sequence": sequence, "hash": ended} for one, sequence, ended in ends],
    }
    assert isinstance(cuts, list)
    assert [(one["label"], one["minutes"], one["persons"]) for one in cuts] == [
        ("École 2", 14403, 2),
        ("École 1", 7200, 1),
    ]


@pytest.mark.parametrize("cut", [*(cut.value for cut in NATIONAL if "situation" not in cut), "person"])
def test_every_cut_adds_up_to_the_total_in_every_form(counted: Database, cut: str, tmp_path: Path) -> None:
    cuts = _json(counted, "--by", cut, "--health")["cuts"]
    assert isinstance(cuts, list)
    assert sum(one["minutes"] for one in cuts) == 21603
    rows = list(
        csv.reader(StringIO(_alpes(counted, "tally", "--year", "2026", "--by", cut, "--health").stdout), delimiter=";")
    )
    told = [row for row in rows[1:] if row[3] and row[0] not in {"Mutualisation", "Total"}]
    assert sum(int(row[3]) for row in told) == 21603
    file = tmp_path / "tally.xlsx"
    _alpes(counted, "tally", "--year", "2026", "--by", cut, "--health", "--format", "xlsx", "--output", str(file))
    sheet = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(1).to_python()
    assert sum(int(row[3]) for row in sheet[1:]) == 21603  # type: ignore[misc, arg-type]


def test_names_that_look_like_formulas_are_text(counted: Database) -> None:
    written = _alpes(counted, "tally", "--year", "2026", "--by", "company").stdout
    assert "'=1+1" in written


def test_persons_are_numbers_unless_names_are_asked(counted: Database) -> None:
    without = _alpes(counted, "tally", "--year", "2026", "--by", "person").stdout
    with_names = _alpes(counted, "tally", "--year", "2026", "--by", "person", "--names").stdout
    with counted.reading() as db:
        family = db.connection().exec_driver_sql("SELECT family_name FROM candidate ORDER BY id").scalars().first()
    assert family is not None
    assert (family in without, family in with_names) == (False, True)


def test_criterion_of_health_of_few_is_told_by_no_command_unless_it_is_asked(counted: Database) -> None:
    """One person has a criterion of health: without `--health` the cut is refused alone, and left out among others."""
    refused = _alpes(counted, "tally", "--year", "2026", "--by", "criterion")
    assert (refused.exit_code, "à la santé" in refused.stderr, refused.stdout) == (1, True, "")
    whole = _json(counted)["cuts"]
    assert isinstance(whole, list)
    assert Cut.CRITERION not in {one["by"] for one in whole}
    asked = _json(counted, "--by", "criterion", "--health")["cuts"]
    assert isinstance(asked, list)
    assert {one["key"] for one in asked} == {"OETH", "RSA"}
    with counted.reading() as db:
        assert the_document(db, db.exec(select(func.max(ClauseDocument.id))).one() or 0).number == "DEC-2026-0002"


def test_criteria_of_health_of_enough_people_are_one_part(counted: Database) -> None:
    with counted.writing() as db:
        db.get_one(Organisation, 1).small_cell_threshold = 1
        db.commit()
    cuts = _json(counted, "--by", "criterion")["cuts"]
    assert isinstance(cuts, list)
    assert {(one["key"], one["label"]) for one in cuts if one["key"] != "RSA"} == {("HEALTH", "Critère réservé")}
    of_a_day = _alpes(counted, "tally", "--year", "2026", "--by", "criterion", "--as-of", "2026-03-02")
    assert (of_a_day.exit_code, of_a_day.stdout) == (1, "")


def test_tally_as_of_a_day_does_not_know_what_came_later(counted: Database) -> None:
    told = _json(counted, "--as-of", "2026-03-01")
    assert (told["as_of"], told["minutes"]["total"]) == ("2026-03-01", 0)  # type: ignore[index]
    assert _json(counted, "--as-of", "2026-03-02")["minutes"]["total"] == 21603  # type: ignore[index]


def test_every_export_is_numbered_and_seals_the_heads(counted: Database) -> None:
    for number in (1, 2):
        told = _alpes(counted, "tally", "--year", "2026", "--by", "mode", language="en_GB.UTF-8")
        assert f"Document DEC-2026-000{number}, seal " in told.stderr
    with counted.reading() as db:
        first = the_document(db, 1)
        assert first.heads == tuple(heads(db))
        lines = "\n".join(f"{one}|{sequence}|{ended}" for one, sequence, ended in first.heads)
        assert first.seal == hashlib.sha256(lines.encode()).hexdigest()
        assert verify(db).findings == ()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_printed_tally_is_tagged_and_carries_what_proves_it(counted: Database, language: str) -> None:
    with counted.writing() as db:
        stored = TallyWishes(2026, NATIONAL, language=language).stored() | {"form": "pdf"}
        document = make_document(db, DocumentKind.TALLY, wishes=stored, now=NOW, account_id=None)
        content = file_of(db, document, health=False).content
        db.commit()
    reader = reader_of(content)
    text = " ".join(pages_of(content))
    roles = {role for role, _alt in elements_of(content)}
    assert reader.trailer["/Root"]["/Lang"] == language  # type: ignore[index]
    assert {"H1", "H2", "Table", "TH", "TD", "TR"} <= roles
    assert document.seal in text.replace(" ", "")
    for ended in document.heads:
        assert ended[2] in text.replace(" ", "")
    said = {
        "fr": ("Décompte des heures d’insertion 2026", "360 h 03"),
        "en": ("Tally of insertion hours 2026", "360 h 03"),
    }
    for words in (*said[language], document.number):
        assert words in text


def test_document_made_anew_says_what_it_said(counted: Database) -> None:
    """Hours that come later, even under an earlier instant, and corrections change nothing in what went out."""
    with counted.writing() as db:
        stored = TallyWishes(2026, (Cut.MONTH, Cut.OPERATION)).stored() | {"form": "json"}
        document = make_document(db, DocumentKind.TALLY, wishes=stored, now=NOW, account_id=None)
        before = file_of(db, document, health=False).content
        contract_id, sequence = works(db, 1, 3 * HOUR, month=JANUARY)
        correct_hours(db, contract_id, 1, None, now=NOW, account_id=None)
        assert file_of(db, document, health=False).content == before
        assert entries_since(heads(db), document) == 2
        assert sequence == 3
        db.commit()


def test_numbers_have_no_gap_however_many_ask_at_once(organised: Database) -> None:
    with organised.writing() as db:
        works(db, employs(db, a_site(db)), HOUR)
        db.commit()
    barrier, made = Barrier(6), []

    def ask(keeps: bool) -> None:
        barrier.wait()
        with organised.writing() as db:
            wishes = TallyWishes(2026).stored()
            document = make_document(db, DocumentKind.TALLY, wishes=wishes, now=NOW, account_id=None)
            if keeps:
                db.commit()
                made.append(document.number)

    threads = [Thread(target=ask, args=(number % 3 != 0,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [f"DEC-2026-000{number}" for number in range(1, 5)]


def test_workbook_has_the_heads_on_a_sheet_of_their_own(counted: Database) -> None:
    with counted.writing() as db:
        stored = TallyWishes(2026, (Cut.SEX,)).stored() | {"form": "xlsx"}
        document = make_document(db, DocumentKind.TALLY, wishes=stored, now=NOW, account_id=None)
        book = CalamineWorkbook.from_filelike(BytesIO(file_of(db, document, health=False).content))
        db.commit()
    rows = book.get_sheet_by_index(2).to_python()
    assert [row[2] for row in rows[1:]] == [*(ended for _one, _sequence, ended in document.heads), document.seal]
