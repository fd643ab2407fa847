"""The events as staff look through them: drafts, coming, past, called off; by kind, period and words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_
from sqlmodel import Session, col, func, select

from alpes_events.agenda.models import UNSEEN, Event, EventKind, EventState, Venue
from alpes_events.agenda.queries import EventCard, cards_where
from alpes_events.database.page import Page, Part
from alpes_events.language.folding import fold
from alpes_events.seats.models import SeatPool


class Shelf(StrEnum):
    """Where an event stands for the people who prepare it. What was thrown away stands in the bin alone."""

    COMING = "coming"
    DRAFT = "draft"
    PAST = "past"
    OFF = "off"
    ALL = "all"
    BIN = "bin"


class EventOrder(StrEnum):
    """What a list of events is sorted by."""

    WHEN = "when"
    TITLE = "title"
    PLACES = "places"


@dataclass(frozen=True)
class EventChoice:
    """Which events to list. Instants are half-open bounds of the start; `text` is searched without accents.

    Without drafts, only what was published once is listed.
    """

    shelf: Shelf = Shelf.COMING
    kind: EventKind | None = None
    from_at: datetime | None = None
    before_at: datetime | None = None
    text: str = ""
    with_drafts: bool = True


def listed_events(
    db: Session,
    choice: EventChoice,
    *,
    now: datetime,
    part: Part,
    order: EventOrder = EventOrder.WHEN,
    descending: bool = False,
) -> Page[EventCard]:
    """One page of the events chosen."""
    chosen = and_(_on_shelf(choice.shelf, now=now), *_conditions(db, choice))
    count = db.exec(select(func.count()).select_from(Event).where(chosen)).one()
    key = _ORDERS[order]
    ids = db.exec(
        select(Event.id)
        .join(SeatPool, col(Event.pool_id) == col(SeatPool.id))
        .where(chosen)
        .order_by(key.desc() if descending else key, col(Event.starts_at), col(Event.id))
        .offset(part.offset)
        .limit(part.size)
    ).all()
    cards = {card.event.id: card for card in cards_where(db, col(Event.id).in_(ids))}
    return Page(tuple(cards[event_id] for event_id in ids), count, part)


def shelf_counts(db: Session, choice: EventChoice, *, now: datetime) -> dict[Shelf, int]:
    """How many events each shelf would list with the rest of the choice."""
    sums = [func.coalesce(func.sum(case((_on_shelf(shelf, now=now), 1), else_=0)), 0) for shelf in Shelf]
    counts = db.execute(select(*sums).select_from(Event).where(and_(True, *_conditions(db, choice)))).one()
    return {shelf: int(count) for shelf, count in zip(Shelf, counts, strict=True)}


def _on_shelf(shelf: Shelf, *, now: datetime) -> ColumnElement[bool]:
    state, over = col(Event.state), col(Event.ends_at) <= now
    match shelf:
        case Shelf.COMING:
            return and_(state == EventState.PUBLISHED, ~over)
        case Shelf.DRAFT:
            return state == EventState.DRAFT
        case Shelf.PAST:
            return or_(state == EventState.DONE, and_(state == EventState.PUBLISHED, over))
        case Shelf.OFF:
            return state.in_((EventState.CANCELLED, EventState.WITHDRAWN))
        case Shelf.ALL:
            return state != EventState.DISCARDED
        case Shelf.BIN:
            return state == EventState.DISCARDED


def _conditions(db: Session, choice: EventChoice) -> Sequence[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if choice.kind is not None:
        conditions.append(col(Event.kind) == choice.kind)
    if choice.from_at is not None:
        conditions.append(col(Event.starts_at) >= choice.from_at)
    if choice.before_at is not None:
        conditions.append(col(Event.starts_at) < choice.before_at)
    if not choice.with_drafts:
        conditions.append(col(Event.state).not_in(UNSEEN))
    if choice.text.strip():
        conditions.append(col(Event.id).in_(_spoken_of(db, choice.text)))
    return conditions


def _spoken_of(db: Session, text: str) -> list[int]:
    """The ids of the events whose title, venue or commune hold every word, accents and capitals apart.

    The database of an association has hundreds of events: their words are folded here, in one pass.
    """
    words = fold(text).split()
    rows = db.exec(
        select(Event.id, Event.title, Venue.name, Venue.commune_name).join(
            Venue, col(Event.venue_id) == col(Venue.id), isouter=True
        )
    )
    return [
        event_id
        for event_id, *parts in rows
        if event_id is not None and all(word in fold(" ".join(filter(None, parts))) for word in words)
    ]


_ORDERS: dict[EventOrder, Any] = {
    EventOrder.WHEN: col(Event.starts_at),
    EventOrder.TITLE: func.lower(Event.title),
    EventOrder.PLACES: col(SeatPool.taken),
}
