"""The list of erased records beside the backups: a restored backup still holds them, and erases them anew."""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from alpes_events.people.models import Candidate
from alpes_events.privacy.erasure import ErasedRecord, erase_person

FILE_NAME = "erased.jsonl"


def note_erased(folder: Path, erased: Iterable[ErasedRecord]) -> None:
    """Add records to the list, on the disk when this returns. Call it before the commit: a crash in between leaves a
    note of somebody who asked to be erased and can be erased again, never an erasure without its note.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / FILE_NAME).open("a", encoding="utf-8") as file:
        for one in erased:
            file.write(json.dumps({"id": one.candidate_id, "created_at": one.created_at.isoformat()}) + "\n")
        file.flush()
        os.fsync(file.fileno())


def noted(folder: Path) -> Iterator[ErasedRecord]:
    """The records of the list; none when there is no list. A line cut by a crash is passed over."""
    file = folder / FILE_NAME
    if not file.exists():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        yield ErasedRecord(entry["id"], datetime.fromisoformat(entry["created_at"]))


def replay_erasures(db: Session, folder: Path, *, now: datetime) -> int:
    """After a restore: erase whoever is on the list and is there again. Gives how many people.

    A record that only has the number of an erased one, made later, is left alone.
    """
    count = 0
    for one in noted(folder):
        row = db.get(Candidate, one.candidate_id)
        if row is not None and row.erased_at is None and row.created_at == one.created_at:
            erase_person(db, one.candidate_id, now=now)
            count += 1
    return count
