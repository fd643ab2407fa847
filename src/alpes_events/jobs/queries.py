"""Questions about jobs: what ran last, and who leads."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from alpes_events.jobs.models import JobRun, Leader, RunState


@dataclass(frozen=True)
class LastRun:
    """The last run of one job. `done_count` is what it counted; None when it did not end."""

    job: str
    period: str
    state: RunState
    attempt_count: int
    started_at: datetime
    ended_at: datetime | None
    done_count: int | None
    error: str


@dataclass(frozen=True)
class Lead:
    """Who keeps time. `alive`: its lease has not lapsed."""

    holder: str
    beat_at: datetime
    alive: bool


def last_runs(db: Session) -> list[LastRun]:
    """The last run of every job, by name."""
    newest = select(func.max(col(JobRun.id))).group_by(col(JobRun.job))
    rows = db.exec(select(JobRun).where(col(JobRun.id).in_(newest)).order_by(col(JobRun.job)))
    return [_last_run(row) for row in rows]


def last_done_at(db: Session, job: str) -> datetime | None:
    """When the job was last done; None if it never was."""
    done = select(func.max(col(JobRun.ended_at))).where(JobRun.job == job, JobRun.state == RunState.DONE)
    return db.exec(done).one()


def present_lead(db: Session, *, now: datetime) -> Lead | None:
    """The scheduler that leads, or led last; None if none ever ran."""
    row = db.get(Leader, 1)
    if row is None or row.beat_at is None or row.leased_until is None:
        return None
    return Lead(holder=row.holder, beat_at=row.beat_at, alive=row.leased_until > now)


def _last_run(row: JobRun) -> LastRun:
    return LastRun(
        job=row.job,
        period=row.period,
        state=row.state,
        attempt_count=row.attempt_count,
        started_at=row.started_at,
        ended_at=row.ended_at,
        done_count=row.done_count,
        error=row.last_error or "",
    )
