"""Backups of a running platform, and bringing one back.

SQLite: `VACUUM INTO`, which reads one state of the file while others write. PostgreSQL: every table by COPY in one
REPEATABLE READ transaction, in a ZIP with a list of its contents. Each is written under another name and renamed when
it is whole: a crash leaves an unfinished `.part`, never half a backup.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import MetaData

from alpes_events.database import migrate
from alpes_events.database.archive import NotAnArchiveError, copy_in, copy_out, revision_of
from alpes_events.database.damage import is_whole
from alpes_events.database.driver import driver_connection
from alpes_events.database.engine import Database
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_

_PREFIX = "alpes-"
_MAGIC = b"SQLite format 3\0"


class NoBackup(Refusal):
    """A file that is not a backup of this kind of database."""

    def __init__(self, *, path: Path) -> None:
        super().__init__(
            N_("%(path)s n’est pas une sauvegarde de cette base : choisissez un fichier alpes-….db ou alpes-….zip."),
            path=str(path),
        )


class DamagedBackup(Refusal):
    """A backup of which parts can no longer be read."""

    def __init__(self, *, path: Path) -> None:
        super().__init__(
            N_("%(path)s est abîmé et n’a pas été repris : choisissez une autre sauvegarde."), path=str(path)
        )


class NewerBackup(Refusal):
    """A backup that a later version of the program wrote."""

    def __init__(self, *, path: Path) -> None:
        super().__init__(
            N_("%(path)s vient d’une version plus récente du programme : installez-la d’abord."), path=str(path)
        )


@dataclass(frozen=True)
class Backup:
    """One backup in its folder."""

    path: Path
    made_at: datetime
    byte_count: int


def back_up(database: Database, metadata: MetaData, folder: Path, *, now: datetime) -> Backup:
    """Write a backup into `folder`, named by the second. One that is there already for this second is replaced."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ending = "db" if database.is_sqlite else "zip"
    path = folder / f"{_PREFIX}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.{ending}"
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)  # nobody else reads it while it is being written either
    if database.is_sqlite:
        _vacuum_into(database, unfinished)
    else:
        copy_out(database, metadata, unfinished)
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

    Nothing else may use the database meanwhile. Raises `NoBackup`, `DamagedBackup` or `NewerBackup` before anything is
    touched. Erased people come back with it: `privacy.replay` sends them away again.
    """
    revision = _revision_of_file(path) if database.is_sqlite else _revision_of_archive(path)
    if not migrate.knows(revision):
        raise NewerBackup(path=path)
    if database.is_sqlite:
        _restore_file(database, path)
    else:
        copy_in(database, path)
    migrate.upgrade(database)


def _vacuum_into(database: Database, path: Path) -> None:
    with driver_connection(database) as connection:
        connection.execute("VACUUM INTO ?", (str(path),))
    with closing(sqlite3.connect(path)) as written:
        (answer,) = written.execute("PRAGMA integrity_check").fetchone()
    if answer != "ok":
        raise OSError(f"the backup is damaged: {answer}")


def _revision_of_file(path: Path) -> str:
    """The version of the tables in a SQLite backup, once every page of it was read."""
    if not path.is_file() or _first_octets(path) != _MAGIC:
        raise NoBackup(path=path)
    if not is_whole(path):
        raise DamagedBackup(path=path)
    with closing(_opened(path)) as source:
        try:
            row = source.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.DatabaseError as error:
            raise NoBackup(path=path) from error
    if row is None:
        raise NoBackup(path=path)
    return str(row[0])


def _revision_of_archive(path: Path) -> str:
    """The version of the tables in a PostgreSQL backup, once every part of it was read."""
    try:
        return revision_of(path)
    except NotAnArchiveError as error:
        raise (DamagedBackup if error.damaged else NoBackup)(path=path) from error


def _restore_file(database: Database, path: Path) -> None:
    """SQLite's own backup, from the file into the open database: whole or not at all."""
    with closing(_opened(path)) as source, driver_connection(database) as target:
        source.backup(target)
    database.engine.dispose()


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _first_octets(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(len(_MAGIC))
