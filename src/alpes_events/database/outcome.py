"""How many rows a change touched: for a claim or a place, that number is the answer."""

from typing import cast

from sqlalchemy import CursorResult
from sqlalchemy.sql.dml import UpdateBase
from sqlmodel import Session


def row_count(db: Session, statement: UpdateBase, **values: object) -> int:
    """Execute `statement` with `values` for its named parameters, and give the number of rows that it changed."""
    return cast("CursorResult[object]", db.execute(statement, values or None)).rowcount
