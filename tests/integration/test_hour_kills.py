"""An import of hours is killed, or somebody signs up beside it: nothing is half-written, and nobody waits long."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from alpes_events.clause.ledger.verifying import verify
from alpes_events.clause.tables.employment_rows import EmploymentContract
from alpes_events.clause.tables.ledger_rows import HourEntry
from alpes_events.database.engine import Database
from alpes_events.people.models import Candidate
from bench import clause_import
from tests.support import import_killing
from tests.support.depth import DEPTH, SEED
from tests.support.stories import an_event, signs_up

ROOT = Path(__file__).parents[2]
ROWS = 1_500
pytestmark = pytest.mark.timeout(240 + 30 * DEPTH.kills)


def a_file(folder: Path) -> Path:
    path = folder / "hours.csv"
    path.write_text("\n".join(clause_import.rows(ROWS)), encoding="utf-8")
    return path


def importing(database: Database, file: Path, *, at_once: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", import_killing.__file__, _address(database), str(file), str(at_once)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((".", "src"))},
        stdout=subprocess.PIPE,
        text=True,
    )


def _address(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def whole(database: Database) -> int:
    """How many rows are written; whatever was begun with one was ended with it."""
    with database.reading() as db:
        assert verify(db).findings == ()
        worked = select(HourEntry.employment_id)
        assert db.exec(select(EmploymentContract.id).where(col(EmploymentContract.id).not_in(worked))).all() == []
        employed = select(EmploymentContract.candidate_id)
        assert db.exec(select(Candidate.id).where(col(Candidate.id).not_in(employed))).all() == []
        return db.exec(select(func.count()).select_from(HourEntry)).one()


def test_killed_import_leaves_whole_rows_and_goes_on_where_it_stopped(organised: Database, tmp_path: Path) -> None:
    file, chance = a_file(tmp_path), random.Random(SEED)
    reached = [0]
    for _kill in range(DEPTH.part(DEPTH.kills, 10)):
        process = importing(organised, file, at_once=100)
        assert process.stdout is not None
        for _transaction in range(chance.randint(2, 12)):
            process.stdout.readline()
        time.sleep(chance.uniform(0, 0.1))
        process.kill()
        process.communicate()
        reached.append(whole(organised))
    assert reached == sorted(reached)
    assert reached[-1] > 0
    importing(organised, file, at_once=100).communicate()
    assert whole(organised) == ROWS


def test_import_all_or_nothing_that_is_killed_leaves_nothing(organised: Database, tmp_path: Path) -> None:
    process = importing(organised, a_file(tmp_path), at_once=0)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.2)
    process.kill()
    process.communicate()
    assert whole(organised) in {0, ROWS}


def test_sign_ups_beside_an_import_are_answered_while_it_runs(organised: Database, tmp_path: Path) -> None:
    with organised.writing() as db:
        event_id = an_event(db, capacity=None)
        db.commit()
    process = importing(organised, a_file(tmp_path), at_once=250)
    assert process.stdout is not None
    process.stdout.readline()
    waits: list[float] = []
    while process.poll() is None:
        began = time.monotonic()
        with organised.writing() as db:
            signs_up(db, event_id, len(waits))
            db.commit()
        waits.append(time.monotonic() - began)
        time.sleep(0.05)
    process.communicate()
    assert len(waits) > 1, "the import was running"
    with organised.reading() as db:
        assert db.exec(select(func.count()).select_from(HourEntry)).one() == ROWS
