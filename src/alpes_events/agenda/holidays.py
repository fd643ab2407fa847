"""The public holidays of France: eleven days a year by the law (Code du travail, L3133-1), four of them by Easter.

Alsace and Moselle have two more (Good Friday, 26 December): a repetition there names them among its exceptions.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from alpes_events.language.sentence import N_

_FIXED = {
    (1, 1): N_("jour de l’An"),
    (5, 1): N_("fête du Travail"),
    (5, 8): N_("victoire de 1945"),
    (7, 14): N_("fête nationale"),
    (8, 15): N_("Assomption"),
    (11, 1): N_("Toussaint"),
    (11, 11): N_("armistice de 1918"),
    (12, 25): N_("Noël"),
}
_AFTER_EASTER = {1: N_("lundi de Pâques"), 39: N_("Ascension"), 50: N_("lundi de Pentecôte")}


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher), for any year from 1583."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, of_four = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - shift + 15) % 30
    weekday = (32 + 2 * of_four + 2 * (rest // 4) - moon - rest % 4) % 7
    correction = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def holidays_of(year: int) -> dict[date, str]:
    """Each public holiday of the year with its name (a French sentence of the catalogues), in the order of the year."""
    sunday = easter(year)
    found = {date(year, month, day): name for (month, day), name in _FIXED.items()}
    for later, name in _AFTER_EASTER.items():
        found.setdefault(sunday + timedelta(days=later), name)
    return dict(sorted(found.items()))


def holidays_among(days: Iterable[date]) -> dict[date, str]:
    """Which of these days are public holidays, and what they are called."""
    asked = sorted(set(days))
    known = {day: name for year in {day.year for day in asked} for day, name in holidays_of(year).items()}
    return {day: known[day] for day in asked if day in known}
