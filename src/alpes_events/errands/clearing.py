"""The short life of errands: their files go after three days, or at once when somebody is erased; the rows later."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, true, update
from sqlalchemy.sql.dml import UpdateBase
from sqlmodel import Session, col, select

from alpes_events.database.outcome import row_count
from alpes_events.database.overwriting import overwriting
from alpes_events.errands.models import OPEN, Errand, ErrandFile, ErrandState

FILES_KEPT = timedelta(days=3)
"""From the day an errand was asked for: time to fetch a file after a week-end."""
ROWS_KEPT = timedelta(days=30)


def clear_files(db: Session, *, now: datetime) -> int:
    """Remove the files of errands whose time has come, and later the errands. Gives how many rows went."""
    over = col(Errand.state).not_in(OPEN)
    old = col(Errand.asked_at) < now - FILES_KEPT
    cleared = select(col(Errand.id)).where(old, over)
    with overwriting(db):
        gone = _count(db, delete(ErrandFile).where(col(ErrandFile.errand_id).in_(cleared)))
    _mark(db, old, now=now)
    last = db.exec(select(col(Errand.id)).where(col(Errand.asked_at) < now - ROWS_KEPT, over)).all()
    _count(db, update(Errand).where(col(Errand.follows).in_(last)).values(follows=None))
    return gone + _count(db, delete(Errand).where(col(Errand.id).in_(last)))


def drop_files(db: Session, *, now: datetime) -> int:
    """Somebody is being erased and may stand in any of these files: all go, and what is under way is stopped.

    Whoever asked asks again, and gets what is left. Gives how many files went.
    """
    ended = {"state": ErrandState.STOPPED, "settled_at": now, "leased_until": None}
    _count(db, update(Errand).where(col(Errand.state).in_(OPEN)).values(**ended))
    with overwriting(db):
        gone = _count(db, delete(ErrandFile))
    _mark(db, true(), now=now)
    return gone


def _mark(db: Session, which: ColumnElement[bool], *, now: datetime) -> None:
    unmarked = col(Errand.cleared_at).is_(None), col(Errand.state).not_in(OPEN)
    _count(db, update(Errand).where(which, *unmarked).values(cleared_at=now))


def _count(db: Session, statement: UpdateBase) -> int:
    return row_count(db, statement.execution_options(synchronize_session=False))
