"""What the working tables of a count share: adding to tallies, room to sort, and how large a table has become."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CompoundSelect, Select, Table, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

_ROOM_KILOBYTES = 32_768


def accumulate(
    db: Session,
    table: Table,
    query: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]],
    *,
    keys: Sequence[str],
    counts: Sequence[str],
) -> None:
    """Add the rows of `query` (keys, then counts) to a working table, to what stands there under the same keys."""
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(table).from_select([*keys, *counts], query)
    added = {name: table.c[name] + statement.excluded[name] for name in counts}
    db.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=added))


def measure(db: Session, table: Table) -> None:
    """Let PostgreSQL count a table that was just filled: it would plan as if it were empty."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text(f"ANALYZE {table.name}"))


def make_room(db: Session) -> None:
    """Let this connection of SQLite sort in memory (its usual cache is 2 MB), or this transaction of PostgreSQL."""
    if db.get_bind().dialect.name == "sqlite":
        db.connection().exec_driver_sql(f"PRAGMA cache_size = -{_ROOM_KILOBYTES}")
    else:
        db.connection().exec_driver_sql(f"SET LOCAL work_mem = '{_ROOM_KILOBYTES}kB'")
