"""Engine and sessions for SQLite and PostgreSQL: reading never takes a write lock, writing takes it at once."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

from sqlalchemy import Engine, event, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, create_engine

_BUSY_MILLISECONDS = 15_000
_LOOK_AGAIN_SECONDS = 0.001
_TURN = "alpes_turn"
_RESULT_CODE = 0xFF
"""The part of SQLite's extended codes that says which error it is."""


@dataclass(frozen=True)
class Database:
    """Where the rows are. `reading()` and `writing()` give sessions; only the shell commits."""

    engine: Engine

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a SQLite file (or memory)."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for questions: rolled back at the end, never commits. Rows that were read stay readable."""
        with Session(self.engine, expire_on_commit=False, autoflush=False) as db:
            yield db
            db.expunge_all()
            db.rollback()

    @contextmanager
    def one_state(self) -> Iterator[Session]:
        """Like `reading()`, and all questions are answered from the state that the first one found, whoever writes
        meanwhile: what is counted in several questions fits together.

        A transaction of SQLite that reads has one state anyway; PostgreSQL is asked for it (REPEATABLE READ READ ONLY).
        """
        engine = self.engine
        if not self.is_sqlite:
            engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with Session(engine, expire_on_commit=False, autoflush=False) as db:
            yield db
            db.expunge_all()
            db.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session for changes: SQLite's write lock is taken at its first statement (BEGIN IMMEDIATE).

        The caller commits; what is not committed is rolled back.
        """
        with Session(self.engine.execution_options(alpes_writes=True), expire_on_commit=False) as db:
            yield db

    @contextmanager
    def noting(self) -> Iterator[Session]:
        """Like `writing()`, for what a power cut may take away: the commit does not wait for PostgreSQL's disk."""
        with self.writing() as db:
            if not self.is_sqlite:
                db.execute(text("SET LOCAL synchronous_commit = off"))
            yield db


def connect(url: str, *, pool_size: int = 10) -> Database:
    """Open the database at `url` (`sqlite:///file.db` or `postgresql://…`)."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        engine = create_engine(
            address, hide_parameters=True, connect_args={"timeout": _BUSY_MILLISECONDS / 1000}, pool_size=pool_size
        )
        event.listen(engine, "connect", _prepare_sqlite)
        _write_in_turn(engine)
        return Database(engine)
    address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(
        address,
        hide_parameters=True,
        pool_size=pool_size,
        pool_pre_ping=True,
        connect_args={"options": "-c timezone=utc -c lock_timeout=15s"},
    )
    return Database(engine)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Foreign keys on, write-ahead log, patience before "locked"; transactions begin by our own BEGIN."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
    cursor.close()


def _write_in_turn(engine: Engine) -> None:
    """Let one thread of this program at a time ask SQLite for its write lock: the others wait without looking."""
    turn = Lock()

    def begin(connection: Connection) -> None:
        """A deferred BEGIN that writes later can fail at once with "locked": writers say so from the start."""
        if not connection.get_execution_options().get("alpes_writes", False):
            connection.exec_driver_sql("BEGIN")
            return
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        if not connection.info.get(_TURN):
            connection.info[_TURN] = turn.acquire(timeout=_BUSY_MILLISECONDS / 1000)
        _take_write_lock(raw)

    def end(_raw: object, record: ConnectionPoolEntry, *_error: object) -> None:
        if record.info.pop(_TURN, False):
            turn.release()

    event.listen(engine, "begin", begin)
    for last in ("checkin", "invalidate"):
        event.listen(engine, last, end)


def _take_write_lock(raw: sqlite3.Connection) -> None:
    """Begin a transaction that writes, or wait for the one that does.

    SQLite's own wait sleeps longer and longer, up to a tenth of a second, while a transaction here lasts a few
    milliseconds: four processes that sign people up got a quarter of what one alone does. We look again sooner.
    """
    patience = time.monotonic() + _BUSY_MILLISECONDS / 1000
    raw.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                raw.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & _RESULT_CODE != sqlite3.SQLITE_BUSY or time.monotonic() > patience:
                    raise
                time.sleep(_LOOK_AGAIN_SECONDS)
            else:
                return
    finally:
        raw.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
