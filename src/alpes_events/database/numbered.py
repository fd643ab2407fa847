"""Many rows inserted at once, whose ids are needed in their order."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, insert
from sqlmodel import Session, SQLModel

from alpes_events.database.prepared import highest_id, insert_rows, prepared


def insert_numbered(db: Session, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert the rows and give their ids, in order.

    SQLite says the ids of one row at a time only; whoever writes there is alone, so that the ids are known before.
    Where rows are prepared, their ids are taken ahead.
    """
    if not rows:
        return []
    table: Table = model.__table__  # type: ignore[attr-defined]
    kept = prepared(db)
    if kept is not None:
        numbers = kept.numbers(db, table, len(rows))
    elif db.get_bind().dialect.name == "sqlite":
        first = highest_id(db, table) + 1
        numbers = list(range(first, first + len(rows)))
    else:
        stored = db.execute(insert(table).returning(table.c.id, sort_by_parameter_order=True), list(rows))
        return [int(number) for number in stored.scalars()]
    insert_rows(db, model, [{**row, "id": number} for row, number in zip(rows, numbers, strict=True)])
    return numbers
