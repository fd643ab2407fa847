"""How many rows a change touched: for a claim or a place, that number is the answer."""

from typing import cast

from sqlalchemy import CursorResult
from sqlalchemy.sql.dml import UpdateBase
from sqlmodel import Session


def row_count(db: Session, statement: UpdateBase) -> int:
    """Execute `statement` and give the number of rows that it changed."""
    return cast("CursorResult[object]", db.execute(statement)).rowcount
