"""The worker of errands: claim one, do it step by step, keep what it made, or say why it failed.

A crash leaves the errand running with a lease that lapses: it is then taken again from its beginning, so each kind of
work must bear being repeated. After a few times it is given up, and whoever asked is told.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from alpes_events.database.engine import Database
from alpes_events.errands.claim import (
    MOST_ATTEMPTS,
    Claim,
    claim_errand,
    due_errands,
    is_stop_asked,
    note_step,
    put_back,
    settle,
)
from alpes_events.errands.commands import FileGone
from alpes_events.errands.file import JSON, File
from alpes_events.errands.models import Errand, ErrandFile, ErrandKind, ErrandState, FileRole
from alpes_events.errands.work import Perform, Product, StopAsked, Task, in_each_language
from alpes_events.journal.delivery import place_of_failure
from alpes_events.language.refusal import Refusal
from alpes_events.language.sentence import N_, Sentence, say

BREATH = 0.02
"""Seconds between two steps: SQLite has one writer at a time, and those who wait look for their turn now and again."""
BROKE = N_("Ce travail s’est arrêté sur un problème de notre côté. Rien n’est perdu : recommencez-le.")


class GivenUp(Refusal):
    """Work that was begun again and again, and never came to its end."""

    def __init__(self) -> None:
        super().__init__(
            N_("Ce travail a été interrompu plusieurs fois. Recommencez-le ; s’il s’arrête encore, prévenez-nous.")
        )


class Leaving(Exception):  # noqa: N818 (an answer to a step, not an error)
    """This worker is told to end: another goes on."""


class Lost(Exception):  # noqa: N818 (as above)
    """The lease lapsed, and another worker has the errand; or it was stopped because of what it holds."""


@dataclass(frozen=True)
class Worker:
    """Does the errands that are due, with what does each kind."""

    database: Database
    kinds: Mapping[ErrandKind, Perform]
    clock: Callable[[], datetime]
    leaving: Callable[[], bool] = lambda: False

    def perform_due(self) -> int:
        """Do every errand that is due, one after the other. Gives how many ended. Nothing due costs one query."""
        with self.database.reading() as db:
            due = due_errands(db, now=self.clock())
        return sum(self._perform(errand_id) for errand_id in due if not self.leaving())

    def _perform(self, errand_id: int) -> bool:
        with self.database.writing() as db:
            held = claim_errand(db, errand_id, now=self.clock())
            db.commit()
        return held is not None and self._do(held)

    def _do(self, held: Claim) -> bool:
        """Whatever comes of it is written down; nothing leaves this function."""
        error = None
        try:
            return self._keep(held, self._made(held))
        except Lost:
            return False
        except Leaving:
            return self._put_back(held)
        except OperationalError as away:  # the database, not the errand: the next attempt may do
            return self._put_back(held, error=place_of_failure(away))
        except Refusal as refusal:
            sentence = refusal.sentence
        except Exception as fault:  # noqa: BLE001 (one errand that goes wrong must not hold up the others)
            sentence, error = say(BROKE), place_of_failure(fault)
        return self._fail(held, sentence, error=error)

    def _made(self, held: Claim) -> Product:
        if held.attempt > MOST_ATTEMPTS:
            raise GivenUp
        kind, task = self._task(held)
        try:
            return self.kinds[kind](task)
        except StopAsked:
            return Product(stopped=True)

    def _task(self, held: Claim) -> tuple[ErrandKind, Task]:
        with self.database.reading() as db:
            errand = db.get_one(Errand, held.errand_id)
        return errand.kind, Task(
            self.database,
            held.errand_id,
            errand.wishes,
            errand.language,
            errand.account_id,
            self.clock(),
            step=lambda done, total, counts=None, /: self._step(held, done, total, counts),
            sent=lambda: sent_file(self.database, errand),
        )

    def _step(self, held: Claim, done: int, total: int, counts: Mapping[str, int] | None) -> None:
        """Between two transactions of the work: note it, let others write, and see whether to go on."""
        with self.database.writing() as db:
            ours = note_step(db, held, done=done, total=total, now=self.clock(), counts=counts)
            stop = ours and is_stop_asked(db, held.errand_id)
            db.commit()
        if not ours:
            raise Lost
        time.sleep(BREATH)
        if stop:
            raise StopAsked
        if self.leaving():
            raise Leaving

    def _keep(self, held: Claim, made: Product) -> bool:
        """The end and its files, in one transaction."""
        state = ErrandState.STOPPED if made.stopped else ErrandState.DONE
        files = made.files if made.report is None else (*made.files, _report_file(made.report))
        return self._end(held, state, files, counts=dict(made.counts), last_error=None)

    def _fail(self, held: Claim, sentence: Sentence, *, error: str | None) -> bool:
        report = {"trouble": in_each_language(sentence)}
        return self._end(held, ErrandState.FAILED, (_report_file(report),), last_error=error and error[:200])

    def _end(self, held: Claim, state: ErrandState, files: tuple[File, ...], **values: object) -> bool:
        with self.database.writing() as db:
            if not settle(db, held, state, now=self.clock(), **values):
                return False
            made = col(ErrandFile.role) != FileRole.SENT
            db.execute(delete(ErrandFile).where(col(ErrandFile.errand_id) == held.errand_id, made))
            db.add_all([file.row(held.errand_id) for file in files])
            db.commit()
        return True

    def _put_back(self, held: Claim, *, error: str | None = None) -> bool:
        with self.database.writing() as db:
            put_back(db, held, error=error and error[:200])
            db.commit()
        return False


def sent_file(database: Database, errand: Errand) -> File:
    """The file that came with an errand, or with the check it follows. Raises `FileGone`."""
    with database.reading() as db:
        found = _sent(db, errand.id) or (_sent(db, errand.follows) if errand.follows is not None else None)
    if found is None:
        raise FileGone
    return File(FileRole.SENT, found.name, found.media_type, found.content)


def _sent(db: Session, errand_id: int | None) -> ErrandFile | None:
    sent = select(ErrandFile).where(ErrandFile.errand_id == errand_id, ErrandFile.role == FileRole.SENT)
    return db.exec(sent).first()


def _report_file(report: Mapping[str, object]) -> File:
    return File(FileRole.REPORT, "report.json", JSON, json.dumps(report, ensure_ascii=False).encode())
