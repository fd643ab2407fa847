"""What everybody reads of the fair of an event: how many come always, who comes once the catalogue is published."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from alpes_events.agenda.models import Event
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.models import Exhibitor
from alpes_events.fair.publishing import is_shown
from alpes_events.fair.queries import DemonstrationView, ExhibitorView, demonstrations_of, exhibitors_of
from alpes_events.fair.wish_queries import ToMeet, exhibitors_to_meet


@dataclass(frozen=True)
class ShownFair:
    """`exhibitors` is empty until the catalogue is published; `exhibitor_count` is how many come."""

    exhibitor_count: int
    exhibitors: tuple[ExhibitorView, ...]
    demonstrations: tuple[DemonstrationView, ...]


def shown_fair(db: Session, event: Event) -> ShownFair:
    """The exhibitors and demonstrations of an event as its page shows them."""
    event_id = event.id or 0
    demonstrations = demonstrations_of(db, event_id)
    if is_shown(db, event):
        exhibitors = exhibitors_of(db, event_id)
        return ShownFair(len(exhibitors), exhibitors, demonstrations)
    come = (col(Exhibitor.event_id) == event_id, col(Exhibitor.state) == ExhibitorState.ACCEPTED)
    return ShownFair(db.exec(select(func.count()).where(*come)).one(), (), demonstrations)


def shown_to_meet(db: Session, event: Event) -> list[ToMeet]:
    """Those whom somebody who signed up may wish to meet: nobody before everybody may read who comes."""
    return exhibitors_to_meet(db, event.id or 0) if is_shown(db, event) else []
