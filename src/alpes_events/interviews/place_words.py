"""When and where an interview is, in words."""

from zoneinfo import ZoneInfo

from alpes_events.interviews.own_times import OwnTime
from alpes_events.language import dates
from alpes_events.language.sentence import N_, say


def with_whom(one: OwnTime, language: str) -> str:
    """« Filature des Prés, stand A12, Grande salle, table 2 », as far as that is known."""
    booth = say(N_("stand %(number)s"), number=one.booth).in_language(language) if one.booth else ""
    return ", ".join(part for part in (one.exhibitor, booth, one.hall, one.table) if part)


def line_of(one: OwnTime, language: str, *, zone: ZoneInfo) -> str:
    """« 9 h 10 – 9 h 20 : Filature des Prés, stand A12 »."""
    hours = dates.hours(one.starts_at, one.ends_at, language=language, zone=zone)
    return say(N_("%(hours)s : %(place)s"), hours=hours, place=with_whom(one, language)).in_language(language)
