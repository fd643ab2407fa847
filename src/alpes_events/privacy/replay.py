"""After a restore: whoever was erased since that backup is erased again."""

from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from alpes_events.database.erased import erased_records
from alpes_events.people.models import Candidate
from alpes_events.privacy.erasure import erase_person


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
