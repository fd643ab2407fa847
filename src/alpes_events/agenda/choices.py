"""What a coordinator chooses from when writing an event: the venues and the series there are."""

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Series, Venue


def venue_list(db: Session) -> list[Venue]:
    """Every venue, by name."""
    return list(db.exec(select(Venue).order_by(col(Venue.name), col(Venue.id))))


def series_list(db: Session) -> list[Series]:
    """Every series, by name."""
    return list(db.exec(select(Series).order_by(col(Series.name))))
