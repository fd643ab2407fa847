"""The public agenda as rows: light ones to choose from, whole cards for those that a page shows."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, DateTime, String, cast, func, type_coerce
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event, EventKind, EventState, Series, Venue
from alpes_events.agenda.narrowing import ListedEvent
from alpes_events.agenda.queries import PUBLIC_STATES, EventCard, cards_where
from alpes_events.agenda.scope import FeedScope, in_scope
from alpes_events.database.page import Page, Part
from alpes_events.territory.distance import Position
from alpes_events.territory.models import Commune

_COLUMNS = (
    col(Event.id),
    type_coerce(col(Event.kind), String),
    col(Event.series_id),
    cast(col(Event.themes), String),
    cast(col(Event.audience), String),
    col(Event.venue_id),
    type_coerce(col(Event.starts_at), DateTime(timezone=True)),
)
_WORDS = col(Event.title) + " " + col(Event.summary)
"""What a search looks into, but the series, the place and the themes: one column, as two take longer to read."""

_MOST_ADDRESSES = 49_000
"""A sitemap holds 50,000 at most."""


def coming_events(db: Session, *, now: datetime, searched: bool = False) -> list[ListedEvent]:
    """Published events that are not over, soonest first; with the text to search in when they are `searched`."""
    return _listed(db, searched, col(Event.state) == EventState.PUBLISHED, col(Event.ends_at) > now)


def coming_places_and_series(db: Session, *, now: datetime) -> tuple[set[str], set[str]]:
    """The communes (INSEE codes) and the series (addresses) of the published events that are not over."""
    rows = db.execute(
        select(col(Venue.insee_code), col(Series.slug))
        .select_from(Event)
        .join(Venue, col(Event.venue_id) == col(Venue.id), isouter=True)
        .join(Series, col(Event.series_id) == col(Series.id), isouter=True)
        .where(col(Event.state) == EventState.PUBLISHED, col(Event.ends_at) > now)
        .distinct()
    ).all()
    return {code for code, _slug in rows if code}, {slug for _code, slug in rows if slug}


def events_between(db: Session, starts_at: datetime, ends_at: datetime, *, searched: bool = False) -> list[ListedEvent]:
    """Events that the public may see (over or cancelled too) and that touch `[starts_at, ends_at)`."""
    return _listed(
        db,
        searched,
        col(Event.state).in_(PUBLIC_STATES),
        col(Event.ends_at) > starts_at,
        col(Event.starts_at) < ends_at,
    )


def cards_of(db: Session, event_ids: Sequence[int]) -> list[EventCard]:
    """The whole cards of these events, in this order."""
    if not event_ids:
        return []
    found = {card.event.id: card for card in cards_where(db, col(Event.id).in_(event_ids))}
    return [found[event_id] for event_id in event_ids if event_id in found]


def public_events(
    db: Session, scope: FeedScope, *, from_at: datetime, before_at: datetime | None, part: Part
) -> Page[EventCard]:
    """One page of the public events of `scope` that touch `[from_at, before_at)`, soonest first."""
    chosen = [
        in_scope(scope, dialect=db.get_bind().dialect.name),
        col(Event.state).in_(PUBLIC_STATES),
        col(Event.ends_at) > from_at,
    ]
    if before_at is not None:
        chosen.append(col(Event.starts_at) < before_at)
    count = db.exec(select(func.count()).select_from(Event).where(*chosen)).one()
    ids = db.exec(
        select(Event.id)
        .where(*chosen)
        .order_by(col(Event.starts_at), col(Event.id))
        .offset(part.offset)
        .limit(part.size)
    ).all()
    return Page(tuple(cards_of(db, [event_id for event_id in ids if event_id is not None])), count, part)


def all_series(db: Session) -> list[Series]:
    """Every series, by name."""
    return list(db.exec(select(Series).order_by(col(Series.name), col(Series.id))))


def series_of_events(db: Session, slugs: Sequence[str]) -> list[Series]:
    """The series with these addresses, by name."""
    return list(db.exec(select(Series).where(col(Series.slug).in_(slugs)).order_by(col(Series.name))))


def public_addresses(db: Session) -> list[tuple[str, datetime]]:
    """The address and last revision of every event that the public may see, the newest first, at most 49,000."""
    rows = db.exec(
        select(Event.slug, Event.revised_at)
        .where(col(Event.state).in_(PUBLIC_STATES))
        .order_by(col(Event.starts_at).desc(), col(Event.id).desc())
        .limit(_MOST_ADDRESSES)
    )
    return [(slug, revised_at) for slug, revised_at in rows]


@dataclass(frozen=True)
class _Place:
    """A venue as the agenda narrows by it, with its name and that of its commune as a search reads them."""

    insee_code: str | None
    position: Position | None
    words: str


_NOWHERE = _Place(None, None, "")
_NO_SERIES = ("", "")


def _listed(db: Session, searched: bool, *conditions: ColumnElement[bool]) -> list[ListedEvent]:
    """These events, soonest first. Venues and series are read apart: there are few, and joining them to each of some
    thousand events takes PostgreSQL longer than all the rest.
    """
    rows = db.connection().execute(  # plain rows: the session would look at each of some thousand again
        select(*_COLUMNS, *((_WORDS,) if searched else ()))  # type: ignore[call-overload]
        .where(*conditions)
        .order_by(col(Event.starts_at), col(Event.id))
    )
    found = rows.fetchall()  # all at once: one by one takes twice as long
    places, series = (_places(db), _series(db)) if found else ({}, {})
    return [_of(places, series, *row) for row in found]


def _places(db: Session) -> dict[int, _Place]:
    """Every venue by its number, retired ones too: past events are held there."""
    rows = db.execute(
        columns(
            col(Venue.id),
            col(Venue.insee_code),
            func.coalesce(col(Venue.latitude), col(Commune.latitude)),
            func.coalesce(col(Venue.longitude), col(Commune.longitude)),
            col(Venue.name) + " " + func.coalesce(col(Commune.name), col(Venue.commune_name), ""),
        ).join_from(Venue, Commune, col(Venue.insee_code) == col(Commune.insee_code), isouter=True)
    )
    return {
        venue_id: _Place(
            insee_code,
            None if latitude is None or longitude is None else _position(latitude, longitude),
            words,
        )
        for venue_id, insee_code, latitude, longitude, words in rows
    }


def _series(db: Session) -> dict[int, tuple[str, str]]:
    """The address and the name of every series by its number."""
    rows = db.execute(columns(col(Series.id), col(Series.slug), col(Series.name)))
    return {series_id: (slug, name) for series_id, slug, name in rows}


def _of(
    places: Mapping[int, _Place],
    every_series: Mapping[int, tuple[str, str]],
    event_id: int,
    kind: EventKind,
    series_id: int | None,
    themes: str,
    audience: str,
    venue_id: int | None,
    starts_at: datetime,
    words: str = "",
) -> ListedEvent:
    listed = _list_of(themes)
    place = _NOWHERE if venue_id is None else places.get(venue_id, _NOWHERE)
    slug, name = _NO_SERIES if series_id is None else every_series.get(series_id, _NO_SERIES)
    return ListedEvent(
        event_id,
        kind,
        slug,
        listed,
        _list_of(audience),
        place.insee_code,
        place.position,
        " ".join((words, name, place.words, *listed)) if words else "",
        starts_at if starts_at.tzinfo else starts_at.replace(tzinfo=UTC),
        name,
    )


@lru_cache(maxsize=1024)
def _list_of(written: str) -> tuple[str, ...]:
    """A list as JSON: few differ, so each is read once."""
    return tuple(json.loads(written))


@lru_cache(maxsize=1024)
def _position(latitude: float, longitude: float) -> Position:
    return Position(latitude, longitude)
