"""Days and hours in words, in the organisation's own time: « jeudi 12 mars, 14 h – 17 h »."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

from alpes_events.language.sentence import N_, catalogue

_LOCALES = {"fr": "fr_FR", "en": "en_GB"}


def local(instant: datetime, *, zone: ZoneInfo) -> datetime:
    """The instant on the clocks of `zone`."""
    return instant.astimezone(zone)


def weekday(day: date, *, language: str, short: bool = False) -> str:
    """« jeudi », or « jeu. » when short."""
    return _format(day, "EEE" if short else "EEEE", language)


def month(day: date, *, language: str, year: bool = False, short: bool = False) -> str:
    """« mars », « mars 2026 » with its year, « avr. » when short."""
    return _format(day, ("MMM" if short else "MMMM") + (" y" if year else ""), language)


def of_month(day: date, *, language: str, year: bool = False) -> str:
    """« de mai », « d’octobre »: the month after what is of it."""
    named = month(day, language=language, year=year)
    if language != "fr":
        return f"of {named}"
    return f"d’{named}" if named[0] in "ao" else f"de {named}"


def full_day(day: date, *, language: str, year: bool = False) -> str:
    """« jeudi 12 mars », « dimanche 1er mars 2026 » with its year."""
    return _format(day, "EEEE d MMMM" + (" y" if year else ""), language)


def short_day(day: date, *, language: str, year: bool = False) -> str:
    """« 12 mars », « 1er mars 2026 » with its year."""
    return _format(day, "d MMMM" + (" y" if year else ""), language)


def hour(at: datetime, *, language: str, zone: ZoneInfo) -> str:
    """« 14 h », « 9 h 30 »; in English 14:00."""
    at = local(at, zone=zone)
    if language != "fr":
        return f"{at.hour}:{at.minute:02d}"
    return f"{at.hour} h {at.minute:02d}" if at.minute else f"{at.hour} h"


def moment(at: datetime, *, language: str, zone: ZoneInfo, year: bool = False) -> str:
    """« jeudi 12 mars, 14 h »."""
    return f"{full_day(local(at, zone=zone), language=language, year=year)}, {hour(at, language=language, zone=zone)}"


def hours(starts_at: datetime, ends_at: datetime, *, language: str, zone: ZoneInfo, all_day: bool = False) -> str:
    """« 14 h – 17 h » of one day, « toute la journée »."""
    if all_day:
        return catalogue(language).gettext(N_("toute la journée"))
    return f"{hour(starts_at, language=language, zone=zone)} – {hour(ends_at, language=language, zone=zone)}"


def span(
    starts_at: datetime,
    ends_at: datetime,
    *,
    language: str,
    zone: ZoneInfo,
    all_day: bool = False,
    year: bool = False,
) -> str:
    """« jeudi 12 mars, 14 h – 17 h »; « jeudi 12 mars, 14 h – vendredi 13 mars, 17 h » over several days."""
    first, last = local(starts_at, zone=zone), local(ends_at, zone=zone)
    if first.date() == last.date() or all_day:
        day = full_day(first, language=language, year=year)
        return f"{day}, {hours(starts_at, ends_at, language=language, zone=zone, all_day=all_day)}"
    begin = moment(starts_at, language=language, zone=zone)
    return f"{begin} – {moment(ends_at, language=language, zone=zone, year=year)}"


def capitalised(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def _format(day: date, pattern: str, language: str) -> str:
    return _formatted(day.year, day.month, day.day, pattern, language)


@lru_cache(maxsize=4096)
def _formatted(year: int, month: int, day: int, pattern: str, language: str) -> str:
    """A page shows the same days many times, and putting one into words costs a tenth of a millisecond."""
    if language == "fr" and day == 1:
        pattern = pattern.replace("d ", "d'er' ")
    return format_date(date(year, month, day), pattern, locale=_LOCALES.get(language, "fr_FR"))
