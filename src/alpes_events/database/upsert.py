"""INSERT … ON CONFLICT, which both engines have, each in its own dialect."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def upsert(db: Session, table: type[SQLModel]) -> sqlite.Insert | postgresql.Insert:
    """An insertion into `table` that takes `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return sqlite.insert(table) if db.get_bind().dialect.name == "sqlite" else postgresql.insert(table)
