"""The VTIMEZONE of the organisation's zone: Europe/Paris by hand, others by a rule that is checked, or refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from alpes_events.language.refusal import BadInput
from alpes_events.language.sentence import N_

PARIS = "Europe/Paris"
CHECKED_YEARS = range(2008, 2038)
"""The years in which a rule made from one of them must give the very changes of the zone database."""

_PARIS_LINES = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Paris",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:19810329T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class ZoneRefused(BadInput):
    """A time zone that does not exist, or whose clock changes no yearly rule describes."""

    def __init__(self, name: str) -> None:
        super().__init__(
            N_("Le fuseau horaire « %(zone)s » n’est pas pris en charge : choisissez par exemple Europe/Paris."),
            field="time_zone",
            zone=name,
        )


@dataclass(frozen=True)
class _Change:
    """A change of the clocks: the wall time just before, and the offsets on both sides."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str
    daylight: bool


@lru_cache
def zone_lines(name: str) -> tuple[str, ...]:
    """The lines of the VTIMEZONE of zone `name`, or `ZoneRefused`.

    A zone whose clocks change twice a year gets two rules; one whose clocks stay gets one line of standard time.
    """
    if name == PARIS:
        return _PARIS_LINES
    if name not in available_timezones():
        raise ZoneRefused(name)
    zone = ZoneInfo(name)
    years = [_changes(zone, year) for year in CHECKED_YEARS]
    if not any(years):
        rules = [_standing(zone)]
    elif all(len(year) == 2 for year in years):  # noqa: PLR2004 (summer time begins, and ends)
        rules = [_rule(name, changes) for changes in zip(*years, strict=True)]
    else:
        raise ZoneRefused(name)
    return ("BEGIN:VTIMEZONE", f"TZID:{name}", *(line for rule in rules for line in rule), "END:VTIMEZONE")


def _changes(zone: ZoneInfo, year: int) -> list[_Change]:
    """The changes of one year, found by looking at every hour of the days between which the offset differs."""
    found = []
    day = datetime(year, 1, 1, tzinfo=UTC)
    while day.year == year:
        following = day + timedelta(days=1)
        if _offset(zone, day) != _offset(zone, following):
            hours = (day + timedelta(minutes=30 * step) for step in range(1, 49))
            moment = next(hour for hour in hours if _offset(zone, hour) != _offset(zone, day))
            after = moment.astimezone(zone)
            before = _offset(zone, day)
            found.append(
                _Change(
                    wall=(moment + before).replace(tzinfo=None),
                    before=before,
                    after=_offset(zone, moment),
                    name=after.tzname() or "",
                    daylight=bool(after.dst()),
                )
            )
        day = following
    return found


def _rule(name: str, changes: Sequence[_Change]) -> list[str]:
    """One yearly rule that gives all of `changes`, or `ZoneRefused`."""
    first = changes[0]
    for nth in (-1, 1, 2, 3, 4):
        if all(_same_but_day(change, first) and change.wall.date() == _nth(change.wall, nth) for change in changes):
            kind = "DAYLIGHT" if first.daylight else "STANDARD"
            return [
                f"BEGIN:{kind}",
                f"DTSTART:{first.wall:%Y%m%dT%H%M%S}",
                f"RRULE:FREQ=YEARLY;BYMONTH={first.wall.month};BYDAY={nth}{_WEEKDAYS[first.wall.weekday()]}",
                *_offsets(first.before, first.after, first.name),
                f"END:{kind}",
            ]
    raise ZoneRefused(name)


def _standing(zone: ZoneInfo) -> list[str]:
    start = datetime(CHECKED_YEARS.start, 1, 1, tzinfo=zone)
    offset = _offset(zone, start)
    name = start.tzname() or ""
    return ["BEGIN:STANDARD", f"DTSTART:{start:%Y%m%dT%H%M%S}", *_offsets(offset, offset, name), "END:STANDARD"]


def _offsets(before: timedelta, after: timedelta, name: str) -> list[str]:
    return [f"TZOFFSETFROM:{_written(before)}", f"TZOFFSETTO:{_written(after)}", f"TZNAME:{name}"]


def _same_but_day(change: _Change, first: _Change) -> bool:
    return _same_part(change) == _same_part(first)


def _same_part(change: _Change) -> tuple[object, ...]:
    """What a rule says of a change beside its day."""
    return change.wall.month, change.wall.weekday(), change.wall.time(), change.before, change.after


def _nth(wall: datetime, nth: int) -> date:
    """The nth day of this weekday in the month of `wall`; -1 is the last."""
    if nth > 0:
        first = wall.date().replace(day=1)
        return first + timedelta(days=(wall.weekday() - first.weekday()) % 7 + 7 * (nth - 1))
    last = (wall.date().replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - wall.weekday()) % 7)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _written(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"
