"""A calendar file (iCalendar, RFC 5545 and 7986): what the agenda says, written so that every calendar follows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from alpes_events.agenda.content_lines import address, folded, text, utc, wall
from alpes_events.language.sentence import N_, Sentence
from alpes_events.territory.time_zone import zone_lines

PRODUCT = "-//alpes//agenda//FR"
RENDERER = 3
"""Part of every feed's version: raise it when the same entries give other bytes."""


class EntryStatus(StrEnum):
    """Where an entry stands, in the words of iCalendar."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


class Method(StrEnum):
    """What a calendar file is for: a feed publishes; a mail requests or cancels."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One event of a calendar, in `[starts_at, ends_at)`, instants in UTC, everything in plain text.

    `uid` holds its domain and never changes. `revised_at` is the last change of anything here; `sequence` counts the
    changes that move or cancel. `busy`: it takes the reader's time. `private`: it is one person's.
    """

    uid: str
    sequence: int
    status: EntryStatus
    summary: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    created_at: datetime
    revised_at: datetime
    description: str = ""
    location: str = ""
    position: tuple[float, float] | None = None
    url: str = ""
    categories: tuple[str, ...] = ()
    busy: bool = False
    private: bool = False


@dataclass(frozen=True)
class Feed:
    """A calendar that others subscribe to. `source` is its address, empty when the address is a secret."""

    name: str
    description: str
    source: str
    language: str
    time_zone: str


def render_feed(feed: Feed, entries: Iterable[CalendarEntry]) -> bytes:
    """The feed as octets. The same feed and entries give the same octets; `ZoneRefused` for a zone without rules."""
    head = [
        f"NAME:{text(feed.name)}",
        f"X-WR-CALNAME:{text(feed.name)}",
        f"X-WR-TIMEZONE:{feed.time_zone}",
        f"DESCRIPTION:{text(feed.description)}",
        f"X-WR-CALDESC:{text(feed.description)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        *([f"SOURCE;VALUE=URI:{address(feed.source)}"] if feed.source else []),
    ]
    body = b"".join([folded(entry_lines(entry, zone_name=feed.time_zone, language=feed.language)) for entry in entries])
    return calendar_file(Method.PUBLISH, head=head, zone_name=feed.time_zone, body=body)


def calendar_file(method: Method, *, head: Iterable[str], zone_name: str, body: bytes) -> bytes:
    """A whole file: what it is, the rules of its zone, then its events (`body`, folded)."""
    opening = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", f"METHOD:{method}")
    return b"".join((folded(opening), folded(head), folded(zone_lines(zone_name)), body, folded(["END:VCALENDAR"])))


def entry_lines(entry: CalendarEntry, *, zone_name: str, language: str, people: Iterable[str] = ()) -> list[str]:
    """One event's lines. `people` are the ORGANIZER and ATTENDEE of a mail: a feed has none."""
    cancelled = entry.status is EntryStatus.CANCELLED
    revised = utc(entry.revised_at)
    return [
        "BEGIN:VEVENT",
        f"UID:{address(entry.uid)}",
        f"DTSTAMP:{revised}",
        *_when(entry, zone_name),
        f"SUMMARY:{text(announced(entry, language))}",
        f"SEQUENCE:{entry.sequence}",
        f"STATUS:{entry.status.value}",
        "TRANSP:OPAQUE" if entry.busy and not cancelled else "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE" if entry.private else "CLASS:PUBLIC",
        f"CREATED:{utc(entry.created_at)}",
        f"LAST-MODIFIED:{revised}",
        *_what_is_known(entry),
        *people,
        "END:VEVENT",
    ]


def days_of(entry: CalendarEntry, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first day of an all-day entry and the day after its last, as midnights in `zone`."""
    starts = entry.starts_at.astimezone(zone)
    ends = entry.ends_at.astimezone(zone)
    first = datetime.combine(starts.date(), time(), zone)
    last = datetime.combine(ends.date(), time(), zone)
    return first, last if last == ends and last > first else last + timedelta(days=1)


def announced(entry: CalendarEntry, language: str) -> str:
    """The title as calendars show it: what is called off says so first."""
    if entry.status is not EntryStatus.CANCELLED:
        return entry.summary
    return _cancelled_title(language) % {"title": entry.summary}


@lru_cache
def _cancelled_title(language: str) -> str:
    return Sentence(N_("ANNULÉ : %(title)s")).in_language(language)


def _what_is_known(entry: CalendarEntry) -> list[str]:
    """The lines that an event may lack."""
    lines = []
    if entry.categories:
        lines.append("CATEGORIES:" + ",".join([text(category) for category in entry.categories]))
    if entry.location:
        lines.append(f"LOCATION:{text(entry.location)}")
    if entry.position:
        lines.append(f"GEO:{entry.position[0]:.6f};{entry.position[1]:.6f}")
    if entry.url:
        lines.append(f"URL:{address(entry.url)}")
    if entry.description:
        lines.append(f"DESCRIPTION:{text(entry.description)}")
    return lines


def _shown_twice(moment: datetime) -> bool:
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def _when(entry: CalendarEntry, zone_name: str) -> tuple[str, str]:
    """Start and end, of one form. A wall time that October shows twice means its first hour (RFC 5545, 3.3.5), but
    several calendars in use take the second: an event that starts or ends in either is written in UTC.
    """
    zone = ZoneInfo(zone_name)
    if entry.all_day:
        first, after = days_of(entry, zone)
        return f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"
    starts, ends = entry.starts_at.astimezone(zone), entry.ends_at.astimezone(zone)
    if _shown_twice(starts) or _shown_twice(ends):
        return f"DTSTART:{utc(entry.starts_at)}", f"DTEND:{utc(entry.ends_at)}"
    return f"DTSTART;TZID={zone_name}:{wall(starts)}", f"DTEND;TZID={zone_name}:{wall(ends)}"
