"""The ids of erased people, kept beside the backups: a restore brings the people back, this list sends them away."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

_NAME = "erased.txt"
_LINE = re.compile(r"(\d+);\Z")
"""A line that a crash cut has no end mark."""


def note_erased(folder: Path, candidate_ids: Iterable[int]) -> int:
    """Append the ids that are not in the list yet, on disk before this returns. Gives how many were new."""
    known = set(erased_ids(folder))
    new = sorted(set(candidate_ids) - known)
    if not new:
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _NAME).open("a", encoding="ascii") as file:
        file.write("\n" + "".join(f"{candidate_id};\n" for candidate_id in new))
        file.flush()
        os.fsync(file.fileno())
    return len(new)


def erased_ids(folder: Path) -> list[int]:
    """Everyone in the list, in the order in which they were erased."""
    file = folder / _NAME
    if not file.exists():
        return []
    lines = (_LINE.match(line) for line in file.read_text(encoding="ascii").splitlines())
    return [int(line[1]) for line in lines if line]
