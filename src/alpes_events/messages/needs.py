"""What needs somebody now, counted for the coordinators' daily letter."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, SQLModel, col, func, select

from alpes_events.agenda.models import Counter, Event, EventState
from alpes_events.attendance.models import Presence, Registration, RegistrationState
from alpes_events.journal.models import Delivery, DeliveryState
from alpes_events.messages.digest import Digest
from alpes_events.messages.employer_needs import employer_needs
from alpes_events.messages.models import CallState, CallTask, MessageState, OutboxMessage
from alpes_events.people.models import Candidate, MergeProposal, MergeState

_ASKED_FOR = timedelta(days=30)
"""How long coordinators are reminded of an event without presences."""


def digest_of(db: Session, *, now: datetime) -> Digest:
    """How many of each thing wait for a person at `now`."""
    employers = employer_needs(db, now=now)
    open_calls = (CallState.TO_CALL, CallState.NOT_REACHED)
    return Digest(
        call_count=_count(db, CallTask, col(CallTask.state).in_(open_calls)),
        failed_count=_count(db, OutboxMessage, col(OutboxMessage.state) == MessageState.FAILED),
        unreachable_count=_unreachable(db),
        presence_count=_without_presence(db, now=now),
        merge_count=_count(db, MergeProposal, col(MergeProposal.state) == MergeState.PROPOSED),
        stand_count=employers.stand_count,
        chased_count=employers.chased_count,
        speaker_count=employers.speaker_count,
        application_count=employers.application_count,
        parked_count=_count(db, Delivery, col(Delivery.state) == DeliveryState.PARKED),
    )


def _unreachable(db: Session) -> int:
    """Places offered to people whom nobody can tell."""
    return db.exec(
        select(func.count())
        .select_from(Registration)
        .join(Candidate, col(Registration.candidate_id) == col(Candidate.id))
        .where(
            col(Registration.state) == RegistrationState.OFFERED,
            col(Candidate.email).is_(None),
            col(Candidate.telephone).is_(None),
        )
    ).one()


def _without_presence(db: Session, *, now: datetime) -> int:
    """Events that are over, with confirmed sign-ups of which none has a presence."""
    signed_up = select(col(Registration.id)).where(
        col(Registration.event_id) == col(Event.id), col(Registration.state) == RegistrationState.CONFIRMED
    )
    return db.exec(
        select(func.count())
        .select_from(Event)
        .where(
            col(Event.state).in_((EventState.PUBLISHED, EventState.DONE)),
            col(Event.ends_at) <= now,
            col(Event.ends_at) > now - _ASKED_FOR,
            col(Event.participants_counter) != Counter.NOT_COLLECTED,
            signed_up.exists(),
            ~signed_up.where(col(Registration.presence) != Presence.UNKNOWN).exists(),
        )
    ).one()


def _count(db: Session, table: type[SQLModel], condition: ColumnElement[bool]) -> int:
    return db.exec(select(func.count()).select_from(table).where(condition)).one()
