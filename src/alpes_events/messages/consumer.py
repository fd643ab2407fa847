"""The consumer `messages` of the journal: it owes each person the messages that a domain event makes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, func, select

from alpes_events.agenda.models import Event, EventSession
from alpes_events.attendance.models import ACTIVE, Registration
from alpes_events.database.parts import parts
from alpes_events.journal.models import JournalEntry
from alpes_events.messages.application_news import tell_applicants
from alpes_events.messages.catalogue import Owed, SignedUpFor, These, Way, owed_by, way_to_tell
from alpes_events.messages.contacts import Contact, contacts_of
from alpes_events.messages.declaration_mail import tell_companies
from alpes_events.messages.exhibitors import tell_exhibitors
from alpes_events.messages.kinds import NOT_OURS
from alpes_events.messages.models import CallState, CallTask
from alpes_events.messages.outbox import NewCall, NewMessage, enqueue, enqueue_calls, entry_key


@dataclass(frozen=True)
class Recipient:
    """A person to tell about one of their sign-ups. `ends_at` is the end of what they signed up for."""

    registration_id: int
    candidate_id: int
    event_id: int
    session_id: int | None
    language: str
    ends_at: datetime
    contact: Contact


def tell_people(db: Session, entry: JournalEntry, now: datetime) -> None:
    """Owe the messages and calls of `entry`, each once."""
    told = owed_to(db, entry, now=now)
    entry_id = entry.id or 0
    drop_calls(db, [person.registration_id for owed, person, _way in told if owed.kind not in NOT_OURS])
    enqueue(db, [_message(owed, entry_id, person) for owed, person, way in told if way is Way.MAIL], now=now)
    enqueue_calls(db, [_call(owed, entry_id, person) for owed, person, way in told if way is Way.CALL], now=now)
    tell_exhibitors(db, entry, now=now)
    tell_applicants(db, entry, now=now)
    tell_companies(db, entry, now=now)


def owed_to(db: Session, entry: JournalEntry, *, now: datetime) -> list[tuple[Owed, Recipient, Way]]:
    """What `entry` makes us tell, whom, and how. News of an event that is over concerns nobody, except what
    somebody writes then.
    """
    return [
        (owed, person, way_to_tell(owed, email=person.contact.email, telephone=person.contact.telephone))
        for owed in owed_by(entry.kind, subject_id=entry.subject_id, facts=entry.facts)
        for person in recipients(db, owed.to)
        if person.ends_at > now or owed.kind in NOT_OURS
    ]


def recipients(db: Session, audience: These | SignedUpFor) -> list[Recipient]:
    """The people of an audience."""
    if isinstance(audience, These):
        listed = audience.registration_ids
        return [person for part in parts(listed) for person in _found(db, col(Registration.id).in_(part))]
    conditions = [col(Registration.event_id) == audience.event_id, col(Registration.state).in_(ACTIVE)]
    if audience.session_id is not None:
        conditions.append(col(Registration.session_id) == audience.session_id)
    elif audience.without_sessions:
        conditions.append(col(Registration.session_id).is_(None))
    return _found(db, *conditions)


def drop_calls(db: Session, registration_ids: list[int]) -> None:
    """Calls about these sign-ups that nobody has made yet are no longer needed: there is fresher news. What the
    team wrote itself is still to be told.
    """
    for part in parts(registration_ids):
        db.execute(
            update(CallTask)
            .where(
                col(CallTask.registration_id).in_(part),
                col(CallTask.state).in_((CallState.TO_CALL, CallState.NOT_REACHED)),
                col(CallTask.kind).not_in(NOT_OURS),
            )
            .values(state=CallState.DROPPED)
            .execution_options(synchronize_session=False)
        )


def _found(db: Session, *conditions: ColumnElement[bool]) -> list[Recipient]:
    rows = db.exec(
        select(Registration, func.coalesce(EventSession.ends_at, Event.ends_at))
        .join(Event, col(Registration.event_id) == col(Event.id))
        .join(EventSession, col(Registration.session_id) == col(EventSession.id), isouter=True)
        .where(*conditions)
        .order_by(col(Registration.id))
    ).all()
    contacts = contacts_of(db, {registration.candidate_id for registration, _ends_at in rows})
    return [_recipient(registration, ends_at, contacts[registration.candidate_id]) for registration, ends_at in rows]


def _recipient(registration: Registration, ends_at: datetime, contact: Contact) -> Recipient:
    return Recipient(
        registration_id=registration.id or 0,
        candidate_id=registration.candidate_id,
        event_id=registration.event_id,
        session_id=registration.session_id,
        language=registration.language,
        ends_at=ends_at,
        contact=contact,
    )


def _message(owed: Owed, entry_id: int, person: Recipient) -> NewMessage:
    return NewMessage(
        owed.kind,
        once_key=entry_key(entry_id, owed.kind, person.registration_id),
        candidate_id=person.candidate_id,
        registration_id=person.registration_id,
        event_id=person.event_id,
        entry_id=entry_id,
        language=person.language,
        facts=owed.facts,
    )


def _call(owed: Owed, entry_id: int, person: Recipient) -> NewCall:
    return NewCall(
        owed.kind,
        once_key=entry_key(entry_id, owed.kind, person.registration_id),
        candidate_id=person.candidate_id,
        registration_id=person.registration_id,
        event_id=person.event_id,
        entry_id=entry_id,
    )
