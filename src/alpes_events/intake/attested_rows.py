"""Rows of the file `attested`, read into records: a figure that others counted, for a year or a month. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from alpes_events.intake.columns import Column, column, needed
from alpes_events.intake.issues import BadCell
from alpes_events.intake.row import Row
from alpes_events.intake.table import Cell
from alpes_events.intake.values import shortened, text_of
from alpes_events.language.sentence import N_, say

ATTESTED_COLUMNS: tuple[Column, ...] = (
    needed(
        "indicator",
        "chiffre",
        "figure",
        "indicateur",
        "indicator",
        "nom technique",
        example="ml.contacts",
        note=N_("le nom technique du chiffre, ou son libellé"),
    ),
    needed("period", "période", "period", "année", "year", "mois", "month", example="2023"),
    needed("value", "valeur", "value", "nombre", example="42318"),
    needed("source", "source", "origine", "outil", example="i-Milo"),
    needed("attested_on", "attesté le", "date", "jour", "attested on", example="31/01/2024"),
    column("why", "pourquoi", "why", "raison", note=N_("remplit une correction : la valeur d’avant est gardée")),
)
_MONTH_OF_YEAR = re.compile(r"(0?[1-9]|1[0-2])[/.\-](\d{4})\Z", re.ASCII)


@dataclass(frozen=True)
class AttestedRecord:
    """One count of a file. With `why`, it corrects what was attested."""

    indicator: str
    period: str
    value: Decimal
    source: str
    attested_on: date
    why: str


def attested_record(row: Row) -> AttestedRecord:
    """The count of a row."""
    return AttestedRecord(
        indicator=row.text("indicator"),
        period=row.read("period", period_of, ""),
        value=row.read("value", number_of, Decimal(0)),
        source=row.text("source"),
        attested_on=row.the_day("attested_on"),
        why=row.text("why"),
    )


def period_of(cell: Cell) -> str:
    """A year, or a month as 2023-03 or 03/2023; a date of a spreadsheet is its month."""
    if isinstance(cell, (date, datetime)):
        return f"{cell.year:04d}-{cell.month:02d}"
    text = text_of(cell)
    month = _MONTH_OF_YEAR.match(text)
    return f"{month[2]}-{int(month[1]):02d}" if month else text


def number_of(cell: Cell) -> Decimal:
    """A number as people write it: 1 559, 12,5, −3, 77 %; a float of a spreadsheet is what it shows."""
    text = "".join(text_of(cell).split()).rstrip("%€").replace("−", "-")
    plain = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    try:
        found = Decimal(plain)
    except InvalidOperation:
        found = Decimal("NaN")
    if isinstance(cell, bool) or not found.is_finite():
        raise BadCell(say(N_("« %(cell)s » n’est pas un nombre."), cell=shortened(text_of(cell))))
    return found
