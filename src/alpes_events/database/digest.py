"""One hash of everything that is stored: equal on both engines when the data are equal, however they got there."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import MetaData, Table, select
from sqlalchemy.engine import Connection

from alpes_events.database.engine import Database

_ROWS_AT_A_TIME = 1_000


def digest(database: Database, metadata: MetaData, *, without: frozenset[str] = frozenset()) -> str:
    """The SHA-256 of every row of every table of `metadata`, but those named in `without`."""
    total = hashlib.sha256()
    with database.engine.connect() as connection:
        for table in sorted(metadata.tables.values(), key=lambda one: one.name):
            if table.name in without:
                continue
            total.update(f"table {table.name}\n".encode())
            for line in _lines(connection, table):
                total.update(line)
        connection.rollback()
    return total.hexdigest()


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Each row as one line of JSON, in the order of the primary key."""
    rows = connection.execution_options(yield_per=_ROWS_AT_A_TIME).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    for row in rows.mappings():
        named = {column.name: _plain(row[column]) for column in table.columns}
        yield json.dumps(named, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def _plain(value: Any) -> Any:
    """A value as JSON has it, the same from both engines."""
    match value:
        case bytes():
            return hashlib.sha256(value).hexdigest()
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case _:
            return value
