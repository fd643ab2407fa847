"""The switch of an event's catalogue: shown to everybody, or not any more."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, func, select

from alpes_events.agenda.commands import hold_event
from alpes_events.agenda.models import Event, EventState
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.models import Catalogue, Exhibitor
from alpes_events.fair.plan_queries import comers
from alpes_events.fair.refusals import NobodyToShow, NoCatalogue
from alpes_events.journal.commands import record
from alpes_events.journal.kinds import EntryKind

_SHOWN = (EventState.PUBLISHED, EventState.DONE)
"""The states of an event whose catalogue may be read: of one that is called off, nobody comes."""


def publish_catalogue(db: Session, event_id: int, *, now: datetime, account_id: int | None) -> bool:
    """Show who will be at the event. False when it was shown already. Raises `NobodyToShow`."""
    hold_event(db, event_id)
    if not comers(db, event_id):
        raise NobodyToShow
    return _switch(db, event_id, published=True, now=now, account_id=account_id)


def unpublish_catalogue(db: Session, event_id: int, *, now: datetime, account_id: int | None) -> bool:
    """Show it no more. False when it was not shown."""
    hold_event(db, event_id)
    return _switch(db, event_id, published=False, now=now, account_id=account_id)


def published_at(db: Session, event_id: int) -> datetime | None:
    """Since when the catalogue is published; None when it is not."""
    row = db.get(Catalogue, event_id)
    return None if row is None else row.published_at


def is_shown(db: Session, event: Event) -> bool:
    """Whether everybody may read who will be at the event."""
    return event.state in _SHOWN and published_at(db, event.id or 0) is not None


def check_shown(db: Session, event: Event) -> None:
    """Raise `NoCatalogue` unless everybody may read the event's catalogue."""
    if not is_shown(db, event):
        raise NoCatalogue


def catalogue_counts(db: Session, event_ids: Collection[int]) -> dict[int, int]:
    """How many exhibitors the catalogue of each of these events shows; those without one are left out."""
    rows = db.exec(
        select(Catalogue.event_id, func.count(col(Exhibitor.id)))
        .join(Event, col(Event.id) == col(Catalogue.event_id))
        .join(Exhibitor, col(Exhibitor.event_id) == col(Catalogue.event_id))
        .where(
            col(Catalogue.event_id).in_(event_ids),
            col(Catalogue.published_at).is_not(None),
            col(Event.state).in_(_SHOWN),
            col(Exhibitor.state) == ExhibitorState.ACCEPTED,
        )
        .group_by(col(Catalogue.event_id))
    )
    return dict(rows.all())


def catalogue_addresses(db: Session) -> list[tuple[str, datetime]]:
    """The slug of every event whose catalogue is shown, with when the switch was used last, the newest event first."""
    rows = db.exec(
        select(Event.slug, Catalogue.changed_at)
        .join(Catalogue, col(Catalogue.event_id) == col(Event.id))
        .where(col(Catalogue.published_at).is_not(None), col(Event.state).in_(_SHOWN))
        .order_by(col(Event.starts_at).desc(), col(Event.id).desc())
    )
    return list(rows)


def _switch(db: Session, event_id: int, *, published: bool, now: datetime, account_id: int | None) -> bool:
    row = db.get(Catalogue, event_id) or Catalogue(event_id=event_id, changed_at=now)
    if (row.published_at is not None) is published:
        return False
    row.published_at, row.changed_at = now if published else None, now
    db.add(row)
    facts = {"published": published}
    record(db, EntryKind.CATALOGUE_CHANGED, subject=("event", event_id), now=now, account_id=account_id, facts=facts)
    return True
