"""One cell as a day, an hour or an instant, as people and spreadsheets write them: a value out, or `BadCell`."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alpes_events.agenda.local_time import TimeThatDoesNotExist, instant
from alpes_events.intake.issues import BadCell
from alpes_events.intake.table import Cell
from alpes_events.intake.values import shortened, text_of
from alpes_events.language.folding import fold
from alpes_events.language.sentence import N_, say

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("janvier", "janv", "january"),
            ("fevrier", "fevr", "february"),
            ("mars", "march"),
            ("avril", "avr", "april"),
            ("mai", "may"),
            ("juin", "june"),
            ("juillet", "juil", "july"),
            ("aout", "august"),
            ("septembre", "sept", "september"),
            ("octobre", "oct", "october"),
            ("novembre", "nov", "november"),
            ("decembre", "dec", "december"),
        ),
        start=1,
    )
    for name in names
}
_NUMERIC_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})\Z", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2}\Z", re.ASCII)
_WORDED_DAY = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]+) (\d{4})\Z", re.ASCII)
_HOUR = re.compile(r"(\d{1,2})\s*(?:[:h])\s*(?:(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(?:min)?\Z", re.ASCII | re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,|\bà\b|T)\s*|\s+", re.IGNORECASE)


def day_of(cell: Cell) -> date:
    """A day: 12/03/2026, 2026-03-12, « 12 mars 2026 », or a date of a spreadsheet."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    parts = _day_parts(text)
    if parts is None:
        if _SHORT_YEAR.match(text):
            raise BadCell(say(N_("Écrivez l’année avec quatre chiffres : 12/03/2026."), cell=shortened(text)))
        raise BadCell(say(N_("« %(cell)s » n’est pas une date : écrivez 12/03/2026."), cell=shortened(text)))
    try:
        return date(*parts)
    except ValueError:
        raise BadCell(
            say(N_("Le %(cell)s n’existe pas : vérifiez le jour et le mois."), cell=shortened(text))
        ) from None


def _day_parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day, as written."""
    if found := _ISO_DAY.match(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _NUMERIC_DAY.match(text):
        return int(found[3]), int(found[2]), int(found[1])
    if found := _WORDED_DAY.match(fold(text)):
        month = _MONTHS.get(found[2])
        return (int(found[3]), month, int(found[1])) if month else None
    return None


def hour_of(cell: Cell) -> time:
    """A wall time: 14:30, « 14 h 30 », « 14h », or a time of a spreadsheet. Seconds are dropped."""
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0)
    if isinstance(cell, timedelta):
        return _hour(int(cell.total_seconds()) // 3600, int(cell.total_seconds()) // 60 % 60, str(cell))
    if isinstance(cell, float) and 0 <= cell < 1:
        minutes = round(cell * 24 * 60)
        return _hour(minutes // 60, minutes % 60, str(cell))
    text = text_of(cell)
    found = _HOUR.match(text)
    if found is None:
        raise BadCell(say(N_("« %(cell)s » n’est pas une heure : écrivez 14:30 ou 14 h 30."), cell=shortened(text)))
    return _hour(int(found[1]), int(found[2] or 0), text)


def _hour(hours: int, minutes: int, text: str) -> time:
    try:
        return time(hours, minutes)
    except ValueError:
        raise BadCell(say(N_("%(cell)s n’est pas une heure de la journée."), cell=shortened(text))) from None


def at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """The instant of a wall time in `zone`. The hour that March skips is `BadCell`."""
    try:
        return instant(day, hour, zone)
    except TimeThatDoesNotExist as refusal:
        raise BadCell(refusal.sentence) from refusal


def moment_of(cell: Cell, zone: ZoneInfo) -> datetime:
    """An instant: a day with an hour (« 12/03/2026 14 h 30 »), ISO with or without an offset, or a day at noon."""
    if isinstance(cell, datetime):
        return cell.astimezone(UTC) if cell.tzinfo else at(cell.date(), cell.time().replace(microsecond=0), zone)
    if isinstance(cell, date):
        return at(cell, time(12), zone)
    text = text_of(cell).removeprefix("le ").removeprefix("Le ")
    exact = _iso_moment(text)
    if exact is not None:
        return exact
    try:
        return at(day_of(text), time(12), zone)
    except BadCell:
        for found in _BETWEEN.finditer(text):
            day, hour = text[: found.start()], text[found.end() :]
            if _day_parts(day) is not None and _HOUR.match(hour):
                return at(day_of(day), hour_of(hour), zone)
        raise


def _iso_moment(text: str) -> datetime | None:
    """An ISO instant that names its offset."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo is not None else None
