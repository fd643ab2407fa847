"""Processes are killed while people sign up and mail leaves (R5): nothing is lost, doubled or oversold."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import select

from alpes_events.database.engine import Database
from alpes_events.messages.models import OutboxMessage
from alpes_events.seats.models import SeatPool
from bench import kill_loop
from tests.support.depth import DEPTH, SEED
from tests.support.posts import Clock, deliver_messages
from tests.support.stories import an_event, signs_up

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(600 + 60 * DEPTH.kills)
def test_kills_lose_nothing_on_either_database() -> None:
    ran = subprocess.run(
        [sys.executable, "bench/kill_loop.py", str(DEPTH.kills), str(SEED)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((".", "src", "web", "scheduler")), "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
    )
    reports = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [(report["database"], report["broken"]) for report in reports] == [("sqlite", []), ("postgresql", [])], (
        ran.stderr
    )
    assert all(report["acknowledged"]["signed"] for report in reports)


def test_the_judge_of_the_kill_loop_sees_what_is_lost(organised: Database, tmp_path: Path) -> None:
    """The control: each kind of damage is named."""
    with organised.writing() as db:
        event_id = an_event(db, capacity=1)
        signs_up(db, event_id, 1)
        signs_up(db, event_id, 2)
        db.commit()
    deliver_messages(organised, Clock())
    town = kill_loop.Town("", event_id, tmp_path / "acks.txt", tmp_path / "mail")
    town.acks.write_text("signed 00000000-0000-4000-8000-000000000000 LOST\n")
    with organised.writing() as db:
        db.delete(db.exec(select(OutboxMessage)).first())
        pool = db.exec(select(SeatPool)).one()
        pool.taken, pool.capacity = 2, 2
        db.add(pool)
        db.flush()
        laws = list(kill_loop.broken_laws(db, town))
    assert laws[0].startswith("lost: signed")
    assert "the counter says 2, the rows 1" in laws
    assert "1 places free while 1 wait" in laws
    assert "1 changes were not told exactly once" in laws
    assert any(law.endswith("never ended") for law in laws)
