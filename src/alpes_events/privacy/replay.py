"""Erased people and backups: a backup still holds them, so that whoever restores it erases them again."""

from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from alpes_events.database.erased import ErasedRecord, erased_records, note_erased
from alpes_events.people.models import Candidate
from alpes_events.privacy.erasure import erase_person


def list_erased(db: Session, folder: Path) -> int:
    """Add to the list beside the backups in `folder` everybody whom the database knows as erased. Gives how many new.

    An erasure notes itself before it commits; this makes the list whole whatever happened to it.
    """
    rows = db.exec(select(Candidate.id, Candidate.created_at).where(col(Candidate.erased_at).is_not(None)))
    records = [ErasedRecord(candidate_id or 0, created_at) for candidate_id, created_at in rows]
    return note_erased(folder, records) if records else 0


def replay_erasures(db: Session, folder: Path, *, now: datetime) -> int:
    """Erase whoever is on the list beside the backups in `folder` and is there again. Gives how many people.

    A record that only has the number of an erased one, made later, is left alone.
    """
    count = 0
    for record in erased_records(folder):
        row = db.get(Candidate, record.candidate_id)
        if row is not None and row.erased_at is None and row.created_at == record.created_at:
            erase_person(db, record.candidate_id, now=now)
            count += 1
    return count
