"""What staff templates may do with a value, and the words they choose from."""

from datetime import date, datetime

from babel.dates import format_date
from flask import Flask

from alpes_events.agenda.models import EventKind
from alpes_events.agenda.words import AUDIENCES
from alpes_events.attendance.day import Seen
from alpes_events.attendance.door_count import HALF_HOUR
from alpes_events.language.dates import hour, local, short_day
from alpes_events.language.sentence import N_
from alpes_events.language.typography import set_in
from alpes_events.people.identity import display_telephone
from alpes_events.statistics.cuts import Cut, part_label
from alpes_web.identity import identity
from alpes_web.languages import language, translated
from alpes_web.staff import words
from alpes_web.staff.sign_up_words import signed_up_by

_SEEN = {
    Seen.EVERYONE: N_("Toutes"),
    Seen.UNKNOWN: N_("Pas encore notées"),
    Seen.ATTENDED: N_("Sont là"),
    Seen.EXCUSED: N_("Ont prévenu"),
    Seen.NO_SHOW: N_("Ne sont pas là"),
}


def install(app: Flask) -> None:
    """Give the staff templates of `app` these words."""
    app.jinja_env.filters.update(
        national=display_telephone, iso_date=_iso_date, short_moment=_short_moment, signed_up_by=signed_up_by
    )
    app.jinja_env.globals.update(
        sign_up_states=words.SIGN_UP_STATES,
        presences=words.PRESENCES,
        groups=list(words.GROUPS.items()),
        shelves=list(words.SHELVES.items()),
        seen_words=list(_SEEN.items()),
        event_kinds=list(EventKind),
        half_hour=HALF_HOUR,
        staff_words=words,
        account_states=words.ACCOUNT_STATES,
        audiences=AUDIENCES,
        channel_words=_channel_words,
    )


def _iso_date(day: str) -> str:
    """« 6 octobre 1968 » for a day that the journal keeps as 1968-10-06."""
    return set_in(short_day(date.fromisoformat(day), language=language(), year=True), language())


def _channel_words(code: str) -> str:
    """Who signed somebody up, by the code of the channel."""
    return translated(part_label(Cut.CHANNEL, code))


def _short_moment(at: datetime, *, year: bool = False) -> str:
    """« 2 mars, 10 h 12 »; with the year when it is another than the present one's."""
    day = local(at, zone=identity().zone).date()
    said = format_date(day, "d MMM y", locale=language()) if year else short_day(day, language=language())
    return set_in(f"{said}, {hour(at, language=language(), zone=identity().zone)}", language())
