"""What is deleted for good: SQLite leaves it in the file until it needs the room, unless it is told to overwrite it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlmodel import Session


@contextmanager
def overwriting(db: Session) -> Iterator[None]:
    """Have what is deleted meanwhile overwritten with zeros."""
    is_sqlite = db.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        db.execute(text("PRAGMA secure_delete=ON"))
    yield
    db.flush()
    if is_sqlite:
        db.execute(text("PRAGMA secure_delete=OFF"))
