"""Backups of a running platform, and bringing one back.

SQLite: `VACUUM INTO`, which reads one state of the file while others write. PostgreSQL: every table by COPY in one
REPEATABLE READ transaction, in a ZIP with a list of its contents. Each is written under another name and renamed when
it is whole: a crash leaves an unfinished `.part`, never half a backup.
"""

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import MetaData

from alpes_events.database import migrate
from alpes_events.database.engine import Database
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_

_PREFIX = "alpes-"
_CONTENTS = "contents.json"
_CHUNK = 1 << 20


class NoBackup(Refusal):
    """A file that is not a backup of this kind of database."""

    def __init__(self, *, path: Path) -> None:
        super().__init__(
            N_("%(path)s n’est pas une sauvegarde de cette base : choisissez un fichier alpes-….db ou alpes-….zip."),
            path=str(path),
        )


@dataclass(frozen=True)
class Backup:
    """One backup in its folder."""

    path: Path
    made_at: datetime
    byte_count: int


def back_up(database: Database, metadata: MetaData, folder: Path, *, now: datetime) -> Backup:
    """Write a backup into `folder`, named by the second. One that is there already for this second is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    ending = "db" if database.is_sqlite else "zip"
    path = folder / f"{_PREFIX}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.{ending}"
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    if database.is_sqlite:
        _vacuum_into(database, unfinished)
    else:
        _copy_out(database, metadata, unfinished)
    unfinished.chmod(0o600)
    unfinished.replace(path)
    return Backup(path, now, path.stat().st_size)


def list_backups(folder: Path) -> list[Backup]:
    """The backups in `folder`, newest first."""
    found = []
    for path in folder.glob(f"{_PREFIX}*"):
        try:
            made_at = datetime.strptime(path.stem, f"{_PREFIX}%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        except ValueError:
            continue
        if path.suffix in (".db", ".zip"):
            found.append(Backup(path, made_at, path.stat().st_size))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def prune_backups(folder: Path, *, keep: int) -> int:
    """Remove all but the `keep` newest. Gives how many went."""
    old = list_backups(folder)[max(1, keep) :]
    for backup in old:
        backup.path.unlink()
    return len(old)


def restore(database: Database, path: Path) -> None:
    """Make the database what `path` holds, then bring its tables to this program's version. Everything else goes.

    Nothing else may use the database meanwhile. Raises `NoBackup` before anything is touched. Erased people come back
    with it: `privacy.replay` sends them away again.
    """
    if database.is_sqlite:
        _restore_file(database, path)
    else:
        _copy_in(database, path)
    migrate.upgrade(database)


def _vacuum_into(database: Database, path: Path) -> None:
    with _driver_connection(database) as connection:
        connection.execute("VACUUM INTO ?", (str(path),))
    with closing(sqlite3.connect(path)) as written:
        (answer,) = written.execute("PRAGMA integrity_check").fetchone()
    if answer != "ok":
        raise OSError(f"the backup is damaged: {answer}")


def _restore_file(database: Database, path: Path) -> None:
    """SQLite's own backup, from the file into the open database: whole or not at all."""
    if not path.is_file():
        raise NoBackup(path=path)
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source:
        try:
            known = source.execute("SELECT count(*) FROM alembic_version").fetchone()
        except sqlite3.DatabaseError as error:
            raise NoBackup(path=path) from error
        assert known is not None
        with _driver_connection(database) as target:
            source.backup(target)
    database.engine.dispose()


def _copy_out(database: Database, metadata: MetaData, path: Path) -> None:
    tables = [
        {"name": table.name, "columns": [column.name for column in table.columns]} for table in _ordered(metadata)
    ]
    contents = {"revision": migrate.current_revision(database), "tables": tables}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, _driver_connection(database) as connection:
        with connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            for table in tables:
                with (
                    connection.cursor().copy(_copy(table, "TO STDOUT")) as rows,
                    archive.open(f"{table['name']}.copy", "w", force_zip64=True) as file,
                ):
                    for part in rows:
                        file.write(part)
        archive.writestr(_CONTENTS, json.dumps(contents, indent=1))


def _copy_in(database: Database, path: Path) -> None:
    contents = _contents(path)
    _drop_everything(database)
    migrate.upgrade(database, contents["revision"])
    with (
        zipfile.ZipFile(path) as archive,
        _driver_connection(database) as connection,
        connection.transaction(),
    ):
        for table in contents["tables"]:
            _load(connection, archive, table)


def _contents(path: Path) -> dict[str, Any]:
    """What the archive holds, once every part of it was read and found whole."""
    try:
        with zipfile.ZipFile(path) as archive:
            contents: dict[str, Any] = json.loads(archive.read(_CONTENTS))
            if archive.testzip() is None:
                return contents
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise NoBackup(path=path) from error
    raise NoBackup(path=path)


def _load(connection: Any, archive: zipfile.ZipFile, table: dict[str, Any]) -> None:
    """One table's rows, then its sequence of ids behind the last."""
    with archive.open(f"{table['name']}.copy") as file, connection.cursor().copy(_copy(table, "FROM STDIN")) as rows:
        while part := file.read(_CHUNK):
            rows.write(part)
    if "id" in table["columns"]:
        name = sql.Identifier(table["name"])
        connection.execute(
            sql.SQL(
                "SELECT setval(s, (SELECT max(id) FROM {table})) FROM pg_get_serial_sequence({text}, 'id') AS s "
                "WHERE s IS NOT NULL AND EXISTS (SELECT 1 FROM {table})"
            ).format(table=name, text=sql.Literal(table["name"]))
        )


def _drop_everything(database: Database) -> None:
    there = MetaData()
    there.reflect(database.engine)
    there.drop_all(database.engine)


def _copy(table: dict[str, Any], way: str) -> sql.Composed:
    columns = sql.SQL(", ").join(sql.Identifier(name) for name in table["columns"])
    return sql.SQL("COPY {} ({}) " + way).format(sql.Identifier(table["name"]), columns)


def _ordered(metadata: MetaData) -> list[Any]:
    """Parents before children, so that foreign keys hold while loading."""
    return list(metadata.sorted_tables)


@contextmanager
def _driver_connection(database: Database) -> Iterator[Any]:
    """The driver's own connection, outside SQLAlchemy's transactions."""
    pooled = database.engine.raw_connection()
    try:
        driver = pooled.driver_connection
        assert driver is not None
        if isinstance(driver, psycopg.Connection):
            driver.rollback()
        yield driver
    finally:
        pooled.close()
