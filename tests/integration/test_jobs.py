"""Jobs run once for each period, and one scheduler leads."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from alpes_events.database.engine import Database
from alpes_events.jobs import leader, runs
from alpes_events.jobs.models import JobRun, RunState
from alpes_events.jobs.queries import last_runs, present_lead
from tests.support.posts import Clock
from tests.support.stories import NOW


def _lead(database: Database, holder: str, clock: Clock) -> bool:
    with database.writing() as db:
        leads = leader.take_lead(db, holder, now=clock.now)
        db.commit()
    return leads


def test_one_scheduler_leads_and_another_takes_over_when_the_lease_lapses(database: Database) -> None:
    clock = Clock()
    assert [_lead(database, name, clock) for name in ("one", "two", "one")] == [True, False, True]
    clock.now += leader.LEASE - timedelta(seconds=1)
    assert not _lead(database, "two", clock)
    clock.pass_by(seconds=1)
    assert [_lead(database, name, clock) for name in ("two", "one")] == [True, False]
    with database.reading() as db:
        lead = present_lead(db, now=clock.now)
    assert lead is not None
    assert (lead.holder, lead.alive) == ("two", True)


def test_a_scheduler_that_stops_hands_the_lead_over_at_once(database: Database) -> None:
    clock = Clock()
    _lead(database, "one", clock)
    with database.writing() as db:
        leader.give_lead_up(db, "two", now=clock.now)
        db.commit()
    assert not _lead(database, "two", clock), "only the holder can give it up"
    with database.writing() as db:
        leader.give_lead_up(db, "one", now=clock.now)
        db.commit()
    assert _lead(database, "two", clock)


def _work(done: list[str], *, fails: int = 0) -> Callable[[], int]:
    def work() -> int:
        done.append("tried")
        if len(done) <= fails:
            raise OSError("disk of Samira Belkacem is full")
        return 7

    return work


def test_a_job_runs_once_for_a_period(database: Database) -> None:
    clock, done = Clock(), list[str]()
    assert runs.run_once(database, "save", "2026-03-02", _work(done), clock=clock) == 7
    assert runs.run_once(database, "save", "2026-03-02", _work(done), clock=clock) is None
    assert runs.run_once(database, "save", "2026-03-03", _work(done), clock=clock) == 7
    assert len(done) == 2
    with database.reading() as db:
        (last,) = last_runs(db)
    assert (last.job, last.period, last.state, last.done_count) == ("save", "2026-03-03", RunState.DONE, 7)


def test_a_job_that_fails_is_tried_again_five_times_in_all(database: Database) -> None:
    clock, done = Clock(), list[str]()
    for _ in range(9):
        assert runs.run_once(database, "save", "today", _work(done, fails=99), clock=clock) is None
        clock.now += runs.RETRY_AFTER
    assert len(done) == runs.MOST_ATTEMPTS
    with database.reading() as db:
        (last,) = last_runs(db)
    assert last.state is RunState.FAILED
    assert last.error.startswith("OSError (test_jobs.py:")
    assert "Samira" not in last.error


def test_a_job_whose_process_was_killed_is_run_again(database: Database) -> None:
    clock, done = Clock(), list[str]()
    with database.writing() as db:
        assert runs.begin_run(db, "save", "today", now=clock.now) is not None
        db.commit()
    assert runs.run_once(database, "save", "today", _work(done), clock=clock) is None, "it may still be running"
    clock.now += runs.ABANDONED_AFTER
    assert runs.run_once(database, "save", "today", _work(done), clock=clock) == 7


def test_of_two_processes_one_runs_the_job(database: Database) -> None:
    claims = []
    for _ in range(2):
        with database.writing() as db:
            claims.append(runs.begin_run(db, "save", "today", now=NOW))
            db.commit()
    assert [claim is not None for claim in claims] == [True, False]


def test_frequent_work_adds_up_in_one_row(database: Database) -> None:
    for count, failed in ((3, False), (0, True), (4, False)):
        with database.writing() as db:
            runs.note_work(db, "send", "2026-03-02T09", count=count, failed=failed, now=NOW)
            db.commit()
    with database.reading() as db:
        row = db.exec(select(JobRun)).one()
    assert (row.done_count, row.state) == (7, RunState.DONE)


@pytest.mark.parametrize("holder", ["one", "two"])
def test_who_leads_is_known_only_once_somebody_did(database: Database, holder: str) -> None:
    with database.reading() as db:
        assert present_lead(db, now=NOW) is None
    _lead(database, holder, Clock())
    with database.reading() as db:
        assert (present_lead(db, now=NOW + leader.LEASE) or pytest.fail("nobody")).alive is False
