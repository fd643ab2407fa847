"""The stands of the biggest day: 171 requests for 150 places at one moment, the plan, and what is printed.

Run: `make bench-stands` (`ARGS="--processes 50 --database sqlite"`). Prints one JSON object for each database, and ends
with 1 if a place was given twice, one was left free, or somebody waits out of turn.

*Requests* race from real processes, each a transaction of its own, all beginning together; each process asked once
before, at another event, as one that serves has. The time is from the first beginning to the last answer. *The plan*
places 171 accepted exhibitors of nine villages in a hall of 200 squares.
*Printing* is 171 signs, 400 badges with a code, the catalogue and the set-up list.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlmodel import Session, col, select

from alpes_events.database.engine import Database
from alpes_events.fair.call import CallDraft, VillageDraft, set_call, villages_of
from alpes_events.fair.codes import ExhibitorState, StandOption
from alpes_events.fair.decisions import accept_stand
from alpes_events.fair.halls import draw_hall
from alpes_events.fair.models import Exhibitor, StandCall
from alpes_events.fair.plan import place_everybody
from alpes_events.fair.printing import Print, print_stands
from alpes_events.fair.recruiters import set_recruiters
from alpes_events.fair.request import StandDraft
from alpes_events.fair.requests import Asker, request_stand
from alpes_events.fair.stand import ExhibitorDraft
from alpes_events.seats.pool import pool_state
from bench.machine import about
from tests.support.databases import ENGINES, Templates
from tests.support.racing import Broke, Racers, act, dealt
from tests.support.stories import NOW, an_event, an_organisation

STANDS, PLACES, BADGES, VILLAGES = 171, 150, 400, 9
HALL = "\n".join(
    line for _ in range(5) for line in ("PPPPPPPPPP.PPPPPPPPPP", "##########.##########", ".....................")
)
Timed = Callable[[], object]


def main() -> int:
    """Race, place and print for each database."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--processes", type=int, default=50)
    parser.add_argument("--database", choices=ENGINES, action="append")
    chosen = parser.parse_args()
    broken = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        templates = Templates(Path(folder), durable=True)
        for engine in chosen.database or ENGINES:
            with templates.fresh(engine, an_organisation) as database:
                report, faults = _race(database, chosen.processes)
                report |= _plan_and_prints(database)
                print(json.dumps(about(database) | report | {"faults": faults}, ensure_ascii=False), flush=True)
                broken += len(faults)
    return int(broken > 0)


def asks(db: Session, event_id: int, name: str, village_id: int | None = None, *, power: bool = False) -> int:
    """One request, as the public form makes it."""
    draft = StandDraft(
        ExhibitorDraft(name, looking_for="Soudeurs, piqueuses, aides à domicile"),
        village_id=village_id,
        options=(StandOption.ELECTRICITY,) if power else (),
        recruiter_count=2,
    )
    return request_stand(db, event_id, draft, Asker(), now=NOW + timedelta(seconds=1)).exhibitor_id


def _race(database: Database, processes: int) -> tuple[dict[str, object], list[str]]:
    with database.writing() as db:
        before, event_id = an_event(db, title="Essai"), an_event(db)
        for one in (before, event_id):
            set_call(db, one, CallDraft(capacity=PLACES), now=NOW, account_id=None)
        db.commit()
    racers = Racers(processes)
    racers.run(database, [[act(asks, before, f"Essai {number}")] for number in range(processes)])
    acts = [act(asks, event_id, f"Entreprise {number:03d}") for number in range(STANDS)]
    began = time.perf_counter()
    answers = [one for lane in racers.run(database, dealt(acts, processes, seed=2026)) for one in lane]
    seconds = time.perf_counter() - began
    racers.stop()
    faults = [one.error for one in answers if isinstance(one, Broke)]
    with database.reading() as db:
        rows = db.exec(select(Exhibitor).where(col(Exhibitor.event_id) == event_id).order_by(col(Exhibitor.id))).all()
        pool = pool_state(db, db.get_one(StandCall, event_id).pool_id)
    seated = [row for row in rows if row.holds_seat]
    waiting = [row for row in rows if row.state is ExhibitorState.WAITLISTED]
    if (len(rows), len(seated), pool.taken, len(waiting)) != (STANDS, PLACES, PLACES, STANDS - PLACES):
        faults.append(f"{len(rows)} requests, {len(seated)} seated, {pool.taken} counted, {len(waiting)} wait")
    if [row.id for row in sorted(waiting, key=lambda row: (row.queued_at or NOW, row.id or 0))] != [
        row.id for row in waiting
    ]:
        faults.append("the queue is not in the order of arrival")
    return {"processes": processes, "requests": len(rows), "race_s": round(seconds, 2)}, faults


def _plan_and_prints(database: Database) -> dict[str, object]:
    chance = random.Random(2026)
    with database.writing() as db:
        event_id = an_event(db)
        villages = tuple(VillageDraft(f"Village {number}") for number in range(VILLAGES))
        call = replace(CallDraft(), options=tuple(StandOption), villages=villages)
        set_call(db, event_id, call, now=NOW, account_id=None)
        ids = [village.id for village in villages_of(db, event_id)]
        left = BADGES
        for number in range(STANDS):
            power = chance.random() < 0.4
            made = asks(db, event_id, f"Entreprise {number:03d}", ids[number % VILLAGES], power=power)
            accept_stand(db, made, now=NOW, account_id=None)
            count = min(left, 3 if number % 3 == 0 else 2)
            left -= count
            names = [f"Prénom{number} Nom{one}" for one in range(count)]
            set_recruiters(db, db.get_one(Exhibitor, made), names)
        draw_hall(db, event_id, "Grande salle", HALL, now=NOW, account_id=None)
        db.flush()
        times = {"plan_s": _seconds(lambda: place_everybody(db, event_id, now=NOW, account_id=None))}
        for what in Print:
            times[f"{what.name.lower()}_s"] = _seconds(partial(print_stands, db, event_id, what, language="fr"))
        db.rollback()
    printing = sum(seconds for name, seconds in times.items() if name != "plan_s")
    return {"stands": STANDS, "badges": BADGES - left, **times, "printing_s": round(printing, 2)}


def _seconds(work: Timed) -> float:
    began = time.perf_counter()
    work()
    return round(time.perf_counter() - began, 2)


if __name__ == "__main__":
    sys.exit(main())
