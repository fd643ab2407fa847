"""How much each series and each venue is used: what a coordinator sees before renaming, archiving or merging one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case
from sqlmodel import Session, and_, col, func, or_, select

from alpes_events.agenda.models import Event, EventState, Series, Venue
from alpes_events.database.page import Page, Part
from alpes_events.language.folding import fold


@dataclass(frozen=True)
class SeriesLine:
    """One series: the events to come that are published or drafts, and all there ever were."""

    series: Series
    coming_count: int
    event_count: int


@dataclass(frozen=True)
class VenueLine:
    """One venue: the events to come held there, and all there ever were."""

    venue: Venue
    coming_count: int
    event_count: int


class VenueOrder(StrEnum):
    """What the list of venues is sorted by."""

    NAME = "name"
    COMMUNE = "commune"
    COMING = "coming"


def series_in_use(db: Session, *, now: datetime, archived: bool = False) -> list[SeriesLine]:
    """The series that take new events, or those that are archived, by name."""
    shelf = col(Series.archived_at).isnot(None) if archived else col(Series.archived_at).is_(None)
    rows = db.exec(
        select(Series, *_counts(now))
        .join(Event, col(Event.series_id) == col(Series.id), isouter=True)
        .where(shelf)
        .group_by(col(Series.id))
        .order_by(col(Series.name), col(Series.id))
    )
    return [SeriesLine(series, coming, count) for series, coming, count in rows]


def venues_in_use(
    db: Session,
    *,
    now: datetime,
    text: str = "",
    retired: bool = False,
    part: Part,
    order: VenueOrder = VenueOrder.NAME,
    descending: bool = False,
) -> Page[VenueLine]:
    """One page of the venues whose name, address or commune holds every word (accents apart)."""
    shelf = col(Venue.retired_at).isnot(None) if retired else col(Venue.retired_at).is_(None)
    coming, count = _counts(now)
    keys: dict[VenueOrder, tuple[Any, ...]] = {
        VenueOrder.NAME: (func.lower(Venue.name),),
        VenueOrder.COMMUNE: (func.lower(Venue.commune_name), func.lower(Venue.name)),
        VenueOrder.COMING: (coming, func.lower(Venue.name)),
    }
    rows = db.exec(
        select(Venue, coming, count)
        .join(Event, col(Event.venue_id) == col(Venue.id), isouter=True)
        .where(shelf)
        .group_by(col(Venue.id))
        .order_by(*(key.desc() if descending else key for key in keys[order]), col(Venue.id))
    )
    lines = [VenueLine(venue, soon, total) for venue, soon, total in rows if _holds(venue, text)]
    return Page(tuple(lines[part.offset : part.offset + part.size]), len(lines), part)


def _counts(now: datetime) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """The events to come, and all of them."""
    to_come = and_(
        or_(col(Event.state) == EventState.PUBLISHED, col(Event.state) == EventState.DRAFT), col(Event.ends_at) > now
    )
    soon: ColumnElement[int] = func.coalesce(func.sum(case((to_come, 1), else_=0)), 0)
    return soon, func.count(col(Event.id))


def _holds(venue: Venue, text: str) -> bool:
    said = fold(f"{venue.name} {venue.address} {venue.postal_code} {venue.commune_name}")
    return all(word in said for word in fold(text).split())
