"""The list of erased people, kept beside the backups: a restore brings them back, this list sends them away."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_NAME = "erased.txt"
_LINE = re.compile(r"(\d+) (\S+);\Z")
"""A line that a crash cut has no end mark."""


@dataclass(frozen=True)
class ErasedRecord:
    """A candidate's record that was erased. After a restore its id may be given to somebody else: the instant at which
    it was created tells them apart.
    """

    candidate_id: int
    created_at: datetime


def note_erased(folder: Path, records: Iterable[ErasedRecord]) -> int:
    """Append the records that are not in the list yet, on disk before this returns. Gives how many were new.

    Call it before the commit: a crash in between leaves a note of somebody who asked to be erased and can be erased
    again, never an erasure without its note.
    """
    known = set(erased_records(folder))
    new = sorted(set(records) - known, key=lambda record: record.candidate_id)
    if not new:
        return 0
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / _NAME).open("a", encoding="ascii") as file:
        file.write("\n" + "".join(f"{record.candidate_id} {record.created_at.isoformat()};\n" for record in new))
        file.flush()
        os.fsync(file.fileno())
    return len(new)


def erased_records(folder: Path) -> list[ErasedRecord]:
    """Everyone in the list, in the order in which they were erased."""
    file = folder / _NAME
    if not file.exists():
        return []
    lines = (_LINE.match(line) for line in file.read_text(encoding="ascii").splitlines())
    return [ErasedRecord(int(line[1]), datetime.fromisoformat(line[2])) for line in lines if line]
