"""An event as one line of its day, drawn once: an equal line is the same page text, so nothing is ever stale."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from flask import get_template_attribute, request
from markupsafe import Markup

from alpes_events.agenda.models import EventKind
from alpes_web.event_view import EventView, Fill
from alpes_web.icons import needing, noted
from alpes_web.identity import identity
from alpes_web.languages import language


@dataclass(frozen=True)
class Line:
    """All that a line says, and what else its text depends on: the language, the clocks, where the site is mounted."""

    language: str
    zone: ZoneInfo
    mounted_at: str
    day: date
    today: bool
    kind: EventKind
    slug: str
    title: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    venue: str
    commune: str
    distance: str
    for_whom: str
    for_everyone: bool
    exhibitor_count: int
    fill: Fill


def event_line(item: EventView, day: date, today: bool) -> Markup:
    """The line of this event on that day, which is `today` or not; with a note of the icons it needs."""
    text, icons = _drawn(_line(item, day, today=today))
    needing(icons)
    return text


def _line(item: EventView, day: date, *, today: bool) -> Line:
    event, venue = item.event, item.venue
    return Line(
        language=language(),
        zone=identity().zone,
        mounted_at=request.script_root,
        day=day,
        today=today,
        kind=event.kind,
        slug=event.slug,
        title=event.title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        all_day=event.all_day,
        venue="" if venue is None else venue.name,
        commune=item.commune,
        distance=item.distance,
        for_whom=item.for_whom,
        for_everyone=event.audience == ["everyone"],
        exhibitor_count=item.exhibitor_count,
        fill=item.fill,
    )


@lru_cache(maxsize=4096)
def _drawn(line: Line) -> tuple[Markup, frozenset[str]]:
    """The text of the line and the icons in it. Some 4 MB when full."""
    draw = get_template_attribute("parts/events.html", "line")
    return noted(lambda: draw(line))


def forget_lines() -> None:
    """Draw every line anew from now on: for tests and measures."""
    _drawn.cache_clear()
