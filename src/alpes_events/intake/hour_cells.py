"""Hours and months as cells hold them: a cell in, whole minutes or the first day of a month out. Pure."""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from alpes_events.clause.durations import LONGEST_MONTH, MINUTES_PER_HOUR, NotHoursError, in_hours, minutes_of
from alpes_events.clause.months import month_of
from alpes_events.intake.issues import BadCell
from alpes_events.intake.table import Cell
from alpes_events.intake.values import shortened, text_of
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_, say

_NAMES = {
    name: number
    for number, names in enumerate(
        (
            ("janvier", "janv", "jan", "january"),
            ("fevrier", "fevr", "fev", "february", "feb"),
            ("mars", "mar", "march"),
            ("avril", "avr", "april", "apr"),
            ("mai", "may"),
            ("juin", "june", "jun"),
            ("juillet", "juil", "july", "jul"),
            ("aout", "august", "aug"),
            ("septembre", "sept", "september", "sep"),
            ("octobre", "oct", "october"),
            ("novembre", "nov", "november"),
            ("decembre", "dec", "december"),
        ),
        start=1,
    )
    for name in names
}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2})?(?:[T ].*)?")
_FRENCH = re.compile(r"(?:\d{1,2}[-/.])?(\d{1,2})[-/.](\d{4})")
_WORDED = re.compile(r"(?:\d{1,2} )?([a-z]+) (\d{4}|\d{2})")
_YEARS = range(2000, 2101)
_LAST_MONTH = 12
_EPOCH = datetime(1899, 12, 31)  # noqa: DTZ001 (a spreadsheet knows no zones)
"""From here spreadsheets count days: a duration of 35.5 hours may come as 1 January 1900, 11:30."""


def month_of_cell(cell: Cell) -> date:
    """The month of `03/2023`, `mars 2023`, `2023-03-01`, `01/03/2023` or a spreadsheet's date, as its first day."""
    if isinstance(cell, datetime):
        return month_of(cell.date())
    if isinstance(cell, date):
        return month_of(cell)
    text = text_of(cell)
    year, month = _parts(text)
    if year not in _YEARS or not 1 <= month <= _LAST_MONTH:
        raise BadCell(say(N_("« %(cell)s » n’est pas un mois : écrivez 03/2026 ou mars 2026."), cell=shortened(text)))
    return date(year, month, 1)


def _parts(text: str) -> tuple[int, int]:
    """Year and month as written; (0, 0) for anything else."""
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2])
    if found := _FRENCH.fullmatch(text):
        return int(found[2]), int(found[1])
    if found := _WORDED.fullmatch(fold(text)):
        year = int(found[2])
        return (year if year > 99 else 2000 + year), _NAMES.get(found[1], 0)  # noqa: PLR2004 (two digits)
    return 0, 0


def minutes_of_cell(cell: Cell) -> int:
    """Whole minutes of `12,5`, `12:30`, `12h30`, `12.50`, a number of hours or a duration of a spreadsheet."""
    minutes = _minutes(cell)
    if minutes <= 0:
        raise BadCell(say(N_("Inscrivez un nombre d’heures plus grand que zéro.")))
    if minutes > LONGEST_MONTH:
        raise BadCell(
            say(
                N_("%(hours)s en un mois, c’est plus que le mois n’en a : vérifiez le nombre."),
                hours=in_hours(minutes),
            )
        )
    return minutes


def _minutes(cell: Cell) -> int:
    if isinstance(cell, timedelta):
        return round(cell.total_seconds() / 60)
    if isinstance(cell, datetime) and cell.year <= _EPOCH.year + 1:
        return round((cell - _EPOCH).total_seconds() / 60)
    if isinstance(cell, time):
        return cell.hour * MINUTES_PER_HOUR + cell.minute
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return int((Decimal(str(cell)) * MINUTES_PER_HOUR).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    text = text_of(cell)
    if text.startswith(("-", "−")):
        return -1
    try:
        return minutes_of(text)
    except NotHoursError:
        raise BadCell(
            say(N_("« %(cell)s » ne se lit pas comme des heures : écrivez 12,5 ou 12h30."), cell=shortened(text))
        ) from None
