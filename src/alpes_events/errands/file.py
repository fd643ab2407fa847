"""A file of an errand as a value: its name, its media type and its bytes."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from alpes_events.errands.models import ErrandFile, FileRole

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
ZIP = "application/zip"
JSON = "application/json"
_LONGEST_NAME = 120


@dataclass(frozen=True)
class File:
    """What was sent or made."""

    role: FileRole
    name: str
    media_type: str
    content: bytes

    def row(self, errand_id: int) -> ErrandFile:
        """The row that keeps it."""
        return ErrandFile(
            errand_id=errand_id,
            role=self.role,
            name=short_name(self.name),
            media_type=self.media_type,
            sha256=hashlib.sha256(self.content).hexdigest(),
            size=len(self.content),
            content=self.content,
        )


def short_name(name: str) -> str:
    """A name without folders, short enough for its column; the ending stays."""
    plain = PurePath(name.replace("\\", "/")).name or "fichier"
    if len(plain) <= _LONGEST_NAME:
        return plain
    ending = PurePath(plain).suffix[:10]
    return plain[: _LONGEST_NAME - len(ending)] + ending
