"""The driver's own connection, for what SQLAlchemy does not speak: VACUUM INTO, SQLite's backup, COPY."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from alpes_events.database.engine import Database


@contextmanager
def driver_connection(database: Database) -> Iterator[Any]:
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
