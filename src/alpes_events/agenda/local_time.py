"""Local wall time to instants: the hour that March skips is refused, the one that October doubles is the first."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_


class TimeThatDoesNotExist(BadInput):
    """A wall time skipped when summer time begins."""

    def __init__(self, *, wall: datetime, field: str) -> None:
        super().__init__(
            N_("Le %(day)s, %(hour)s n’existe pas : on passe à l’heure d’été. Choisissez une heure plus tard."),
            field=field,
            day=wall.strftime("%d/%m/%Y"),
            hour=wall.strftime("%H:%M"),
        )


def instant(day: date, at: time, zone: ZoneInfo, *, field: str = "") -> datetime:
    """The instant (UTC) when clocks in `zone` show `at` on `day`.

    Raises `TimeThatDoesNotExist` inside the spring gap; an hour that happens twice means the first.
    """
    wall = datetime.combine(day, at.replace(tzinfo=None, fold=0), tzinfo=zone)
    moment = wall.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise TimeThatDoesNotExist(wall=wall, field=field)
    return moment


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """The wall time in `zone` at `moment`."""
    return moment.astimezone(zone)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The day in `zone` at `moment`."""
    return moment.astimezone(zone).date()
