"""Real processes that act on one database at the same moment.

A worker keeps its connections between races. `Race.run` hands each worker its acts and a common instant, at which they
all begin; the answer of each act comes back as a value: what the command gave, or the class of its refusal.
"""

import multiprocessing
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import BrokenBarrierError
from typing import Any

from sqlmodel import Session

import alpes_events.tables  # noqa: F401 (foreign keys find the tables of every capability)
from alpes_events.database.engine import Database, connect
from alpes_events.language.refusal import Refusal

_CONTEXT = multiprocessing.get_context("forkserver")
_HEAD_START = 0.02
_LONGEST_RACE = 60.0
AT_THE_BARRIER = 4
"""How many acts meet at the one barrier that an act may ask for (`barrier=True`)."""

Command = Callable[..., Any]


@dataclass(frozen=True)
class Act:
    """One command in a transaction of its own. It is given the session, then `values`."""

    command: Command
    values: dict[str, Any]


def act(command: Command, *positional: Any, **values: Any) -> Act:
    """Name an act: the values that come after the session, by position or by name."""
    return Act(command, {"positional": positional, **values})


@dataclass(frozen=True)
class Refused:
    """A command refused: the name of the refusal's class and its French sentence."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Broke:
    """A command failed in a way that no person should see."""

    error: str


class Racers:
    """So many processes, waiting for races."""

    def __init__(self, count: int) -> None:
        _CONTEXT.set_forkserver_preload(["tests.support.racing", "tests.support.stories"])
        self.barrier = _CONTEXT.Barrier(AT_THE_BARRIER, timeout=120)
        self._lines: list[Connection] = []
        self._processes = []
        for _ in range(count):
            ours, theirs = _CONTEXT.Pipe()
            process = _CONTEXT.Process(target=_work, args=(theirs, self.barrier), daemon=True)
            process.start()
            theirs.close()
            self._lines.append(ours)
            self._processes.append(process)

    def run(self, database: Database, lanes: Sequence[Sequence[Act]]) -> list[list[Any]]:
        """Run each lane of acts in a process of its own, all beginning together. Answers in the same shape."""
        url = database.engine.url.render_as_string(hide_password=False)
        taking = self._lines[: len(lanes)]
        assert len(taking) == len(lanes), "more lanes than racers"
        for line in taking:
            line.send(url)
        for line in taking:
            line.recv()
        begins_at = time.monotonic() + _HEAD_START
        for line, acts in zip(taking, lanes, strict=True):
            line.send((begins_at, list(acts)))
        return [_answers(line) for line in taking]

    def forget(self) -> None:
        """Close every connection to a database that goes away."""
        for line in self._lines:
            line.send(None)
        for line in self._lines:
            line.recv()

    def stop(self) -> None:
        """End the processes."""
        for line in self._lines:
            line.close()
        for process in self._processes:
            process.join(timeout=10)


def dealt(acts: Sequence[Act], lanes: int, *, seed: int) -> list[list[Act]]:
    """The acts shuffled by `seed` and dealt out to so many processes."""
    shuffled = list(acts)
    random.Random(seed).shuffle(shuffled)
    return [shuffled[start::lanes] for start in range(lanes)]


def _answers(line: Connection) -> list[Any]:
    assert line.poll(_LONGEST_RACE), "a racer does not answer: is there a deadlock?"
    answers: list[Any] = line.recv()
    return answers


def _work(line: Connection, barrier: Any) -> None:
    """The life of one racer."""
    database: Database | None = None
    while True:
        try:
            order = line.recv()
        except EOFError:
            return
        if order is None or (database is not None and str(order) != _url(database)):
            _close(database)
            database = None
        if order is None:
            line.send(None)
            continue
        database = database or connect(order)
        with database.reading() as db:
            db.connection()
        line.send(None)
        begins_at, acts = line.recv()
        time.sleep(max(0.0, begins_at - time.monotonic()))
        line.send([_do(database, one, barrier) for one in acts])


def _do(database: Database, one: Act, barrier: Any) -> Any:
    values = {name: value for name, value in one.values.items() if name != "positional"}
    if values.get("barrier") is True:
        values["barrier"] = barrier
    try:
        with database.writing() as db:
            answer = one.command(db, *one.values["positional"], **values)
            db.commit()
    except Refusal as refusal:
        return Refused(type(refusal).__name__, str(refusal))
    except BrokenBarrierError:
        return Broke("the barrier broke")
    except Exception as error:  # noqa: BLE001 (whatever it is, the test wants to see it)
        return Broke(f"{type(error).__name__}: {error}")
    return answer


def _url(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def _close(database: Database | None) -> None:
    if database is not None:
        database.engine.dispose()


def in_one_transaction(db: Session, *commands: Act) -> list[Any]:
    """Several commands as one act."""
    return [
        one.command(db, *one.values["positional"], **{k: v for k, v in one.values.items() if k != "positional"})
        for one in commands
    ]
