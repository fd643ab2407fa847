"""Somebody who changes the ledger of hours at the database's own prompt."""

from sqlalchemy import text

from alpes_events.database.append_only import Protection, protect, unprotect
from alpes_events.database.engine import Database

_LEDGER = (Protection("hour_entry"), Protection("clause_document"), Protection("clause_document_content"))


def tampered(database: Database, statement: str, **values: object) -> None:
    """Run a statement with the triggers taken away first, and put back."""
    with database.engine.execution_options(alpes_writes=True).begin() as connection:
        if database.is_sqlite:
            unprotect(connection, _LEDGER)
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")
        connection.execute(text(statement), values)
        if database.is_sqlite:
            protect(connection, _LEDGER)
        else:
            connection.exec_driver_sql("SET session_replication_role = origin")
