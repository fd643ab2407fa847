"""A file of rows, whatever its format: headings, then lines of cells, each with its number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""What a spreadsheet may hold. A CSV file holds text only; an empty cell is None or « »."""

MOST_ROWS = 20_000
MOST_COLUMNS = 200
LARGEST_FILE = 10_000_000
"""Bytes. Five thousand registrations with every column are about one million."""


@dataclass(frozen=True)
class Limits:
    """How many rows a file may have, how many bytes, and how many once it is unpacked."""

    rows: int = MOST_ROWS
    octets: int = LARGEST_FILE
    unpacked: int = 60_000_000


HOUSE = Limits()
"""What a page takes."""
LARGE = Limits(rows=150_000, octets=60_000_000, unpacked=300_000_000)
"""What a command takes of hours, which come by the ten thousands."""


@dataclass(frozen=True)
class Line:
    """One row of the file, with the number that a spreadsheet shows for it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """The headings and the rows that are not empty."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]


def is_empty(cells: Sequence[Cell]) -> bool:
    """Whether nothing is written in these cells."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def shown(cell: Cell) -> str:
    """The cell as a person reads it in a table."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    form = next((form for kind, form in _FORMS if isinstance(cell, kind)), "")
    return format(cell, form) if form else str(cell)


_FORMS = ((datetime, "%d/%m/%Y %H:%M"), (date, "%d/%m/%Y"), (time, "%H:%M"))
"""A datetime is a date too: it comes first."""
