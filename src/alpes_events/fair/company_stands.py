"""The stands of a company over the years, under whichever of its records they were asked for or written."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from alpes_events.agenda.models import Event
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.models import Exhibitor


@dataclass(frozen=True)
class CompanyFair:
    """A stand of a company, whoever wrote it down: at which event, and where it stands."""

    exhibitor_id: int
    event_id: int
    name: str
    state: ExhibitorState
    event: str
    starts_at: datetime


@dataclass(frozen=True)
class CompanyStand:
    """A stand as its company finds it again: at which event, and where it stands."""

    id: int
    name: str
    state: ExhibitorState
    reference: str
    event: str
    starts_at: datetime
    ends_at: datetime


def fairs_of_companies(db: Session, company_ids: Collection[int]) -> list[CompanyFair]:
    """Every stand of these records of a company, the latest event first."""
    rows = db.exec(
        select(Exhibitor, Event)
        .join(Event, col(Exhibitor.event_id) == col(Event.id))
        .where(col(Exhibitor.company_id).in_(company_ids))
        .order_by(col(Event.starts_at).desc(), col(Exhibitor.id))
    )
    return [
        CompanyFair(row.id or 0, row.event_id, row.name, row.state, event.title, event.starts_at) for row, event in rows
    ]


def stands_of_companies(db: Session, company_ids: Collection[int]) -> list[CompanyStand]:
    """The stands that these records of a company asked for themselves, the latest event first."""
    rows = db.exec(
        select(Exhibitor, Event)
        .join(Event, col(Exhibitor.event_id) == col(Event.id))
        .where(col(Exhibitor.company_id).in_(company_ids), col(Exhibitor.reference).is_not(None))
        .order_by(col(Event.starts_at).desc(), col(Exhibitor.id))
    )
    return [
        CompanyStand(row.id or 0, row.name, row.state, row.reference or "", event.title, event.starts_at, event.ends_at)
        for row, event in rows
    ]
