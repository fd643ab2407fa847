"""Running a job once for a period: the row is inserted first, and its UNIQUE pair decides who runs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, update
from sqlmodel import Session, col, func, select

from alpes_events.database.engine import Database
from alpes_events.database.outcome import row_count
from alpes_events.database.upsert import insert_new, upsert
from alpes_events.jobs.models import JobRun, RunState
from alpes_events.journal.delivery import place_of_failure

MOST_ATTEMPTS = 5
RETRY_AFTER = timedelta(minutes=10)
ABANDONED_AFTER = timedelta(hours=2)
"""A run that says nothing for so long was killed: it may be started again."""


@dataclass(frozen=True)
class Run:
    """A run that is ours. `attempt` tells it from a later one of the same period."""

    run_id: int
    attempt: int


def run_once(
    database: Database, job: str, period: str, work: Callable[[], int], *, clock: Callable[[], datetime]
) -> int | None:
    """Run `work` unless it ran for this period; gives what it counted, or None when there was nothing to do.

    A failure is written down and tried again, at most five times. `work` commits what it does itself and must bear
    being repeated: a crash between its commit and ours runs it again.
    """
    with database.reading() as db:
        if not may_run(db, job, period, now=clock()):
            return None
    run = _begin(database, job, period, now=clock())
    if run is None:
        return None
    try:
        count = work()
    except Exception as error:  # noqa: BLE001 (one job that fails must not stop the scheduler)
        _end(database, run, state=RunState.FAILED, last_error=place_of_failure(error)[:200], ended_at=clock())
        return None
    _end(database, run, state=RunState.DONE, done_count=count, ended_at=clock(), last_error=None)
    return count


def may_run(db: Session, job: str, period: str, *, now: datetime) -> bool:
    """Whether the job has not run for this period, or may be tried again."""
    existing = db.exec(select(JobRun.id).where(JobRun.job == job, JobRun.period == period)).first()
    if existing is None:
        return True
    return db.exec(select(JobRun.id).where(JobRun.id == existing, _again(now))).first() is not None


def begin_run(db: Session, job: str, period: str, *, now: datetime) -> Run | None:
    """Claim the run of a period: insert its row, or take over a failed or abandoned one. None: somebody else did."""
    first = {"job": job, "period": period, "state": RunState.RUNNING, "attempt_count": 1, "started_at": now}
    ours = insert_new(db, JobRun, [first], unless_same=["job", "period"]) == 1
    if not ours:
        again = (
            update(JobRun)
            .where(col(JobRun.job) == job, col(JobRun.period) == period, _again(now))
            .values(state=RunState.RUNNING, attempt_count=col(JobRun.attempt_count) + 1, started_at=now, ended_at=None)
            .execution_options(synchronize_session=False)
        )
        ours = row_count(db, again) == 1
    if not ours:
        return None
    run_id, attempt = db.exec(
        select(col(JobRun.id), JobRun.attempt_count).where(JobRun.job == job, JobRun.period == period)
    ).one()
    return Run(run_id or 0, attempt)


def ask_again(db: Session, job: str, period: str, *, now: datetime) -> bool:
    """A failed run of a period is tried again at once, with five more attempts. False when it is not failed."""
    failed = (
        update(JobRun)
        .where(col(JobRun.job) == job, col(JobRun.period) == period, col(JobRun.state) == RunState.FAILED)
        .values(attempt_count=0, ended_at=now - RETRY_AFTER)
        .execution_options(synchronize_session=False)
    )
    return row_count(db, failed) == 1


def note_work(db: Session, job: str, period: str, *, count: int, failed: bool, now: datetime) -> None:
    """Add to the count of a job that runs all the time: one row for each period. Idle passes are not noted."""
    state = RunState.FAILED if failed else RunState.DONE
    row = {"job": job, "period": period, "attempt_count": 1, "started_at": now}
    statement = upsert(db, JobRun).values(**row, state=state, done_count=count, ended_at=now)
    added = statement.on_conflict_do_update(
        index_elements=["job", "period"],
        set_={"done_count": func.coalesce(col(JobRun.done_count), 0) + count, "state": state, "ended_at": now},
    )
    db.execute(added)


def forget_runs(db: Session, *, before: datetime) -> int:
    """Remove runs that began before `before`. Gives how many."""
    old = delete(JobRun).where(col(JobRun.started_at) < before)
    return row_count(db, old.execution_options(synchronize_session=False))


def _end(database: Database, run: Run, **values: object) -> None:
    statement = (
        update(JobRun)
        .where(col(JobRun.id) == run.run_id, col(JobRun.attempt_count) == run.attempt)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    with database.writing() as db:
        row_count(db, statement)
        db.commit()


def _begin(database: Database, job: str, period: str, *, now: datetime) -> Run | None:
    with database.writing() as db:
        run = begin_run(db, job, period, now=now)
        db.commit()
    return run


def _again(now: datetime) -> ColumnElement[bool]:
    """A failure whose turn has come, or a run whose process died; a fifth attempt is the last."""
    return and_(
        col(JobRun.attempt_count) < MOST_ATTEMPTS,
        or_(
            and_(col(JobRun.state) == RunState.FAILED, col(JobRun.ended_at) <= now - RETRY_AFTER),
            and_(col(JobRun.state) == RunState.RUNNING, col(JobRun.started_at) <= now - ABANDONED_AFTER),
        ),
    )
