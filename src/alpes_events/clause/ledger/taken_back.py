"""Which entry takes which back, in questions to the database."""

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from alpes_events.clause.tables.ledger_rows import HourEntry


def takes_back(back: type[HourEntry], entry: type[HourEntry] = HourEntry) -> ColumnElement[bool]:
    """Whether `back` takes `entry` back: what the two are joined by."""
    return and_(col(back.contract_id) == col(entry.contract_id), col(back.reverses) == col(entry.sequence))


def stands(entry: type[HourEntry] = HourEntry) -> ColumnElement[bool]:
    """Whether nothing took an entry back."""
    back = aliased(HourEntry)
    return ~select(col(back.id)).where(takes_back(back, entry)).exists()
