"""What a coordinator chooses from when writing an event: the venues and the series in use."""

from sqlmodel import Session, col, or_, select

from alpes_events.agenda.models import Series, Venue


def venue_list(db: Session, *, kept: int | None = None) -> list[Venue]:
    """The venues in use, by name; and `kept`, which the event has, whatever became of it."""
    offered = or_(col(Venue.retired_at).is_(None), col(Venue.id) == kept)
    return list(db.exec(select(Venue).where(offered).order_by(col(Venue.name), col(Venue.id))))


def series_list(db: Session, *, kept: int | None = None) -> list[Series]:
    """The series in use, by name; and `kept`, which the event has, whatever became of it."""
    offered = or_(col(Series.archived_at).is_(None), col(Series.id) == kept)
    return list(db.exec(select(Series).where(offered).order_by(col(Series.name))))


def venue_names(db: Session) -> dict[int, str]:
    """What each venue is called, those no longer offered too."""
    return {venue_id: name for venue_id, name in db.exec(select(Venue.id, Venue.name)) if venue_id is not None}
