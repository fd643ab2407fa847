"""One row being read: each cell by its field, every problem noted, so that a person corrects a row once."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from alpes_events.intake.columns import Column, Headings
from alpes_events.intake.issues import BadCell, RowIssue
from alpes_events.intake.table import Cell, Line, shown
from alpes_events.intake.times import day_of, hour_of, moment_of
from alpes_events.intake.values import Words, choice_of, count_of, flag_of, list_of, long_text_of, text_of
from alpes_events.language.sentence import N_, Sentence, say

Value = TypeVar("Value")
_NEVER = date(1, 1, 1)
_MIDNIGHT = time()
_LONGEST_SHOWN = 100


class Row:
    """The cells of one line by field. A cell that cannot be read is noted in `issues` and gives a stand-in: a row
    with issues is never used.
    """

    def __init__(self, line: Line, headings: Headings, columns: dict[str, Column], zone: ZoneInfo) -> None:
        self.number = line.number
        self.zone = zone
        self.issues: list[RowIssue] = []
        self._cells = line.cells
        self._headings = headings
        self._columns = columns

    def text(self, field: str) -> str:
        """Text on one line; « » when the cell is empty."""
        return self._read(field, text_of, "")

    def long_text(self, field: str) -> str:
        """Text with its line breaks."""
        return self._read(field, long_text_of, "")

    def day(self, field: str) -> date | None:
        """A day, or None."""
        return self._read(field, day_of, None)

    def the_day(self, field: str) -> date:
        """A day that must be there."""
        return self._read(field, day_of, _NEVER)

    def hour(self, field: str) -> time | None:
        """A wall time, or None."""
        return self._read(field, hour_of, None)

    def the_hour(self, field: str) -> time:
        """A wall time that must be there."""
        return self._read(field, hour_of, _MIDNIGHT)

    def moment(self, field: str) -> datetime | None:
        """An instant, or None."""
        return self._read(field, lambda cell: moment_of(cell, self.zone), None)

    def count(self, field: str) -> int | None:
        """A whole number, or None."""
        return self._read(field, count_of, None)

    def flag(self, field: str) -> bool | None:
        """Yes or no, or None."""
        return self._read(field, flag_of, None)

    def choice(self, field: str, choices: Words, default: str = "") -> str:
        """The code of a word of the list."""
        return self._read(field, lambda cell: choice_of(cell, choices), default)

    def words(self, field: str) -> tuple[str, ...]:
        """Several words."""
        return self._read(field, list_of, ())

    def read(self, field: str, parse: Callable[[Cell], Value], default: Value) -> Value:
        """What `parse` makes of a cell, or `default` for an empty one."""
        return self._read(field, parse, default)

    def knows(self, field: str) -> bool:
        """Whether this kind of file has such a column."""
        return field in self._columns

    def note(self, field: str, sentence: Sentence) -> None:
        """Note a problem of a cell, or of the row as a whole (`field` « »)."""
        self.issues.append(self.issue(field, sentence))

    def issue(self, field: str, sentence: Sentence) -> RowIssue:
        """A problem of a cell, with what it holds."""
        return RowIssue(self.number, self.heading(field), sentence, self._typed(field))

    def tried(self, field: str, read: Callable[[], Value], default: Value) -> Value:
        """What `read` gives, or `default` with the problem noted beside `field`."""
        try:
            return read()
        except BadCell as problem:
            self.note(field, problem.sentence)
            return default

    def heading(self, field: str) -> str:
        """The heading as the file has it."""
        known = self._columns.get(field)
        return self._headings.written.get(field, known.heading if known else "")

    def _read(self, field: str, parse: Callable[[Cell], Value], default: Value) -> Value:
        cell = self._cell(field)
        if not text_of(cell):
            if self._columns[field].required:
                self.note(field, say(N_("Il manque cette valeur.")))
            return default
        return self.tried(field, lambda: parse(cell), default)

    def _typed(self, field: str) -> str:
        return "" if field not in self._columns else shown(self._cell(field))[:_LONGEST_SHOWN]

    def _cell(self, field: str) -> Cell:
        position = self._headings.positions.get(field)
        return self._cells[position] if position is not None and position < len(self._cells) else None
