"""Bringing a database to a version of its tables, up or down, and saying whether it is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, text
from sqlalchemy.engine import Connection

from alpes_events.database.engine import Database
from alpes_events.database.losses import DowngradeLosesData, holdings, lost_between

_LOCK = 0x616C706573
"""The name of our lock on PostgreSQL: « alpes »."""


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the tables up to `revision`."""
    with _migrating(database) as (config, _connection):
        command.upgrade(config, revision)


def downgrade(database: Database, revision: str, *, lose_data: bool = False) -> None:
    """Bring the tables down to `revision` (« base »: none).

    Raises `DowngradeLosesData`, and changes nothing, when the older tables cannot hold what is there, unless
    `lose_data`.
    """
    with _migrating(database) as (config, connection):
        before = holdings(connection)
        command.downgrade(config, revision)
        lost = lost_between(before, holdings(connection))
        if lost and not lose_data:
            raise DowngradeLosesData(lost)


def current_revision(database: Database) -> str | None:
    """The version that the database is at; None before the first."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """The version that this program wants."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def knows(revision: str) -> bool:
    """Whether this program has the migrations up to this version: it has not those of a later program."""
    return any(script.revision == revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def differences(database: Database, metadata: MetaData) -> list[object]:
    """What the migrated database and the models disagree on; empty when in step."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        return list(compare_metadata(context, metadata))


def write_revision(database: Database, metadata: MetaData, *, message: str, revision: str) -> None:
    """Write a new migration from what the models have and the database has not (for developers)."""
    with _migrating(database) as (config, _connection):
        config.attributes["metadata"] = metadata
        command.revision(config, message=message, autogenerate=True, rev_id=revision)


def _config() -> Config:
    config = Config()
    folder = resources.files("alpes_events.database") / "migrations"
    config.set_main_option("script_location", str(folder))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


@contextmanager
def _migrating(database: Database) -> Iterator[tuple[Config, Connection]]:
    """A connection for migrations, one at a time: of two programs that start together the second finds it done. On
    SQLite foreign keys are off, because a table that is copied and dropped would take its children with it; they are
    checked before the commit.
    """
    config = _config()
    with database.engine.execution_options(alpes_writes=True).connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        raw = connection.connection.driver_connection
        assert raw is not None
        if sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                if not sqlite:  # SQLite's own lock is taken by BEGIN
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                config.attributes["connection"] = connection
                yield config, connection
                if sqlite:
                    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                    if broken:
                        raise RuntimeError(f"the migration broke {len(broken)} foreign keys")
        finally:
            if sqlite:
                raw.execute("PRAGMA foreign_keys=ON")
