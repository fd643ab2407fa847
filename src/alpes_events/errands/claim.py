"""Who works on an errand: a claim with a lease, renewed by each step; whoever lost it writes nothing any more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, or_, update
from sqlmodel import Session, col, select

from alpes_events.database.outcome import row_count
from alpes_events.errands.models import Errand, ErrandState

LEASE = timedelta(minutes=2)
"""Longer than any one step; a worker that died is followed by another after it."""
MOST_ATTEMPTS = 4


@dataclass(frozen=True)
class Claim:
    """An errand that is ours until the lease lapses. `attempt` tells our claim from a later one."""

    errand_id: int
    attempt: int


def due_errands(db: Session, *, now: datetime, limit: int = 10) -> list[int]:
    """The ids of errands that may be claimed now, oldest first. Takes no lock."""
    ids = db.exec(select(col(Errand.id)).where(_due(now)).order_by(col(Errand.id)).limit(limit))
    return [errand_id for errand_id in ids if errand_id is not None]


def claim_errand(db: Session, errand_id: int, *, now: datetime) -> Claim | None:
    """Take an errand for the time of the lease; None when another was quicker. The caller commits."""
    statement = (
        update(Errand)
        .where(col(Errand.id) == errand_id, _due(now))
        .values(
            state=ErrandState.RUNNING,
            leased_until=now + LEASE,
            started_at=case((col(Errand.started_at).is_(None), now), else_=col(Errand.started_at)),
            attempt_count=col(Errand.attempt_count) + 1,
        )
        .execution_options(synchronize_session=False)
    )
    if row_count(db, statement) == 0:
        return None
    return Claim(errand_id, db.exec(select(Errand.attempt_count).where(col(Errand.id) == errand_id)).one())


def note_step(
    db: Session, held: Claim, *, done: int, total: int, now: datetime, counts: Mapping[str, int] | None = None
) -> bool:
    """Note how far the work is, and renew the lease. False when the errand is not ours any more.

    Progress never goes back: work that was taken again shows what the first attempt reached until it is past it.
    """
    further = case((col(Errand.done_count) < done, done), else_=col(Errand.done_count))
    shown: dict[str, object] = {} if counts is None else {"counts": dict(counts)}
    return _ours(db, held, leased_until=now + LEASE, done_count=further, total_count=total, **shown)


def settle(db: Session, held: Claim, state: ErrandState, *, now: datetime, **values: object) -> bool:
    """Write how it ended. False when the errand is not ours any more: then nothing is to be kept."""
    return _ours(db, held, state=state, settled_at=now, leased_until=None, **values)


def put_back(db: Session, held: Claim, *, error: str | None = None) -> bool:
    """Let another worker take it at once: this one is leaving (`error` None: no fault of the errand's)."""
    values: dict[str, object] = {"state": ErrandState.WAITING, "leased_until": None, "last_error": error}
    return _ours(db, held, **values)


def is_stop_asked(db: Session, errand_id: int) -> bool:
    """Whether somebody asked for it to stop."""
    return db.exec(select(Errand.stop_asked_at).where(col(Errand.id) == errand_id)).one() is not None


def _ours(db: Session, held: Claim, **values: object) -> bool:
    statement = (
        update(Errand)
        .where(
            col(Errand.id) == held.errand_id,
            col(Errand.state) == ErrandState.RUNNING,
            col(Errand.attempt_count) == held.attempt,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return row_count(db, statement) == 1


def _due(now: datetime) -> ColumnElement[bool]:
    """Waiting, or held by a worker that died."""
    return or_(
        col(Errand.state) == ErrandState.WAITING,
        and_(col(Errand.state) == ErrandState.RUNNING, col(Errand.leased_until) <= now),
    )
