"""What employers wait for from a coordinator: stands to decide, reminders without answer, accounts, applications."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Integer, Select, String, and_, cast, literal, null, union_all
from sqlalchemy import select as columns
from sqlmodel import Session, SQLModel, col, func, select

from alpes_events.agenda.models import Event, EventState
from alpes_events.clause.tables.contract_rows import LotJob
from alpes_events.companies.models import CompanySpeaker, SpeakerState
from alpes_events.fair.codes import ExhibitorState
from alpes_events.fair.logo import logos_of_stands
from alpes_events.fair.missing import missing_from
from alpes_events.fair.models import Exhibitor
from alpes_events.hiring.applications import JobApplication
from alpes_events.hiring.codes import ApplicationState, OfferState
from alpes_events.hiring.models import JobOffer
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.models import MessageState, OutboxMessage

PATIENCE = timedelta(days=2)
"""How long an exhibitor has to answer a reminder before somebody calls them."""
_STANDS, _SPEAKERS, _APPLICATIONS, _DRAFTS = "stands", "speakers", "applications", "drafts"
_AHEAD = (EventState.DRAFT, EventState.PUBLISHED)


@dataclass(frozen=True)
class StandsWaiting:
    """The stands of one event to come that wait for somebody."""

    event_id: int
    title: str
    starts_at: datetime
    count: int


@dataclass(frozen=True)
class EmployerNeeds:
    """What waits: stands asked for and not decided, by event, soonest first; accepted ones that owe something and did
    not answer a reminder; accounts that ask to speak for a company; applications nobody has looked at; offers that are
    drafts.
    """

    to_decide: tuple[StandsWaiting, ...] = ()
    chased: tuple[StandsWaiting, ...] = ()
    speaker_count: int = 0
    application_count: int = 0
    draft_count: int = 0

    @property
    def stand_count(self) -> int:
        """How many stands are to be decided."""
        return sum(one.count for one in self.to_decide)

    @property
    def chased_count(self) -> int:
        """How many exhibitors did not answer a reminder."""
        return sum(one.count for one in self.chased)


def employer_needs(db: Session, *, now: datetime) -> EmployerNeeds:
    """All of it at `now`, in one question, and a few more where somebody was reminded.

    A draft that says what the work of a lot is (of the social clause) waits for nothing.
    """
    of_lots = select(LotJob.offer_id)
    counted = union_all(
        _stands(now=now),
        _whole(_SPEAKERS, CompanySpeaker, col(CompanySpeaker.state) == SpeakerState.ASKED),
        _whole(_APPLICATIONS, JobApplication, col(JobApplication.state) == ApplicationState.NEW),
        _whole(_DRAFTS, JobOffer, and_(col(JobOffer.state) == OfferState.DRAFT, col(JobOffer.id).not_in(of_lots))),
    ).order_by("starts_at", "event_id")
    rows = db.execute(counted).all()
    found = {row.kind: row.amount for row in rows}
    stands = [row for row in rows if row.kind == _STANDS]
    return EmployerNeeds(
        to_decide=tuple(StandsWaiting(row.event_id, row.title, row.starts_at, row.amount) for row in stands),
        chased=_chased(db, now=now),
        speaker_count=found[_SPEAKERS],
        application_count=found[_APPLICATIONS],
        draft_count=found[_DRAFTS],
    )


def _stands(*, now: datetime) -> Select[Any, Any, Any, Any, Any]:
    return (
        columns(
            literal(_STANDS).label("kind"),
            col(Event.id).label("event_id"),
            col(Event.title).label("title"),
            col(Event.starts_at).label("starts_at"),
            func.count().label("amount"),
        )
        .select_from(Exhibitor)
        .join(Event, col(Event.id) == col(Exhibitor.event_id))
        .where(col(Exhibitor.state) == ExhibitorState.REQUESTED, col(Event.state).in_(_AHEAD), col(Event.ends_at) > now)
        .group_by(col(Event.id))
    )


def _whole(kind: str, table: type[SQLModel], condition: ColumnElement[bool]) -> Select[Any, Any, Any, Any, Any]:
    """A count that is of no event."""
    nothing = cast(null(), Integer), cast(null(), String), cast(null(), DateTime(timezone=True))
    return columns(literal(kind), *nothing, func.count()).select_from(table).where(condition)


def _chased(db: Session, *, now: datetime) -> tuple[StandsWaiting, ...]:
    """Accepted exhibitors who were reminded, changed nothing since, and still owe something."""
    reminded = (
        select(OutboxMessage.id)
        .where(
            col(OutboxMessage.exhibitor_id) == col(Exhibitor.id),
            col(OutboxMessage.kind) == MessageKind.STAND_MISSING,
            col(OutboxMessage.state) == MessageState.SENT,
            col(OutboxMessage.sent_at) <= now - PATIENCE,
            col(OutboxMessage.sent_at) > func.coalesce(col(Exhibitor.changed_at), col(Event.created_at)),
        )
        .exists()
    )
    rows = db.exec(
        select(Exhibitor, Event)
        .join(Event, col(Event.id) == col(Exhibitor.event_id))
        .where(
            col(Exhibitor.state) == ExhibitorState.ACCEPTED,
            col(Event.state).in_(_AHEAD),
            col(Event.starts_at) > now,
            reminded,
        )
        .order_by(col(Event.starts_at), col(Event.id))
    ).all()
    if not rows:
        return ()
    stands = [row for row, _event in rows]
    owing = missing_from(db, stands, logos_of_stands(db, stands))
    counts = Counter(event.id for row, event in rows if row.id in owing)
    events = {event.id: event for _row, event in rows}
    return tuple(
        StandsWaiting(number or 0, events[number].title, events[number].starts_at, count)
        for number, count in counts.items()
    )
