"""One at a time: whoever changes the same thing waits for the one before to be done."""

from sqlalchemy import func, select
from sqlmodel import Session


def wait_for_turn(db: Session, name: str) -> None:
    """Hold `name` until the transaction ends. A session that writes to SQLite holds everything already."""
    if db.get_bind().dialect.name != "sqlite":
        db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
