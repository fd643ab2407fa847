"""Tables whose rows are only ever added: triggers refuse to change or remove them, whoever asks.

A correction is a new row. A migration that copies a protected table in batch mode (SQLite) must protect it again, as
the copy has no triggers.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.engine import Connection


@dataclass(frozen=True)
class Protection:
    """What is refused for a table. `removable`: rows may go when their time is over, but never change."""

    table: str
    removable: bool = False

    @property
    def refused(self) -> tuple[str, ...]:
        """The statements that are refused row by row."""
        return ("UPDATE",) if self.removable else ("UPDATE", "DELETE")


PROTECTED = (
    Protection("journal_entry"),
    Protection("presence_mark"),
    Protection("door_count"),
    Protection("access_audit", removable=True),
    Protection("ranking_run"),
    Protection("ranking_place"),
    Protection("ranking_decision"),
    Protection("lot_ranking"),
    Protection("hour_entry"),
    Protection("clause_obligation"),
    Protection("clause_document"),
    Protection("clause_document_content"),
    Protection("eligibility_assessment"),
    Protection("disability_assessment", removable=True),
    Protection("pathway_revision", removable=True),
    Protection("reserved_revision", removable=True),
    Protection("report_compilation"),
    Protection("report_edition"),
)
"""What the database of this version protects; a test tries each."""

_FUNCTION = "alpes_refuse_change"


def protect(connection: Connection, protections: Iterable[Protection]) -> None:
    """Make the triggers."""
    if connection.dialect.name == "sqlite":
        for one in protections:
            for statement in one.refused:
                connection.exec_driver_sql(_sqlite_trigger(one.table, statement))
        return
    connection.exec_driver_sql(
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || '{_MESSAGE}', "
        "ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for one in protections:
        for statement in one.refused:
            connection.exec_driver_sql(_row_trigger(one.table, statement))
        connection.exec_driver_sql(_truncate_trigger(one.table))


def unprotect(connection: Connection, protections: Iterable[Protection]) -> None:
    """Take the triggers away."""
    on_sqlite = connection.dialect.name == "sqlite"
    for one in protections:
        for statement in one.refused if on_sqlite else (*one.refused, "TRUNCATE"):
            on_table = "" if on_sqlite else f" ON {one.table}"
            connection.exec_driver_sql(f"DROP TRIGGER {_name(one.table, statement)}{on_table}")
    if not on_sqlite:
        connection.exec_driver_sql(f"DROP FUNCTION {_FUNCTION}()")


_MESSAGE = " is append-only"


def _name(table: str, statement: str) -> str:
    return f"{table}_refuses_{statement.lower()}"


def _sqlite_trigger(table: str, statement: str) -> str:
    return (
        f"CREATE TRIGGER {_name(table, statement)} BEFORE {statement} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table}{_MESSAGE}'); END"
    )


def _row_trigger(table: str, statement: str) -> str:
    return (
        f"CREATE TRIGGER {_name(table, statement)} BEFORE {statement} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {_FUNCTION}()"
    )


def _truncate_trigger(table: str) -> str:
    """TRUNCATE passes triggers on rows by."""
    return (
        f"CREATE TRIGGER {_name(table, 'TRUNCATE')} BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()"
    )
