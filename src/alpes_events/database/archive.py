"""All tables of a PostgreSQL database in a ZIP: one COPY file for each, and a list of its contents."""

import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

from psycopg import sql
from sqlalchemy import MetaData

from alpes_events.database import migrate
from alpes_events.database.driver import driver_connection
from alpes_events.database.engine import Database

_CONTENTS = "contents.json"
_CHUNK = 1 << 20


class NotAnArchiveError(Exception):
    """A file that `copy_out` did not write, or (`damaged`) of which parts can no longer be read."""

    def __init__(self, *, damaged: bool = False) -> None:
        super().__init__()
        self.damaged = damaged


def revision_of(path: Path) -> str:
    """The version of the tables in an archive, once every part of it was read. Raises `NotAnArchiveError`."""
    return str(_contents(path)["revision"])


def copy_out(database: Database, metadata: MetaData, path: Path) -> None:
    """Write every table of `metadata` as one state of the database, parents before children."""
    tables = [
        {"name": table.name, "columns": [column.name for column in table.columns]} for table in metadata.sorted_tables
    ]
    contents = {"revision": migrate.current_revision(database), "tables": tables}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, driver_connection(database) as connection:
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


def copy_in(database: Database, path: Path) -> None:
    """Load the archive in place of what is there, in tables of its version. Raises `NotAnArchiveError` before."""
    contents = _contents(path)
    _drop_everything(database)
    migrate.upgrade(database, contents["revision"])
    with (
        zipfile.ZipFile(path) as archive,
        driver_connection(database) as connection,
        connection.transaction(),
    ):
        for table in contents["tables"]:
            _load(connection, archive, table)


def _contents(path: Path) -> dict[str, Any]:
    """What the archive holds, once every part of it was read and found whole."""
    try:
        with zipfile.ZipFile(path) as archive:
            contents: dict[str, Any] = json.loads(archive.read(_CONTENTS))
            damaged = archive.testzip() is not None
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise NotAnArchiveError from error
    except zlib.error as error:
        raise NotAnArchiveError(damaged=True) from error
    if damaged:
        raise NotAnArchiveError(damaged=True)
    return contents


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
