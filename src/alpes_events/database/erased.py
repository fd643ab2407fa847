"""The list of the erased, kept beside the backups: a restore brings them back, this list sends them away."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

_NAME = "erased.txt"
_LINE = re.compile(r"(?:(contact|account) )?(\d+) (\S+);\Z")
"""A line that a crash cut has no end mark. Without a word before its number it is a candidate's."""


class Erased(StrEnum):
    """Whose record was erased: a candidate's, a contact's of a company, or an employer's account."""

    CANDIDATE = "candidate"
    CONTACT = "contact"
    ACCOUNT = "account"


_ORDER = tuple(Erased)
"""A contact before their account, which goes with them."""


@dataclass(frozen=True)
class ErasedRecord:
    """A record that was erased. After a restore its id may be given to somebody else: the instant at which it was
    created tells them apart.
    """

    id: int
    created_at: datetime
    kind: Erased = Erased.CANDIDATE

    @property
    def line(self) -> str:
        """The record as the list writes it."""
        whose = "" if self.kind is Erased.CANDIDATE else f"{self.kind} "
        return f"{whose}{self.id} {self.created_at.isoformat()};\n"


def note_erased(folder: Path, records: Iterable[ErasedRecord]) -> int:
    """Append the records that are not in the list yet, on disk before this returns. Gives how many were new.

    Call it before the commit: a crash in between leaves a note of somebody who asked to be erased and can be erased
    again, never an erasure without its note.
    """
    known = set(erased_records(folder))
    new = sorted(set(records) - known, key=lambda record: (_ORDER.index(record.kind), record.id))
    if not new:
        return 0
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / _NAME).open("a", encoding="ascii") as file:
        file.write("\n" + "".join(record.line for record in new))
        file.flush()
        os.fsync(file.fileno())
    return len(new)


def erased_records(folder: Path) -> list[ErasedRecord]:
    """Everyone in the list, in the order in which they were erased."""
    file = folder / _NAME
    if not file.exists():
        return []
    lines = (_LINE.match(line) for line in file.read_text(encoding="ascii").splitlines())
    return [
        ErasedRecord(int(line[2]), datetime.fromisoformat(line[3]), Erased(line[1] or Erased.CANDIDATE))
        for line in lines
        if line
    ]
