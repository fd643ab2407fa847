"""Which scheduler leads: the holder of a lease that it renews; another takes over when the lease lapses."""

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlmodel import Session, col

from alpes_events.database.outcome import row_count
from alpes_events.database.upsert import insert_new
from alpes_events.jobs.models import Leader

LEASE = timedelta(seconds=30)
HEARTBEAT = timedelta(seconds=10)


def take_lead(db: Session, holder: str, *, now: datetime) -> bool:
    """Take or renew the lead for `LEASE`. False while another process holds it. The caller commits."""
    statement = (
        update(Leader)
        .where(
            col(Leader.id) == 1,
            or_(col(Leader.holder) == holder, col(Leader.leased_until).is_(None), col(Leader.leased_until) <= now),
        )
        .values(holder=holder, beat_at=now, leased_until=now + LEASE)
        .execution_options(synchronize_session=False)
    )
    if row_count(db, statement) == 1:
        return True
    first = {"id": 1, "holder": holder, "beat_at": now, "leased_until": now + LEASE}
    return insert_new(db, Leader, [first], unless_same=["id"]) == 1


def give_lead_up(db: Session, holder: str, *, now: datetime) -> None:
    """Stop leading at once, so that nobody waits for the lease to lapse."""
    row_count(
        db,
        update(Leader)
        .where(col(Leader.id) == 1, col(Leader.holder) == holder)
        .values(leased_until=now)
        .execution_options(synchronize_session=False),
    )
