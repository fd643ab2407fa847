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
