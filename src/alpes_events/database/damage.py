"""Is a SQLite file whole? And what is done with a database that is not."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from alpes_events.database.engine import Database

_BESIDE = ("", "-wal", "-shm")


def is_whole(path: Path) -> bool:
    """Whether every page of this SQLite file can be read. False for any other file."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            return bool(file.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return False


def file_of(database: Database) -> Path | None:
    """The file of a SQLite database, if it has one and the file is there."""
    name = database.engine.url.database if database.is_sqlite else None
    return Path(name) if name and Path(name).is_file() else None


def set_aside(database: Database, *, now: datetime) -> Path | None:
    """Give a damaged SQLite file another name, so that a whole one can take its place. None when nothing is damaged.

    A crash in between leaves the files under either name: nothing is deleted.
    """
    path = file_of(database)
    if path is None or is_whole(path):
        return None
    database.engine.dispose()
    kept = path.with_name(f"{path.name}.damaged-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    for ending in _BESIDE:
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + ending))
    return kept
