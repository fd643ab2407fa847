"""Hours that no declaration said, in questions to the database: they came by a file, or were entered by hand."""

from sqlalchemy import ColumnElement, and_
from sqlmodel import col

from alpes_events.clause.ledger.taken_back import stands
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry, HourKind, HourSource


def undeclared(entry: type[HourEntry] = HourEntry) -> ColumnElement[bool]:
    """Whether an entry says hours, declared or validated without a declaration, and stands.

    Transfers move hours between lots; what takes an entry back is written by hand, whatever brought the entry.
    """
    return and_(
        col(entry.account).in_((HourAccount.DECLARED, HourAccount.VALIDATED)),
        col(entry.source).in_((HourSource.FILE, HourSource.STAFF)),
        col(entry.kind).in_((HourKind.DECLARED, HourKind.VALIDATED)),
        stands(entry),
    )
