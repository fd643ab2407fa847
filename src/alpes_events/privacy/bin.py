"""The bin: a draft that was thrown away is forgotten after its time, with all that was written for it alone."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists
from sqlmodel import Session, SQLModel, col, func, select

from alpes_events.agenda.lifecycle import BIN_KEPT
from alpes_events.agenda.models import Event, EventSession, EventState, Question
from alpes_events.attendance.models import DoorCount, Registration
from alpes_events.database.outcome import row_count
from alpes_events.fair.meetings import Interview
from alpes_events.fair.models import Booth, Catalogue, Demonstration, Exhibitor, Hall, StandCall, Village
from alpes_events.hiring.models import JobOffer, RecruitmentSession
from alpes_events.interviews.models import InterviewDay, InterviewPlan, InterviewTable
from alpes_events.journal.models import Delivery, DeliveryState
from alpes_events.messages.models import CallTask, Letter, OutboxMessage
from alpes_events.people.models import Account
from alpes_events.seats.models import SeatPool
from alpes_events.statistics.models import CountedEvent, EventTally, Participation, TouchedRecord
from alpes_events.webhooks.models import WebhookCall

GOES_WITH_IT = (
    TouchedRecord,
    InterviewPlan,
    InterviewTable,
    InterviewDay,
    Booth,
    Exhibitor,
    Question,
    Demonstration,
    Hall,
    Village,
    StandCall,
    Catalogue,
    EventSession,
)
"""What is written for one event, and goes with it: what names another of these before it."""

KEEPS_IT = (
    Registration,
    Interview,
    DoorCount,
    OutboxMessage,
    CallTask,
    Letter,
    WebhookCall,
    RecruitmentSession,
    Account,
    CountedEvent,
    Participation,
    EventTally,
)
"""What speaks of an event to others: while such a row names it, a draft stays in the bin."""


def empty_bin(db: Session, *, now: datetime) -> int:
    """Forget the drafts whose time in the bin is over. Gives how many.

    The event with the highest number stays until another is made, as SQLite would give its number again, and the
    journal of one would be read as that of the other. So does one of which a consumer has still to hear.
    """
    found = db.execute(
        select(Event.id, Event.pool_id)
        .where(
            col(Event.state) == EventState.DISCARDED,
            col(Event.ended_at) < now - BIN_KEPT,
            col(Event.published_at).is_(None),
            col(Event.id) < select(func.max(Event.id)).scalar_subquery(),
            ~_untold(),
            *(~exists().where(_of_event(table) == col(Event.id)) for table in KEEPS_IT),
            ~_asked_for(),
        )
        .order_by(col(Event.id))
        .with_for_update(of=Event)
    ).all()
    ids = [event_id for event_id, _pool in found]
    parts = [
        pool_id
        for table in (EventSession, Village, StandCall)
        for pool_id in db.exec(select(table.pool_id).where(col(table.event_id).in_(ids)))
    ]
    for table in GOES_WITH_IT:
        _remove(db, table, _of_event(table).in_(ids))
    _remove(db, Event, col(Event.id).in_(ids))
    _remove(db, SeatPool, col(SeatPool.id).in_([*(pool_id for _event, pool_id in found), *parts]))
    return len(ids)


def _of_event(table: type[SQLModel]) -> ColumnElement[int]:
    column: ColumnElement[int] = table.__table__.columns["event_id"]  # type: ignore[attr-defined]
    return column


def _asked_for() -> ColumnElement[bool]:
    """Whether a company asked for a stand there, or an offer is tied to one of its stands."""
    of_offers = select(JobOffer.exhibitor_id).where(col(JobOffer.exhibitor_id).is_not(None))
    tied = col(Exhibitor.reference).is_not(None) | col(Exhibitor.id).in_(of_offers)
    return exists().where(col(Exhibitor.event_id) == col(Event.id), tied)


def _untold() -> ColumnElement[bool]:
    return exists().where(
        and_(
            col(Delivery.subject_kind) == "event",
            col(Delivery.subject_id) == col(Event.id),
            col(Delivery.state) != DeliveryState.DONE,
        )
    )


def _remove(db: Session, table: type[SQLModel], condition: ColumnElement[bool]) -> None:
    row_count(db, delete(table).where(condition).execution_options(synchronize_session=False))
