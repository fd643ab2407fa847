"""What a downgrade would lose, found by looking: the data before, and the tables and columns that are left after."""

from dataclasses import dataclass

from sqlalchemy import MetaData, String, Table, func, select
from sqlalchemy.engine import Connection

from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_

_VERSION_TABLE = "alembic_version"


class DowngradeLosesData(Refusal):
    """The older version has no room for data that are there."""

    def __init__(self, lost: tuple[str, ...]) -> None:
        super().__init__(
            N_(
                "Revenir à cette version perdrait des données (%(lost)s). "
                "Faites une sauvegarde, puis demandez-le en acceptant cette perte."
            ),
            lost=", ".join(lost),
        )
        self.lost = lost


@dataclass(frozen=True)
class Holdings:
    """How many values each column holds: `table` → `column` → count of values, neither null nor an empty text."""

    tables: dict[str, dict[str, int]]
    rows: dict[str, int]


def holdings(connection: Connection) -> Holdings:
    """What the database holds now."""
    metadata = MetaData()
    metadata.reflect(connection)
    found = [table for table in metadata.sorted_tables if table.name != _VERSION_TABLE]
    counted = {table.name: _counts(connection, table) for table in found}
    return Holdings(
        tables={name: columns for name, (_, columns) in counted.items()},
        rows={name: rows for name, (rows, _) in counted.items()},
    )


def lost_between(before: Holdings, after: Holdings) -> tuple[str, ...]:
    """The tables and columns (`table.column`) that held something and hold less or are gone."""
    lost = []
    for table, rows in before.rows.items():
        if after.rows.get(table, 0) < rows:
            lost.append(table)
            continue
        left = after.tables.get(table, {})
        lost += [f"{table}.{name}" for name, count in before.tables[table].items() if left.get(name, 0) < count]
    return tuple(sorted(lost))


def _counts(connection: Connection, table: Table) -> tuple[int, dict[str, int]]:
    columns = list(table.columns)
    held = [func.nullif(column, "") if isinstance(column.type, String) else column for column in columns]
    rows, *values = connection.execute(select(func.count(), *map(func.count, held))).one()
    return rows, {column.name: count for column, count in zip(columns, values, strict=True)}
