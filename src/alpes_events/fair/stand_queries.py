"""Requests for stands as they are read: one exhibitor's own, and the coordinator's list."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.stand_views import StandView, stand_views
from alpes_events.language.folding import fold


def stand_of_reference(db: Session, reference: str) -> tuple[StandView, Event] | None:
    """The request of a link, with its event; None when there is none."""
    row = db.exec(select(Exhibitor).where(Exhibitor.reference == reference)).first()
    return None if row is None else (stand_views(db, [row])[0], db.get_one(Event, row.event_id))


def event_of_stand(db: Session, reference: str) -> Event | None:
    """The event at which the exhibitor of a link has a stand; None for one that was not accepted."""
    return db.exec(
        select(Event)
        .join(Exhibitor, col(Exhibitor.event_id) == col(Event.id))
        .where(Exhibitor.reference == reference, Exhibitor.state == ExhibitorState.ACCEPTED)
    ).first()


def accepted_stand(db: Session, reference: str) -> tuple[int, Event] | None:
    """The id of the accepted exhibitor of a link, and its event, read at once; None when there is none."""
    row = db.execute(
        columns(col(Exhibitor.id), Event)
        .join(Event, col(Event.id) == col(Exhibitor.event_id))
        .where(col(Exhibitor.reference) == reference, col(Exhibitor.state) == ExhibitorState.ACCEPTED)
    ).first()
    return None if row is None else (row[0], row[1])


def stand_of_form(db: Session, form_key: str) -> tuple[StandView, Event] | None:
    """The request that a form made, with its event; None when there is none."""
    row = db.exec(select(Exhibitor).where(Exhibitor.form_key == form_key)).first()
    return None if row is None else (stand_views(db, [row])[0], db.get_one(Event, row.event_id))


def stand_view(db: Session, event_id: int, exhibitor_id: int) -> StandView | None:
    """One exhibitor of an event; None when it is of another."""
    row = db.get(Exhibitor, exhibitor_id)
    return None if row is None or row.event_id != event_id else stand_views(db, [row])[0]


def stands_of(db: Session, event_id: int) -> list[StandView]:
    """Every request for a stand of an event: those that wait in their turn, the others by name."""
    rows = db.exec(select(Exhibitor).where(col(Exhibitor.event_id) == event_id).order_by(col(Exhibitor.name))).all()
    views = stand_views(db, rows)
    return sorted(views, key=lambda one: (one.position or 0, fold(one.name)))


def state_counts(stands: Sequence[StandView]) -> dict[ExhibitorState, int]:
    """How many requests are in each state."""
    found = Counter(one.state for one in stands)
    return {state: found[state] for state in ExhibitorState}
