"""`alpes db backup` and `alpes db restore`: the drill, whole."""

import json
from pathlib import Path

from click.testing import CliRunner, Result
from sqlalchemy import MetaData
from sqlmodel import select

from alpes_events.database import migrate
from alpes_events.database.digest import digest
from alpes_events.database.engine import Database, connect
from alpes_events.people.models import Candidate
from alpes_events.privacy.end_of_files import erase_and_note
from alpes_events.settings.deployment import Deployment
from alpes_events.tables import METADATA
from alpes_web.cli import main
from alpes_web.terminal import Terminal
from tests.support.stories import NOW, an_event, an_organisation, signs_up


def alpes(database: Database, folder: Path, *words: str) -> Result:
    settings = Deployment(secret_key="k" * 40, backup_folder=folder)
    terminal = Terminal(settings=settings, database=database, now=lambda: NOW)
    return CliRunner().invoke(main, list(words), obj=terminal, env={"LC_ALL": "fr_FR.UTF-8"})


def test_a_drill_brings_everything_back_and_sends_the_erased_away_again(organised: Database, tmp_path: Path) -> None:
    with organised.writing() as db:
        event_id = an_event(db)
        first, _second = (signs_up(db, event_id, number) for number in range(2))
        db.commit()
    saved = json.loads(alpes(organised, tmp_path / "backups", "db", "backup", "--json").stdout)
    kept = digest(organised, METADATA)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    copy = Path(saved["path"]).rename(elsewhere / Path(saved["path"]).name)
    assert alpes(organised, tmp_path / "backups", "db", "restore", str(copy), "--yes").exit_code == 0
    assert digest(organised, METADATA) == kept
    with organised.reading() as db:
        person = db.exec(select(Candidate).order_by(Candidate.id)).first()  # type: ignore[arg-type]
        assert person is not None
        assert person.id is not None
    erase_and_note(organised, tmp_path / "backups", person.id, now=NOW)
    again = alpes(organised, tmp_path / "backups", "db", "restore", str(copy), "--yes")
    assert "1 personne effacée depuis cette sauvegarde l’est de nouveau." in again.stdout
    with organised.reading() as db:
        erased = db.get_one(Candidate, person.id)
        assert (erased.email, erased.erased_at) == (None, NOW)
        assert len(db.exec(select(Candidate)).all()) == 2
    assert first.reference


def test_a_restore_without_yes_asks_and_changes_nothing(organised: Database, tmp_path: Path) -> None:
    saved = json.loads(alpes(organised, tmp_path, "db", "backup", "--json").stdout)
    with organised.writing() as db:
        signs_up(db, an_event(db), 1)
        db.commit()
    kept = digest(organised, METADATA)
    refused = alpes(organised, tmp_path, "db", "restore", saved["path"])
    assert refused.exit_code == 1
    assert digest(organised, METADATA) == kept


def test_a_file_that_is_no_backup_is_refused_in_a_sentence(organised: Database, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("bonjour")
    refused = alpes(organised, tmp_path, "db", "restore", str(tmp_path / "letter.txt"), "--yes")
    assert refused.exit_code == 1
    assert "n’est pas une sauvegarde de cette base" in refused.stderr


def test_a_damaged_database_is_set_aside_and_the_backup_brought_back(tmp_path: Path) -> None:
    file, backups = tmp_path / "alpes.db", tmp_path / "backups"
    database = connect(f"sqlite:///{file}")
    migrate.upgrade(database)
    an_organisation(database)
    saved = json.loads(alpes(database, backups, "db", "backup", "--json").stdout)
    kept = digest(database, METADATA)
    database.engine.dispose()
    file.write_bytes(b"SQLite format 3\x00" + b"\xee" * 20_000)
    again = connect(f"sqlite:///{file}")
    told = alpes(again, backups, "db", "check")
    assert (told.exit_code, "La base de données est abîmée" in told.stderr) == (1, True)
    restored = alpes(again, backups, "db", "restore", saved["path"], "--yes", "--json")
    assert restored.exit_code == 0, restored.output
    answer = json.loads(restored.stdout)
    assert Path(answer["before"]).read_bytes().endswith(b"\xee" * 20_000)
    assert digest(again, METADATA) == kept
    again.engine.dispose()


def test_a_backup_comes_back_where_there_is_nothing_yet(organised: Database, tmp_path: Path) -> None:
    saved = json.loads(alpes(organised, tmp_path, "db", "backup", "--json").stdout)
    kept = digest(organised, METADATA)
    there = MetaData()
    there.reflect(organised.engine)
    there.drop_all(organised.engine)
    answer = alpes(organised, tmp_path, "db", "restore", saved["path"], "--yes", "--json")
    assert json.loads(answer.stdout) == {"restored": saved["path"], "before": None, "erased_again": 0}
    assert digest(organised, METADATA) == kept
