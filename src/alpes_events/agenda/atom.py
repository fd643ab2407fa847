"""The agenda as news (Atom, RFC 4287): what was announced or changed last comes first."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from alpes_events.agenda.calendar import CalendarEntry, Feed, announced
from alpes_events.agenda.entries import paragraphs
from alpes_events.language import dates

_SPACE = "http://www.w3.org/2005/Atom"
_MOST_ENTRIES = 100
_TAGGED_SINCE = 2026
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""


def render_atom(feed: Feed, entries: Iterable[CalendarEntry], *, page: str) -> bytes:
    """The last hundred changes as octets, each with the date, place and words of its event; `page` is the agenda's.

    What was withdrawn has no page any more and is left out. The same feed and entries give the same octets.
    """
    told = sorted((entry for entry in entries if entry.url), key=lambda entry: (entry.revised_at, entry.uid))
    told = told[: -_MOST_ENTRIES - 1 : -1]
    root = ET.Element("feed", {"xmlns": _SPACE, "xml:lang": feed.language})
    _add(root, "id", feed.source)
    _add(root, "title", feed.name)
    _add(root, "subtitle", feed.description)
    _add(root, "updated", _instant(told[0].revised_at if told else _NEVER))
    _add(_add(root, "author"), "name", feed.name)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.source)
    _add(root, "link", rel="alternate", type="text/html", href=page)
    for entry in told:
        _add_entry(root, entry, feed)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _add_entry(root: ET.Element, entry: CalendarEntry, feed: Feed) -> None:
    own, _, domain = entry.uid.partition("@")
    item = _add(root, "entry")
    _add(item, "id", f"tag:{domain},{_TAGGED_SINCE}:{own}")
    _add(item, "title", announced(entry, feed.language))
    _add(item, "link", rel="alternate", type="text/html", href=entry.url)
    _add(item, "published", _instant(entry.created_at))
    _add(item, "updated", _instant(entry.revised_at))
    for category in entry.categories:
        _add(item, "category", term=category)
    _add(item, "content", _told(entry, feed), type="text")


def _told(entry: CalendarEntry, feed: Feed) -> str:
    when = dates.span(
        entry.starts_at,
        entry.ends_at,
        language=feed.language,
        zone=ZoneInfo(feed.time_zone),
        all_day=entry.all_day,
        year=True,
    )
    return paragraphs(dates.capitalised(when), entry.location, entry.description)


def _add(parent: ET.Element, name: str, words: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    if words:
        child.text = _UNWRITABLE.sub("", words)
    return child


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
