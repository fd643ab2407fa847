"""How often something may be tried: a count in the database for each key and window, true for every process."""

from datetime import UTC, datetime, timedelta
from math import ceil

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col

from alpes_events.database.outcome import row_count
from alpes_events.people.models import RateCount

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


_COUNT = {
    name: insert(RateCount.__table__)  # type: ignore[attr-defined]
    .on_conflict_do_update(index_elements=["key", "window_at"], set_={"count": col(RateCount.count) + 1})
    .returning(col(RateCount.count))
    for name, insert in (("sqlite", sqlite_insert), ("postgresql", postgresql_insert))
}


def count_use(db: Session, key: str, *, limit: int, window: timedelta, now: datetime) -> int | None:
    """Count one use of `key` (at most 96 characters, never an address or a name in clear: give a hash).

    None when it is among the first `limit` of its window, else the whole seconds to wait until the next window.
    One statement decides, so callers at the same moment cannot both be the last one allowed. Windows are aligned to
    1970-01-01, not to the first use.
    """
    window_at = now - (now - _EPOCH) % window
    statement = _COUNT[db.get_bind().dialect.name]
    used: int = db.execute(statement, {"key": key, "window_at": window_at, "count": 1}).scalar_one()
    return None if used <= limit else max(1, ceil((window_at + window - now).total_seconds()))


def forget_counts(db: Session, *, before: datetime) -> int:
    """Delete the counts of windows that began before `before`. Gives how many."""
    return row_count(db, delete(RateCount).where(col(RateCount.window_at) < before))
