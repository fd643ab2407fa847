"""Hours written in one transaction, which is short when all is made before it: by the same functions, in a session that
only reads (`database.prepared`).
"""

from collections.abc import Callable, Sequence

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from alpes_events.database.engine import Database
from alpes_events.database.prepared import NotAhead, Overtaken, Prepared, preparing
from alpes_events.intake.hour_creating import MovedOn
from alpes_events.intake.hour_plan import by_contract
from alpes_events.intake.hour_things import SomeContract, ToWrite
from alpes_events.intake.hour_writing import Scribe, bring, ends_of, known, turn_of_hours, write_hours_of
from alpes_events.journal.commands import old_news

_UNIQUE_VIOLATION = "23505"

Writes = Callable[[Session], dict[SomeContract, int]]
"""Writes hours in a session, and gives where the chain of each contract ends then. Raises `MovedOn`."""


def write_part(database: Database, hours: Sequence[ToWrite], scribe: Scribe, *, ahead: bool) -> dict[SomeContract, int]:
    """Write these hours in a transaction, prepared `ahead` of it if they can be. Raises `MovedOn`."""
    writes = _prepared(database, hours, scribe) if ahead else None
    with database.writing() as db, old_news(db):
        ends = write_hours_of(db, hours, scribe) if writes is None else writes(db)
        db.commit()
        return ends


def prepare_hours(db: Session, hours: Sequence[ToWrite], scribe: Scribe) -> Writes:
    """Make all that `write_hours_of` would write, in a session that only reads. Gives what writes it.

    Raises `MovedOn`, and `NotAhead` when these hours cannot be prepared.
    """
    contracts = by_contract(hours)
    there = known(contracts)
    with preparing(db) as kept:
        bring(db, hours, contracts, scribe)

    def write(db: Session) -> dict[SomeContract, int]:
        turn_of_hours(db, there)
        _write_kept(db, kept)
        return ends_of(db, contracts)

    return write


def _prepared(database: Database, hours: Sequence[ToWrite], scribe: Scribe) -> Writes | None:
    """What writes these hours in a short transaction; None when they can only be written there and then."""
    try:
        with database.reading() as db, old_news(db):
            return prepare_hours(db, hours, scribe)
    except NotAhead:
        return None


def _write_kept(db: Session, kept: Prepared) -> None:
    try:
        kept.write(db)
    except Overtaken as overtaken:
        raise MovedOn from overtaken
    except IntegrityError as clash:
        if getattr(clash.orig, "sqlstate", None) != _UNIQUE_VIOLATION:
            raise
        raise MovedOn from clash  # PostgreSQL: somebody's row was not to be seen yet when it was asked for
