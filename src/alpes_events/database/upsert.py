"""INSERT … ON CONFLICT, which both engines have, each in its own dialect."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def upsert(db: Session, table: type[SQLModel]) -> sqlite.Insert | postgresql.Insert:
    """An insertion into `table` that takes `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return sqlite.insert(table) if db.get_bind().dialect.name == "sqlite" else postgresql.insert(table)


def insert_new(
    db: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]], *, unless_same: Sequence[str]
) -> int:
    """Insert the rows whose values of `unless_same` (a UNIQUE key) are not there yet. Gives how many were new."""
    key = inspect(table).primary_key
    statement = upsert(db, table).values(list(rows)).on_conflict_do_nothing(index_elements=list(unless_same))
    return len(db.execute(statement.returning(*key)).all())
