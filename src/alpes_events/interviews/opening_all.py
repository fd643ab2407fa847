"""The same table for each exhibitor of an event who has none, in one go."""

from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.models import Exhibitor
from alpes_events.interviews.choosing import accepting
from alpes_events.interviews.table import TableDraft
from alpes_events.interviews.tables import open_table


def open_for_all(
    db: Session, event_id: int, draft: TableDraft, *, now: datetime, account_id: int | None = None
) -> list[int]:
    """Gives the exhibitors who got a table. Raises as `open_table` does."""
    have = accepting(db, event_id)
    come = (col(Exhibitor.event_id) == event_id, col(Exhibitor.state) == ExhibitorState.ACCEPTED)
    rows = db.exec(select(Exhibitor.id).where(*come).order_by(col(Exhibitor.id)))
    without = [one or 0 for one in rows.all() if one not in have]
    for exhibitor_id in without:
        open_table(db, exhibitor_id, draft, now=now, account_id=account_id)
    return without
