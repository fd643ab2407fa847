"""One cell as a day, an hour, a number, a word of a list: a cell in, a value out, or `BadCell` with a sentence."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alpes_events.agenda.local_time import TimeThatDoesNotExist, instant
from alpes_events.intake.issues import BadCell
from alpes_events.intake.table import Cell
from alpes_events.language.folding import composed, fold
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
_COUNT = re.compile(r"\d{1,9}\Z", re.ASCII)
_YES = frozenset({"oui", "o", "x", "vrai", "yes", "y", "true", "1"})
_NO = frozenset({"non", "n", "faux", "no", "false", "0"})


def text_of(cell: Cell) -> str:
    """The cell as text: NFC, single blanks, without signs that cannot be seen. A whole number has no decimals."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return composed(_visible(str(cell)))


def long_text_of(cell: Cell) -> str:
    """Like `text_of`, but line breaks stay."""
    if not isinstance(cell, str):
        return text_of(cell)
    lines = cell.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(composed(_visible(line)) for line in lines).strip()


def _visible(text: str) -> str:
    """`text` without control characters, but for tabs and line breaks, which become blanks later."""
    return "".join(sign for sign in text if sign in "\t\n\r" or unicodedata.category(sign) != "Cc")


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
            raise BadCell(say(N_("Écrivez l’année avec quatre chiffres : 12/03/2026."), cell=_shown(text)))
        raise BadCell(say(N_("« %(cell)s » n’est pas une date : écrivez 12/03/2026."), cell=_shown(text)))
    try:
        return date(*parts)
    except ValueError:
        raise BadCell(say(N_("Le %(cell)s n’existe pas : vérifiez le jour et le mois."), cell=_shown(text))) from None


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
        raise BadCell(say(N_("« %(cell)s » n’est pas une heure : écrivez 14:30 ou 14 h 30."), cell=_shown(text)))
    return _hour(int(found[1]), int(found[2] or 0), text)


def _hour(hours: int, minutes: int, text: str) -> time:
    try:
        return time(hours, minutes)
    except ValueError:
        raise BadCell(say(N_("%(cell)s n’est pas une heure de la journée."), cell=_shown(text))) from None


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


def count_of(cell: Cell) -> int:
    """A whole number that is not negative; « 1 559 » has blanks, a spreadsheet's 12.0 is 12."""
    if isinstance(cell, float) and cell.is_integer() and cell >= 0:
        return int(cell)
    text = "".join(text_of(cell).split())
    if isinstance(cell, bool) or not _COUNT.match(text):
        raise BadCell(say(N_("« %(cell)s » n’est pas un nombre entier."), cell=_shown(text_of(cell))))
    return int(text)


def flag_of(cell: Cell) -> bool:
    """Yes or no: oui, non, x, vrai, faux, 1, 0."""
    word = fold(text_of(cell))
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadCell(say(N_("« %(cell)s » : écrivez oui ou non."), cell=_shown(text_of(cell))))


@dataclass(frozen=True)
class Words:
    """The words that a column takes: folded word to code, and those that a sentence proposes."""

    codes: Mapping[str, str]
    proposed: tuple[str, ...]


def words(**by_code: str) -> Words:
    """Words by their codes: `attended="présent, présente, là"`. The first of each is the one proposed; the code is
    taken as well.
    """
    lists = {code: [word.strip() for word in text.split(",")] for code, text in by_code.items()}
    codes = {fold(word): code for code, group in lists.items() for word in (*group, code)}
    return Words(codes, tuple(group[0] for group in lists.values()))


def choice_of(cell: Cell, choices: Words) -> str:
    """The code of a word."""
    text = text_of(cell)
    code = choices.codes.get(fold(text))
    if code is None:
        proposed = ", ".join(choices.proposed)
        raise BadCell(
            say(N_("« %(cell)s » n’est pas prévu ici. Choisissez : %(known)s."), cell=_shown(text), known=proposed)
        )
    return code


def list_of(cell: Cell) -> tuple[str, ...]:
    """Several words in one cell, parted by `|` or `;`, or else by line breaks or commas."""
    text = long_text_of(cell)
    for separator in ("|", ";", "\n", ","):
        if separator in text:
            return tuple(part for part in (composed(one) for one in text.split(separator)) if part)
    return (composed(text),) if text else ()


def _shown(text: str) -> str:
    """A cell quoted in a sentence: not more than a line of it."""
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 (a line)
