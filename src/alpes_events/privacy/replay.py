"""The erased and backups: a backup still holds them, so that whoever restores it erases them again."""

from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from alpes_events.companies.models import CompanyContact
from alpes_events.database.erased import Erased, ErasedRecord, erased_records, note_erased
from alpes_events.people.models import Account, Candidate, Role
from alpes_events.privacy.contacts import erase_contact_file
from alpes_events.privacy.employer_accounts import erased_address, forget_employer_account
from alpes_events.privacy.erasure import erase_person


def list_erased(db: Session, folder: Path) -> int:
    """Add to the list beside the backups in `folder` everybody whom the database knows as erased. Gives how many new.

    An erasure notes itself before it commits; this makes the list whole whatever happened to it.
    """
    records = [*_erased_files(db, Candidate, Erased.CANDIDATE), *_erased_files(db, CompanyContact, Erased.CONTACT)]
    employers = db.exec(select(Account).where(Account.role == Role.EMPLOYER, col(Account.email).startswith("erased:")))
    records += [ErasedRecord(row.id or 0, row.created_at, Erased.ACCOUNT) for row in employers if _is_erased(row)]
    return note_erased(folder, records) if records else 0


def replay_erasures(db: Session, folder: Path, *, now: datetime) -> int:
    """Erase whoever is on the list beside the backups in `folder` and is there again. Gives how many records.

    A record that only has the number of an erased one, made later, is left alone.
    """
    return sum(_erase_again(db, record, now=now) for record in erased_records(folder))


def _erase_again(db: Session, record: ErasedRecord, *, now: datetime) -> bool:
    match record.kind:
        case Erased.CANDIDATE:
            person = db.get(Candidate, record.id)
            if person is None or person.erased_at is not None or person.created_at != record.created_at:
                return False
            erase_person(db, record.id, now=now)
        case Erased.CONTACT:
            contact = db.get(CompanyContact, record.id)
            if contact is None or contact.erased_at is not None or contact.created_at != record.created_at:
                return False
            erase_contact_file(db, record.id, now=now, account_id=None)
        case Erased.ACCOUNT:
            account = db.get(Account, record.id)
            if account is None or _is_erased(account) or account.created_at != record.created_at:
                return False
            forget_employer_account(db, record.id, now=now, by=None)
    return True


def _erased_files(db: Session, table: type[Candidate] | type[CompanyContact], kind: Erased) -> list[ErasedRecord]:
    rows = db.exec(select(table.id, table.created_at).where(col(table.erased_at).is_not(None)))
    return [ErasedRecord(number or 0, created_at, kind) for number, created_at in rows]


def _is_erased(account: Account) -> bool:
    return account.email == erased_address(account.id or 0)
