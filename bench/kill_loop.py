"""Kill −9 while people sign up, cancel, take offered places and mail leaves: is anything lost, doubled or oversold?

Run: `make bench-kill_loop`, `ARGS="[kills] [seed]"`. Two processes of citizens and one
scheduler run on one database; one of them, or all, is killed at a random moment and started again. What was
acknowledged is written to a file by the citizens, after the commit. Prints one JSON object for each database, and ends
with 1 if any law was broken.
"""

import json
import logging
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.context import ForkProcess
from pathlib import Path
from uuid import UUID

import structlog
from sqlmodel import Session, col, func, select

import alpes_events.tables  # noqa: F401 (foreign keys find the tables of every capability)
from alpes_events.agenda.models import Event
from alpes_events.attendance.models import ACTIVE, Registration, RegistrationState, SignUpReceipt
from alpes_events.attendance.offers import accept_offer
from alpes_events.attendance.places import change_capacity
from alpes_events.attendance.release import cancel_registration
from alpes_events.database.engine import Database, connect
from alpes_events.journal.models import Delivery, DeliveryState, JournalEntry
from alpes_events.language.refusal import Refusal
from alpes_events.messages.carrier import FolderCarrier
from alpes_events.messages.models import MessageState, OutboxMessage
from alpes_events.seats.models import SeatPool
from alpes_events.settings.deployment import Deployment, MailServer
from alpes_scheduler.desk import Desk
from alpes_scheduler.keeper import Keeper
from alpes_scheduler.timetable import OFTEN
from bench.machine import about
from tests.support.databases import ENGINES, Templates
from tests.support.stories import an_event, an_organisation, signs_up

CAPACITY = 5
CITIZENS = 2
_FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Town:
    """Where everything is: the database, the event, the acknowledgements, the mail."""

    url: str
    event_id: int
    acks: Path
    mail: Path


def main() -> int:
    """Kill, restart, settle, judge; for each database."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 2026
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    broken = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        templates = Templates(Path(folder))
        for engine in ENGINES:
            with templates.fresh(engine, an_organisation) as database:
                report = _loop(database, Path(folder) / engine, kills=kills, chance=random.Random(seed))
            print(json.dumps({"database": engine, "kills": kills, "seed": seed} | report | {"on": about()}), flush=True)
            broken += len(report["broken"])  # type: ignore[arg-type]
    return int(broken > 0)


def _loop(database: Database, folder: Path, *, kills: int, chance: random.Random) -> dict[str, object]:
    folder.mkdir()
    with database.writing() as db:
        now = _now()
        starts_at = now + timedelta(days=30)
        event_id = an_event(db, capacity=CAPACITY, now=now, starts_at=starts_at, ends_at=starts_at + timedelta(hours=3))
        db.commit()
    url = database.engine.url.render_as_string(hide_password=False)
    town = Town(url, event_id, folder / "acks.txt", folder / "mail")
    database.engine.dispose()
    started = time.monotonic()
    _kill_again_and_again(town, kills=kills, chance=chance)
    seconds = time.monotonic() - started
    _settle(town)
    with database.reading() as db:
        broken = list(broken_laws(db, town))
        facts = _facts(db, town)
    return facts | {"seconds": round(seconds, 1), "broken": broken}


def _kill_again_and_again(town: Town, *, kills: int, chance: random.Random) -> None:
    starters: dict[str, Callable[[], ForkProcess]] = {
        f"citizen {number}": lambda: _start(_citizen, town, chance.randrange(2**32)) for number in range(CITIZENS)
    }
    starters["scheduler"] = lambda: _start(_scheduler, town, 0)
    running = {name: start() for name, start in starters.items()}
    for _ in range(kills):
        time.sleep(chance.uniform(0.1, 0.8))
        victims = list(running) if chance.random() < 0.2 else [chance.choice(list(running))]
        for name in victims:
            _kill(running[name])
            running[name] = starters[name]()
    for process in running.values():
        _kill(process)


def _start(role: Callable[[Town, int], None], town: Town, seed: int) -> ForkProcess:
    process = _FORK.Process(target=role, args=(town, seed), daemon=True)
    process.start()
    return process


def _kill(process: ForkProcess) -> None:
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    if process.exitcode != -signal.SIGKILL:
        raise RuntimeError(f"a process ended by itself with {process.exitcode}")


def _citizen(town: Town, seed: int) -> None:
    """Sign up, sign up again by the same form, cancel, take offered places; now and then staff add a place."""
    chance = random.Random(seed)
    database = connect(town.url)
    with town.acks.open("ab", buffering=0) as acks:
        while True:
            act = chance.choices((_sign_up, _cancel, _accept, _add_place), weights=(60, 20, 18, 2))[0]
            try:
                with database.writing() as db:
                    said = act(db, town, chance)
                    db.commit()
            except Refusal:
                continue
            if said:
                acks.write(f"{said}\n".encode())


def _sign_up(db: Session, town: Town, chance: random.Random) -> str:
    key = str(UUID(int=chance.getrandbits(128), version=4))
    person = chance.randrange(10**8)
    answer = signs_up(db, town.event_id, person, now=_now(), form_key=key)
    return f"signed {key} {answer.reference}"


def _cancel(db: Session, town: Town, chance: random.Random) -> str:
    found = _one(db, town, chance, (RegistrationState.CONFIRMED, RegistrationState.WAITLISTED))
    if found is None or not cancel_registration(db, found, by="self", now=_now()):
        return ""
    return f"cancelled {found}"


def _accept(db: Session, town: Town, chance: random.Random) -> str:
    found = _one(db, town, chance, (RegistrationState.OFFERED,))
    if found is None or not accept_offer(db, found, now=_now()):
        return ""
    return f"accepted {found}"


def _add_place(db: Session, town: Town, _chance: random.Random) -> str:
    pool = db.get_one(SeatPool, db.get_one(Event, town.event_id).pool_id)
    capacity = (pool.capacity or 0) + 1
    change_capacity(db, town.event_id, session_id=None, capacity=capacity, now=_now(), account_id=None)
    return f"places {capacity}"


def _one(db: Session, town: Town, chance: random.Random, states: tuple[RegistrationState, ...]) -> int | None:
    ids = db.exec(
        select(Registration.id)
        .where(col(Registration.event_id) == town.event_id, col(Registration.state).in_(states))
        .order_by(col(Registration.id))
        .limit(20)
    ).all()
    return chance.choice(ids) if ids else None


def _scheduler(town: Town, _seed: int) -> None:
    """Deliver and send without pause. The same holder each time: the lead comes back at once."""
    keeper = _keeper(town, clock=_now)
    while True:
        _pass(keeper)
        time.sleep(0.01)


def _settle(town: Town) -> None:
    """Let leases lapse and everything be delivered and sent."""
    clock = [_now()]
    keeper = _keeper(town, clock=lambda: clock[0])
    for _ in range(400):
        done = _pass(keeper)
        with keeper.desk.database.reading() as db:
            if not done and not _unfinished(db):
                break
        clock[0] += timedelta(minutes=1)
    keeper.desk.database.engine.dispose()


def _pass(keeper: Keeper) -> int:
    keeper.beat()
    return sum(keeper.do_often(duty) for duty in OFTEN if duty.name != "close_events")


def _keeper(town: Town, *, clock: Callable[[], datetime]) -> Keeper:
    settings = Deployment(secret_key="k" * 40, backup_folder=town.mail.parent, mail=MailServer(sender="a@example.org"))
    return Keeper(Desk(connect(town.url), settings, FolderCarrier(town.mail), clock), holder="kill loop")


def _unfinished(db: Session) -> int:
    deliveries = select(func.count()).select_from(Delivery).where(col(Delivery.state) != DeliveryState.DONE)
    return db.exec(deliveries).one() + sum(_states(db)[state] for state in (MessageState.WAITING, MessageState.SENDING))


def _states(db: Session) -> Counter[MessageState]:
    return Counter(MessageState(state) for state in db.exec(select(OutboxMessage.state)))


def broken_laws(db: Session, town: Town) -> Iterator[str]:
    """Each law that does not hold, in a sentence."""
    yield from _lost(db, town)
    yield from _miscounted(db, town)
    yield from _mistold(db, town)
    yield from _damaged(db)


def _lost(db: Session, town: Town) -> Iterator[str]:
    """What was acknowledged is there."""
    for line in town.acks.read_text().splitlines():
        if not _kept(db, *line.split()):
            yield f"lost: {line}"


def _kept(db: Session, what: str, key: str, reference: str = "") -> bool:
    match what:
        case "signed":
            receipt = db.get(SignUpReceipt, key)
            return receipt is not None and receipt.reference == reference
        case "cancelled":
            return db.get_one(Registration, int(key)).state is RegistrationState.CANCELLED
        case "accepted":
            return _entries(db, "RegistrationConfirmed", int(key)) > 0
        case _:
            return True


def _entries(db: Session, kind: str, registration_id: int) -> int:
    return db.exec(
        select(func.count())
        .select_from(JournalEntry)
        .where(JournalEntry.kind == kind, JournalEntry.subject_id == registration_id)
    ).one()


def _miscounted(db: Session, town: Town) -> Iterator[str]:
    """The counter equals a count, nothing is oversold, and no place is free while somebody waits."""
    pool = db.get_one(SeatPool, db.get_one(Event, town.event_id).pool_id)
    here = col(Registration.event_id) == town.event_id
    holding = db.exec(select(func.count()).select_from(Registration).where(here, Registration.holds_seat)).one()
    waiting = db.exec(
        select(func.count()).select_from(Registration).where(here, Registration.state == RegistrationState.WAITLISTED)
    ).one()
    if pool.taken != holding:
        yield f"the counter says {pool.taken}, the rows {holding}"
    if holding > (pool.capacity or 0):
        yield f"oversold: {holding} for {pool.capacity}"
    if waiting and holding < (pool.capacity or 0):
        yield f"{(pool.capacity or 0) - holding} places free while {waiting} wait"
    doubled = db.exec(
        select(Registration.candidate_id)
        .where(here, col(Registration.state).in_(ACTIVE))
        .group_by(col(Registration.candidate_id))
        .having(func.count() > 1)
    ).all()
    if doubled:
        yield f"{len(doubled)} people signed up twice"


def _mistold(db: Session, town: Town) -> Iterator[str]:
    """Every change of a sign-up owes exactly one message; every one is settled, and what is sent is in the mail."""
    told = Counter(db.exec(select(OutboxMessage.entry_id)).all())
    changes = db.exec(select(JournalEntry.id).where(JournalEntry.subject_kind == "registration")).all()
    wrong = [entry for entry in changes if told[entry] != 1]
    if wrong:
        yield f"{len(wrong)} changes were not told exactly once"
    if _unfinished(db):
        yield f"{_unfinished(db)} deliveries or messages never ended"
    if _states(db)[MessageState.FAILED]:
        yield f"{_states(db)[MessageState.FAILED]} messages failed"
    sent = db.exec(select(OutboxMessage.message_id).where(OutboxMessage.state == MessageState.SENT)).all()
    missing = [one for one in sent if not town.mail.joinpath("new", FolderCarrier.file_name(one)).is_file()]
    if missing:
        yield f"{len(missing)} messages are marked sent and are not in the mail"


def _damaged(db: Session) -> Iterator[str]:
    """SQLite's own check of its file. (PostgreSQL checks its pages itself when it reads them.)"""
    connection = db.connection()
    if connection.dialect.name == "sqlite":
        answers = [
            *connection.exec_driver_sql("PRAGMA integrity_check").scalars(),
            *(f"broken key {row}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")),
        ]
        yield from (str(answer) for answer in answers if answer != "ok")


def _facts(db: Session, town: Town) -> dict[str, object]:
    acknowledged = Counter(line.split()[0] for line in town.acks.read_text().splitlines())
    states = {state.value: count for state, count in sorted(_states(db).items())}
    again = db.exec(select(func.count()).select_from(OutboxMessage).where(OutboxMessage.attempt_count > 1)).one()
    return {"acknowledged": dict(acknowledged), "messages": states, "tried_again": again}


def _now() -> datetime:
    return datetime.now(tz=UTC)


if __name__ == "__main__":
    sys.exit(main())
