"""The daily round of retention: those near the end are told, those told long enough ago erased, the rest swept.

And identities kept for proof go when their time is over.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alpes_events.database.engine import Database
from alpes_events.database.erased import note_erased
from alpes_events.people.models import Candidate
from alpes_events.privacy.accounts_ending import accounts_to_erase, announce_accounts
from alpes_events.privacy.alerts_ending import announce_alerts
from alpes_events.privacy.contacts import erase_contact_file
from alpes_events.privacy.contacts_ending import announce_contacts, contacts_to_erase
from alpes_events.privacy.employer_accounts import forget_employer_account
from alpes_events.privacy.erasure import empty_log, erase_person
from alpes_events.privacy.evidence import end_evidence
from alpes_events.privacy.retention import announce_erasure, people_to_erase
from alpes_events.privacy.short_lived import forget_short_lived


@dataclass(frozen=True)
class Round:
    """How many people were told, how many erased, and how many short-lived rows went."""

    announced_count: int
    erased_count: int
    forgotten_count: int = 0


def end_files(database: Database, folder: Path, *, now: datetime) -> Round:
    """Announce and erase what is due. Each person is a transaction of their own, so that a crash loses nothing and the
    next round goes on; `folder` is that of the backups, where the list of the erased is kept.
    """
    with database.writing() as db:
        announced = announce_erasure(db, now=now) + announce_contacts(db, now=now)
        announced += announce_accounts(db, now=now) + announce_alerts(db, now=now)
        forgotten = forget_short_lived(db, now=now) + end_evidence(db, today=now.date())
        db.commit()
    with database.reading() as db:
        due, contacts = people_to_erase(db, now=now), contacts_to_erase(db, now=now)
        accounts = accounts_to_erase(db, now=now)
    erased = sum(_erase_if_silent(database, folder, candidate_id, now=now) for candidate_id in due)
    erased += sum(_erase_contact_if_silent(database, folder, contact_id, now=now) for contact_id in contacts)
    erased += sum(_erase_account_if_silent(database, folder, account_id, now=now) for account_id in accounts)
    if erased or forgotten:
        empty_log(database)
    return Round(announced, erased, forgotten)


def erase_and_note(
    database: Database, folder: Path, candidate_id: int, *, now: datetime, account_id: int | None = None
) -> int:
    """Erase one person in a transaction, with the note beside the backups. Gives how many records they had.

    Raises `UnknownCandidate`, also for somebody erased before.
    """
    with database.writing() as db:
        erased = erase_person(db, candidate_id, now=now, account_id=account_id)
        note_erased(folder, erased)
        db.commit()
    return len(erased)


def _erase_contact_if_silent(database: Database, folder: Path, contact_id: int, *, now: datetime) -> bool:
    """Erase a company's contact, unless they came back since they were found to be due."""
    with database.writing() as db:
        if contact_id not in contacts_to_erase(db, now=now):
            return False
        note_erased(folder, erase_contact_file(db, contact_id, now=now, account_id=None))
        db.commit()
    return True


def _erase_account_if_silent(database: Database, folder: Path, account_id: int, *, now: datetime) -> bool:
    """Forget whose an employer's account was, unless they came back since it was found to be due."""
    with database.writing() as db:
        if account_id not in accounts_to_erase(db, now=now):
            return False
        note_erased(folder, (forget_employer_account(db, account_id, now=now, by=None),))
        db.commit()
    return True


def _erase_if_silent(database: Database, folder: Path, candidate_id: int, *, now: datetime) -> bool:
    """Erase, unless the person came back (or was erased) since they were found to be due."""
    with database.writing() as db:
        row = db.get_one(Candidate, candidate_id, with_for_update=True)
        if row.erasure_announced_at is None or row.erased_at is not None:
            return False
        note_erased(folder, erase_person(db, candidate_id, now=now))
        db.commit()
    return True
