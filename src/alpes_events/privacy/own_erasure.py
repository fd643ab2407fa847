"""Erasing oneself: what will happen is told first; then it is done at once, and one last message says so."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session

from alpes_events.attendance.models import Presence
from alpes_events.attendance.standing import Standing, standings_of
from alpes_events.clause.ledger.proving import kept_until
from alpes_events.database.engine import Database
from alpes_events.database.erased import note_erased
from alpes_events.messages.sign_in import say_farewell
from alpes_events.people.accounts import the_account
from alpes_events.people.own_words import own_record
from alpes_events.people.records import records_of
from alpes_events.privacy.erasure import empty_log, erase_person


@dataclass(frozen=True)
class Consequences:
    """What erasing does: the sign-ups that end, and how many participations stay as numbers without a name.

    `kept_until`: while hours of the social clause must be proved, the name stays apart until that day.
    """

    ending: tuple[Standing, ...]
    staying_count: int
    kept_until: date | None = None


def consequences_of(db: Session, account_id: int, *, now: datetime) -> Consequences:
    """What would happen if the person of this account were erased now."""
    row = own_record(db, account_id)
    assert row.id is not None
    records = list(records_of(db, row.id))
    standings = standings_of(db, records)
    ending = [one for one in standings if one.is_active and one.ends_at > now and one.presence is not Presence.ATTENDED]
    return Consequences(tuple(ending), len(standings), kept_until(db, records, today=now.date()))


def erase_oneself(database: Database, folder: Path, account_id: int, *, language: str, now: datetime) -> None:
    """Erase the person of this account, note it beside the backups (`folder`), and owe the last message.

    The address stands in the outbox until that message has left; the sender then empties it. A crash before the commit
    leaves everything as it was.
    """
    with database.writing() as db:
        row = own_record(db, account_id)
        address = the_account(db, account_id).email
        assert row.id is not None
        kept = kept_until(db, records_of(db, row.id), today=now.date())
        note = erase_person(db, row.id, now=now, account_id=account_id)
        say_farewell(db, account_id, address=address, language=language, kept_until=kept, now=now)
        note_erased(folder, note)
        db.commit()
    empty_log(database)
