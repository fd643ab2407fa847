"""One row of a file of hours, whose cells are read once for all rows that hold the same."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from alpes_events.companies.siret import clean_siret
from alpes_events.intake.hour_cells import minutes_of_cell, month_of_cell
from alpes_events.intake.issues import BadCell
from alpes_events.intake.row import Row
from alpes_events.intake.table import Cell
from alpes_events.intake.values import Words
from alpes_events.language.refusal import BadInput
from alpes_events.occupations.codes import wrong_rome

Value = TypeVar("Value")


class QuickRow(Row):
    """A row that remembers what other rows' cells said: a file names the same few things thousands of times."""

    known: dict[tuple[str, type, Cell], object]
    occupations: frozenset[str] = frozenset()

    def _read(self, field: str, parse: Callable[[Cell], Value], default: Value) -> Value:
        cell = self._cell(field)
        key = (field, type(cell), cell)
        if key in self.known:
            return self.known[key]  # type: ignore[return-value]
        before = len(self.issues)
        value = super()._read(field, parse, default)
        if len(self.issues) == before:
            self.known[key] = value
        return value

    def month(self) -> date:
        """The month worked."""
        return self._read("month", month_of_cell, date.min)

    def minutes(self) -> int:
        """The hours, in minutes."""
        return self._read("minutes", minutes_of_cell, 0)

    def siret(self) -> str:
        """A SIRET with its key, or « »."""
        return self._read("siret", _siret, "")

    def public(self, codes: Words) -> str:
        """The code of a public, or « »."""
        return self.choice("criterion", codes)

    def rome(self) -> str:
        """The code of an occupation, or « »."""
        return self._read("rome_code", self._rome, "")

    def _rome(self, cell: Cell) -> str:
        code = str(cell).strip().upper()
        wrong = wrong_rome(code, self.occupations)
        if wrong is not None:
            raise BadCell(wrong)
        return code


def _siret(cell: Cell) -> str:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    try:
        return clean_siret(text) or ""
    except BadInput as refusal:
        raise BadCell(refusal.sentence) from refusal
