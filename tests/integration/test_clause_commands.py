"""`alpes clause verify`: an honest ledger is told by its seal, a tampered one is named entry by entry."""

import json

import pytest
from click.testing import CliRunner, Result
from sqlmodel import Session

from alpes_events.clause.ledger.chain import seal
from alpes_events.clause.ledger.ledger import heads
from alpes_events.clause.tables.ledger_rows import ClauseDocument, DocumentKind
from alpes_events.database.engine import Database
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.support.clause import FEBRUARY, JANUARY, MARCH, a_site, employs, works
from tests.support.stories import NOW
from tests.support.tampering import tampered
from tests.support.web import SETTINGS


def _alpes(database: Database, *arguments: str, language: str = "fr_FR.UTF-8") -> Result:
    terminal = Terminal(settings=SETTINGS, database=database, now=lambda: NOW)
    return CliRunner().invoke(main, ["clause", *arguments], obj=terminal, env={"LC_ALL": language})


@pytest.fixture
def worked(organised: Database) -> Database:
    """Three months of one person, and a document that sealed them."""
    with organised.writing() as db:
        who = employs(db, a_site(db))
        for month in (JANUARY, FEBRUARY, MARCH):
            works(db, who, 100 * 60 + 15, month=month)
        db.add(_a_document(db))
        db.commit()
    return organised


def _a_document(db: Session) -> ClauseDocument:
    ends = heads(db)
    recorded = [list(one) for one in ends]
    return ClauseDocument(kind=DocumentKind.TALLY, year=2026, number=7, heads=recorded, seal=seal(ends), made_at=NOW)


def test_honest_ledger_is_told_with_its_seal(worked: Database) -> None:
    with worked.reading() as db:
        sealed = seal(heads(db))
    told = _alpes(worked, "verify")
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout == (
        f"3 écritures vérifiées, 1 chaîne, 1 document\nHeures validées : 300\u00a0h\u00a045\nSceau : {sealed}\n"
        "Le registre est intact.\n"
    )
    assert json.loads(_alpes(worked, "verify", "--json").stdout) == {
        "entries": 3,
        "chains": 1,
        "documents": 1,
        "validated_minutes": 18045,
        "seal": sealed,
        "findings": [],
    }


def test_tampered_ledger_is_told_by_contract_entry_and_month_and_ends_with_1(worked: Database) -> None:
    tampered(worked, "UPDATE hour_entry SET minutes = minutes + 60 WHERE sequence = 2")
    told = _alpes(worked, "verify")
    assert told.exit_code == 1
    assert told.stderr == (
        "Marché 2026-01 : l’écriture n° 2 (02/2026) ne dit plus ce qui a été écrit.\n"
        "1 anomalie : le registre ne peut pas servir.\n"
    )
    assert (
        "Contract 2026-01: entry no. 2 (02/2026) no longer says"
        in _alpes(worked, "verify", language="en_GB.UTF-8").stderr
    )


def test_document_that_a_cut_ledger_contradicts_is_named(worked: Database) -> None:
    with worked.reading() as db:
        ((contract_id, _sequence, _hash),) = heads(db)
    tampered(worked, "DELETE FROM hour_entry WHERE sequence = 3")
    tampered(
        worked,
        "UPDATE hour_chain SET sequence = 2, hash = (SELECT hash FROM hour_entry WHERE sequence = 2)",
    )
    told = _alpes(worked, "verify", "--json")
    assert told.exit_code == 1
    (found,) = json.loads(told.stdout)["findings"]
    assert found == {
        "fault": "cut",
        "contract": contract_id,
        "reference": "2026-01",
        "entry": 3,
        "line": None,
        "month": None,
        "document": "DEC-2026-0007",
        "sentence": (
            "Marché 2026-01 : le registre est coupé, l’écriture n° 3, que le document DEC-2026-0007 a scellée, manque."
        ),
    }
