"""Addresses that put the agenda, or one event, in the calendar that a person already uses."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlencode, urlsplit
from zoneinfo import ZoneInfo

from alpes_events.agenda.calendar import CalendarEntry, days_of

_LONGEST_DESCRIPTION = 800
"""Characters of an event's description in an address, which some servers cut at about 2,000 in all."""


@dataclass(frozen=True)
class SubscribeLinks:
    """How to follow a feed: its own address, the same for calendars of phones and computers, Google and Outlook."""

    https: str
    webcal: str
    google: str
    outlook: str


@dataclass(frozen=True)
class AddLinks:
    """How to add one event, once: Google, Outlook (personal and at work), or a file (Apple and all others)."""

    google: str
    outlook: str
    office: str
    apple: str


def subscribe_links(feed_url: str, *, name: str = "") -> SubscribeLinks:
    """The links for the feed at `feed_url` (http or https); `name` is what Outlook calls it."""
    webcal = "webcal://" + feed_url.split("://", 1)[1]
    outlook = {"url": feed_url, "name": name or urlsplit(feed_url).hostname or ""}
    return SubscribeLinks(
        https=feed_url,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?{_query({'cid': webcal})}",
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{_query(outlook)}",
    )


def add_links(entry: CalendarEntry, *, time_zone: str, file_url: str) -> AddLinks:
    """The links for one event; `file_url` is the address of its own .ics file."""
    details = entry.description
    if len(details) > _LONGEST_DESCRIPTION:
        details = details[:_LONGEST_DESCRIPTION].rsplit(" ", 1)[0] + f" …\n\n{entry.url}"
    google = {
        "action": "TEMPLATE",
        "text": entry.summary,
        "dates": _google_dates(entry, time_zone),
        "ctz": time_zone,
        "details": details,
        "location": entry.location,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": entry.summary,
        **_outlook_dates(entry, time_zone),
        "body": details,
        "location": entry.location,
    }
    return AddLinks(
        google=f"https://calendar.google.com/calendar/render?{_query(google)}",
        outlook=f"https://outlook.live.com/calendar/0/deeplink/compose?{_query(outlook)}",
        office=f"https://outlook.office.com/calendar/0/deeplink/compose?{_query(outlook)}",
        apple=file_url,
    )


def _google_dates(entry: CalendarEntry, time_zone: str) -> str:
    if entry.all_day:
        first, after = days_of(entry, ZoneInfo(time_zone))
        return f"{first:%Y%m%d}/{after:%Y%m%d}"
    return f"{_utc(entry.starts_at):%Y%m%dT%H%M%SZ}/{_utc(entry.ends_at):%Y%m%dT%H%M%SZ}"


def _outlook_dates(entry: CalendarEntry, time_zone: str) -> dict[str, str]:
    if entry.all_day:
        first, after = days_of(entry, ZoneInfo(time_zone))
        return {"startdt": f"{first:%Y-%m-%d}", "enddt": f"{after:%Y-%m-%d}", "allday": "true"}
    starts, ends = _utc(entry.starts_at), _utc(entry.ends_at)
    return {"startdt": f"{starts:%Y-%m-%dT%H:%M:%SZ}", "enddt": f"{ends:%Y-%m-%dT%H:%M:%SZ}", "allday": "false"}


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _query(values: dict[str, str]) -> str:
    return urlencode(values, quote_via=quote)
