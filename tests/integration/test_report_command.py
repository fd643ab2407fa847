"""`alpes report`: its checks in words, and what it says of a year without records."""

import json
from datetime import date
from decimal import Decimal

from click.testing import CliRunner, Result

from alpes_events.attested.commands import AttestedDraft
from alpes_events.database.engine import Database
from alpes_events.language.dates import short_day
from alpes_events.language.typography import plain
from alpes_events.reporting.attesting import attest_figure
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.support.stories import NOW
from tests.support.web import SETTINGS


def _alpes(database: Database, *arguments: str) -> Result:
    terminal = Terminal(settings=SETTINGS, database=database, now=lambda: NOW)
    return CliRunner().invoke(main, ["report", *arguments], obj=terminal, env={"LC_ALL": "fr_FR.UTF-8"})


def _attested(database: Database, **values: str) -> None:
    with database.writing() as db:
        for name, value in values.items():
            draft = AttestedDraft(f"ml.{name}", "2025", Decimal(value), "i-Milo", date(2026, 1, 20))
            attest_figure(db, draft, now=NOW, account_id=None)
        db.commit()


def test_check_says_how_many_agree_and_how_many_wait(organised: Database) -> None:
    _attested(organised, young_supported="12", young_in_contact="1200")
    told = _alpes(organised, "check", "--year", "2025")
    assert told.exit_code == 0
    assert told.stderr == ""
    assert told.stdout.startswith("Aucun contrôle ne se contredit. 1 contrôle est d’accord. ")


def test_check_that_does_not_agree_is_said_in_a_sentence_and_ends_with_1(organised: Database) -> None:
    _attested(organised, young_supported="1200", young_in_contact="12")
    told = _alpes(organised, "check", "--year", "2025")
    assert told.exit_code == 1
    assert told.stderr == (
        "Jeunes accompagnés (ml.young_supported). 1\u00a0200 : plus que 12, ce qui ne se peut pas.\n"
    )
    assert told.stdout.startswith("1 contrôle n’est pas d’accord. 0 contrôle est d’accord. ")


def test_report_that_is_built_says_that_it_is_a_draft(organised: Database) -> None:
    built = _alpes(organised, "build", "--year", "2025", "--format", "html")
    assert built.exit_code == 0
    assert "Brouillon, non publié" in plain(built.stdout)
    assert f"Chiffres tels qu’enregistrés le {short_day(NOW.date(), language='fr', year=True)}" in plain(built.stdout)


def test_report_of_a_year_without_records_is_written_and_says_so(organised: Database) -> None:
    _attested(organised, contacts="12")
    empty, known = (_alpes(organised, "build", "--year", year) for year in ("2050", "2025"))
    assert (empty.exit_code, known.exit_code) == (0, 0)
    assert empty.stderr == "Rien n’est relevé en 2050 : vérifiez l’année.\n"
    assert known.stderr == ""
    assert json.loads(empty.stdout)["ml.contacts"]["value"] is None


def test_report_that_nobody_wrote_is_not_published_and_the_sentence_says_how_to_make_one(organised: Database) -> None:
    told = _alpes(organised, "publish", "--year", "2025", "--template", "fse")
    assert told.exit_code == 1
    assert "Aucun rapport de 2025 n’est rédigé sur le modèle « fse » : faites-le d’abord sur le site" in told.stderr
