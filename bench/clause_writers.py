"""Sixteen processes that validate hours at once, then the same while they are killed: is an entry lost or doubled?

Run: `make bench-clause_writers`, `ARGS="[seconds] [kills] [seed]"`. Prints one JSON object for each database, and ends
with 1 if a law was broken: each writer notes what it wrote in a file after the commit; at the end all that was noted is
in the ledger once, the chains are intact, and the balances are what a recount of the entries says.
"""

import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from multiprocessing.process import BaseProcess
from pathlib import Path

from sqlmodel import col, func, select

import alpes_events.tables  # noqa: F401 (foreign keys find the tables of every capability)
from alpes_events.clause.ledger.balances import balances_by_lot
from alpes_events.clause.ledger.hours import Worked, correct_hours, write_hours
from alpes_events.clause.ledger.verifying import verify
from alpes_events.clause.tables.ledger_rows import HourAccount, HourEntry, HourSource
from alpes_events.database.engine import Database, connect
from bench.machine import about
from tests.support.clause import a_site, employs
from tests.support.databases import ENGINES, Templates
from tests.support.stories import NOW, an_organisation

WRITERS, CONTRACTS, PEOPLE = 16, 4, 32
MONTHS = [date(2026, month, 1) for month in range(1, 13)]
_CONTEXT = multiprocessing.get_context("forkserver")


@dataclass(frozen=True)
class Office:
    """Where everything is: the database, the work contracts, and the folder in which writers note what they wrote."""

    url: str
    employments: tuple[int, ...]
    notes: Path


def main() -> int:
    """Write, kill, judge; for each database."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 2026
    broken = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as a user of its own when this runs as root
        templates = Templates(Path(folder))
        for engine in ENGINES:
            with templates.fresh(engine, an_organisation) as database:
                office = an_office(database, Path(folder) / engine)
                report = write_for(office, seconds=seconds, kills=kills, chance=random.Random(seed))
                laws = broken_laws(database, office, kills=kills)
                report |= about(database) | {"seed": seed, "broken": laws, "entries": _entries(database)}
            print(json.dumps(report, ensure_ascii=False), flush=True)
            broken += len(laws)
    return int(broken > 0)


def an_office(database: Database, notes: Path) -> Office:
    """Contracts with people at work."""
    notes.mkdir()
    with database.writing() as db:
        sites = [a_site(db, number) for number in range(1, CONTRACTS + 1)]
        employments = tuple(employs(db, sites[number % CONTRACTS], number) for number in range(PEOPLE))
        db.commit()
    database.engine.dispose()
    return Office(database.engine.url.render_as_string(hide_password=False), employments, notes)


def write_for(office: Office, *, seconds: float, kills: int, chance: random.Random) -> dict[str, object]:
    """Let sixteen write for so long, then kill one after the other and start it again."""
    running = {number: _start(office, number, life=0) for number in range(WRITERS)}
    time.sleep(seconds)
    quiet = _noted(office)
    for kill in range(kills):
        time.sleep(chance.uniform(0.02, 0.3))
        number = chance.randrange(WRITERS)
        _kill(running[number])
        running[number] = _start(office, number, life=kill + 1)
    for process in running.values():
        _kill(process)
    return {
        "writers": WRITERS,
        "seconds": seconds,
        "written_a_second": round(len(quiet) / seconds, 1),
        "kills": kills,
        "noted": len(_noted(office)),
    }


def broken_laws(database: Database, office: Office, *, kills: int) -> list[str]:
    """What does not hold; empty when all is well."""
    return list(_laws(database, office, kills=kills))


def _laws(database: Database, office: Office, *, kills: int) -> Iterator[str]:
    noted = Counter(_noted(office))
    with database.reading() as db:
        numbers = Counter(
            db.exec(
                select(HourEntry.source_id).where(col(HourEntry.source_id).is_not(None), col(HourEntry.minutes) > 0)
            )
        )
        lost = noted.keys() - numbers.keys()
        unknown = numbers.keys() - noted.keys()
        verified = verify(db)
        balances = balances_by_lot(db)
        recount = sum(db.exec(select(HourEntry.minutes).where(HourEntry.account == HourAccount.VALIDATED)))
    if lost:
        yield f"lost: {sorted(lost)[:5]} of {len(lost)} entries that were noted"
    if len(unknown) > kills + WRITERS:
        yield f"{len(unknown)} entries that nobody noted, for {kills} kills"
    yield from (f"chain: {finding}" for finding in verified.findings)
    told = sum(balance.validated for balance in balances.values())
    if not told == recount == verified.minutes:
        yield f"balances say {told}, a recount {recount}, the verification {verified.minutes}"


def write_again_and_again(office: Office, number: int, life: int) -> None:
    """Validate somebody's hours, at times correct them, and note what was written once it is."""
    database, chance = connect(office.url), random.Random(f"{number} {life}")
    first = (number * 1000 + life) * 10_000
    with (office.notes / f"{number}-{life}").open("a", encoding="utf-8") as notes:
        for one in range(first, first + 10_000):
            worked = Worked(
                chance.choice(office.employments),
                chance.choice(MONTHS),
                chance.randint(1, 9000),
                HourSource.FILE,
                one,
            )
            with database.writing() as db:
                ((contract_id, sequence),) = write_hours(db, HourAccount.VALIDATED, [worked], now=NOW, account_id=None)
                if chance.random() < 0.1:
                    correct_hours(db, contract_id, sequence, None, now=NOW, account_id=None)
                db.commit()
            notes.write(f"{one}\n")
            notes.flush()


def _noted(office: Office) -> list[int]:
    """Every number that a writer noted; a line that was cut by a kill is not counted."""
    told: list[int] = []
    for path in sorted(office.notes.iterdir()):
        told += [
            int(line) for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if line.endswith("\n")
        ]
    return told


def _entries(database: Database) -> int:
    with database.reading() as db:
        return db.exec(select(func.count()).select_from(HourEntry)).one()


def _start(office: Office, number: int, *, life: int) -> BaseProcess:
    process = _CONTEXT.Process(target=write_again_and_again, args=(office, number, life), daemon=True)
    process.start()
    return process


def _kill(process: BaseProcess) -> None:
    if process.pid is not None and process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join()


if __name__ == "__main__":
    _CONTEXT.set_forkserver_preload(["bench.clause_writers"])
    raise SystemExit(main())
