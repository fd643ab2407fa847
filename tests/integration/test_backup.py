"""Backups while others write, and the drill of bringing one back."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlmodel import col, select

from alpes_events.attendance.models import Registration
from alpes_events.database import backup
from alpes_events.database.digest import digest
from alpes_events.database.engine import Database
from alpes_events.database.erased import ErasedRecord, erased_records, note_erased
from alpes_events.tables import METADATA
from tests.support.stories import NOW, an_event, signs_up


def _fill(database: Database, first: int) -> None:
    with database.writing() as db:
        event_id = an_event(db, title=f"Événement {first}")
        for number in range(first, first + 3):
            signs_up(db, event_id, number)
        db.commit()


def test_a_restore_gives_the_same_hash_and_goes_on_counting(organised: Database, tmp_path: Path) -> None:
    _fill(organised, 0)
    kept = digest(organised, METADATA)
    saved = backup.back_up(organised, METADATA, tmp_path, now=NOW)
    _fill(organised, 10)
    assert digest(organised, METADATA) != kept
    backup.restore(organised, saved.path)
    assert digest(organised, METADATA) == kept
    _fill(organised, 20)
    with organised.reading() as db:
        assert len(db.exec(select(Registration)).all()) == 6


def test_a_backup_holds_one_state_while_others_write(organised: Database, tmp_path: Path) -> None:
    _fill(organised, 0)
    kept = digest(organised, METADATA)
    with organised.writing() as db:
        signs_up(db, an_event(db), 9)
        saved = backup.back_up(organised, METADATA, tmp_path, now=NOW)
        db.commit()
    backup.restore(organised, saved.path)
    assert digest(organised, METADATA) == kept


def test_the_digest_sees_one_changed_value(organised: Database) -> None:
    _fill(organised, 0)
    before = digest(organised, METADATA)
    with organised.writing() as db:
        db.exec(select(Registration).order_by(col(Registration.id))).first().language = "en"  # type: ignore[union-attr]
        db.commit()
    assert digest(organised, METADATA) != before


def test_what_is_no_backup_is_refused_before_anything_is_touched(organised: Database, tmp_path: Path) -> None:
    kept = digest(organised, METADATA)
    for name, content in (("alpes-notes.db", b"not a database"), ("alpes-cut.zip", b"PK\x03\x04cut"), ("none", None)):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(backup.NoBackup):
            backup.restore(organised, tmp_path / name)
    assert digest(organised, METADATA) == kept


def test_a_damaged_backup_is_refused_before_anything_is_touched(organised: Database, tmp_path: Path) -> None:
    _fill(organised, 0)
    saved = backup.back_up(organised, METADATA, tmp_path, now=NOW).path
    _fill(organised, 10)
    kept, content = digest(organised, METADATA), saved.read_bytes()
    hole = len(content) // 2
    for name, spoiled in (
        ("holed", content[:hole] + b"\xee" * 8192 + content[hole + 8192 :]),
        ("cut", content[:hole]),
    ):
        damaged = saved.with_stem(f"alpes-{name}")
        damaged.write_bytes(spoiled)
        with pytest.raises((backup.DamagedBackup, backup.NoBackup)):
            backup.restore(organised, damaged)
    assert digest(organised, METADATA) == kept


def test_a_backup_of_a_later_version_is_refused_before_anything_is_touched(organised: Database, tmp_path: Path) -> None:
    _fill(organised, 0)
    saved = backup.back_up(organised, METADATA, tmp_path, now=NOW).path
    later = saved.with_stem("alpes-later")
    if organised.is_sqlite:
        shutil.copyfile(saved, later)
        with closing(sqlite3.connect(later)) as file:
            file.execute("UPDATE alembic_version SET version_num = '9999'")
            file.commit()
    else:
        with ZipFile(saved) as source, ZipFile(later, "w") as target:
            for name in source.namelist():
                content = source.read(name)
                if name == "contents.json":
                    content = json.dumps({**json.loads(content), "revision": "9999"}).encode()
                target.writestr(name, content)
    kept = digest(organised, METADATA)
    with pytest.raises(backup.NewerBackup):
        backup.restore(organised, later)
    assert digest(organised, METADATA) == kept


def test_only_the_newest_backups_are_kept(organised: Database, tmp_path: Path) -> None:
    for day in range(4):
        backup.back_up(organised, METADATA, tmp_path, now=NOW + timedelta(days=day))
    (tmp_path / "letter.txt").write_text("not ours")
    assert backup.prune_backups(tmp_path, keep=2) == 2
    assert [saved.made_at for saved in backup.list_backups(tmp_path)] == [
        NOW + timedelta(days=3),
        NOW + timedelta(days=2),
    ]
    assert (tmp_path / "letter.txt").exists()


def test_the_list_of_erased_people_grows_once_for_each_and_survives_a_cut(tmp_path: Path) -> None:
    first, second, third = (ErasedRecord(number, NOW) for number in (7, 12, 130))
    assert note_erased(tmp_path, [first, second]) == 2
    assert note_erased(tmp_path, [second, first]) == 0
    with (tmp_path / "erased.txt").open("a") as file:
        file.write("13 2026")
    assert note_erased(tmp_path, [third]) == 1
    assert erased_records(tmp_path) == [first, second, third]
