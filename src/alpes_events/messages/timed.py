"""Messages that time makes, not an act: reminders, thanks, the coordinators' letter, the notice before erasure.

Each is owed once for its subject, kind and day, whatever happens to the job that owes it.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from alpes_events.agenda.models import Event, EventSession, EventState
from alpes_events.attendance.models import Presence, Registration, RegistrationState
from alpes_events.clause.ledger.proving import kept_until
from alpes_events.journal.facts import Fact
from alpes_events.messages.contacts import contacts_of
from alpes_events.messages.kinds import MessageKind
from alpes_events.messages.needs import digest_of
from alpes_events.messages.outbox import NewCall, NewMessage, enqueue, enqueue_calls
from alpes_events.people.models import Account, Candidate, Role
from alpes_events.people.records import records_of
from alpes_events.territory.organisation import current_organisation

THANKS_FOR = timedelta(days=7)
"""How long after an event a presence that is marked late still brings thanks."""

_starts_at = func.coalesce(col(EventSession.starts_at), col(Event.starts_at))
_ends_at = func.coalesce(col(EventSession.ends_at), col(Event.ends_at))


def enqueue_reminders(db: Session, *, day: date, now: datetime) -> int:
    """Owe a reminder to everyone who has a place the day after `day` (local) and has not begun. Gives how many."""
    zone = ZoneInfo(current_organisation(db).time_zone)
    begins, ends = day_bounds(day + timedelta(days=1), zone)
    registrations = _registrations(
        db,
        col(Registration.state) == RegistrationState.CONFIRMED,
        col(Event.state) == EventState.PUBLISHED,
        col(EventSession.cancelled_at).is_(None),
        _starts_at >= max(begins, now),
        _starts_at < ends,
    )
    return _enqueue(db, registrations, MessageKind.REMINDER, suffix=f":{day.isoformat()}", now=now)


def enqueue_thanks(db: Session, *, day: date, now: datetime) -> int:
    """Owe thanks, with the one question, for what ended before `day` (local) to those seen there. Gives how many.

    Nobody whose presence is unknown is thanked: we do not know that they came.
    """
    zone = ZoneInfo(current_organisation(db).time_zone)
    today, _tomorrow = day_bounds(day, zone)
    registrations = _registrations(
        db,
        col(Registration.presence) == Presence.ATTENDED,
        col(Registration.survey_at).is_(None),
        _ends_at < min(today, now),
        _ends_at >= today - THANKS_FOR,
    )
    return _enqueue(db, registrations, MessageKind.THANKS, suffix="", now=now)


def enqueue_digests(db: Session, *, day: date, now: datetime) -> int:
    """Owe every coordinator and administrator the letter of `day`, if anything needs somebody. Gives how many."""
    if not digest_of(db, now=now).need_count:
        return 0
    accounts = db.exec(
        select(Account)
        .where(
            col(Account.role).in_((Role.COORDINATOR, Role.FACILITATOR, Role.ADMINISTRATOR)),
            col(Account.disabled_at).is_(None),
        )
        .order_by(col(Account.id))
    )
    messages = [
        NewMessage(
            MessageKind.DIGEST,
            once_key=f"digest:account:{account.id}:{day.isoformat()}",
            account_id=account.id,
            language=account.language,
        )
        for account in accounts
    ]
    return enqueue(db, messages, now=now)


def enqueue_retention_notices(db: Session, candidate_ids: Iterable[int], *, day: date, now: datetime) -> int:
    """Owe the notice before erasure to people whose `erasure_announced_at` was set: by mail, or by a call to those who
    have a telephone only. Gives how many are told.
    """
    contacts = contacts_of(db, candidate_ids)

    def once_key(candidate_id: int) -> str:
        return f"retention_notice:candidate:{candidate_id}:{day.isoformat()}"

    calls = [
        NewCall(MessageKind.RETENTION_NOTICE, once_key=once_key(candidate_id), candidate_id=candidate_id)
        for candidate_id, contact in sorted(contacts.items())
        if contact.telephone and not contact.email
    ]
    messages = [
        NewMessage(
            MessageKind.RETENTION_NOTICE,
            once_key=once_key(candidate_id),
            candidate_id=candidate_id,
            language=db.get_one(Candidate, candidate_id).language,
            facts=_proof_of_hours(db, candidate_id, day=day),
        )
        for candidate_id, contact in sorted(contacts.items())
        if contact.email
    ]
    return enqueue(db, messages, now=now) + enqueue_calls(db, calls, now=now)


def _proof_of_hours(db: Session, candidate_id: int, *, day: date) -> dict[str, Fact]:
    """Until when the name of somebody who has hours of the social clause would stay apart."""
    until = kept_until(db, records_of(db, candidate_id), today=day)
    return {} if until is None else {"kept_until": until.isoformat()}


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants `[begin, end)` of a day on the clocks of `zone`: 23, 24 or 25 hours."""
    begin = datetime.combine(day, time(), tzinfo=zone)
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
    return begin.astimezone(UTC), end.astimezone(UTC)


def _registrations(db: Session, *conditions: ColumnElement[bool]) -> list[Registration]:
    query = (
        select(Registration)
        .join(Event, col(Registration.event_id) == col(Event.id))
        .join(EventSession, col(Registration.session_id) == col(EventSession.id), isouter=True)
        .where(*conditions)
        .order_by(col(Registration.id))
    )
    return list(db.exec(query))


def _enqueue(db: Session, registrations: list[Registration], kind: MessageKind, *, suffix: str, now: datetime) -> int:
    contacts = contacts_of(db, {registration.candidate_id for registration in registrations})
    messages = [
        NewMessage(
            kind,
            once_key=f"{kind}:registration:{registration.id}{suffix}",
            candidate_id=registration.candidate_id,
            registration_id=registration.id,
            event_id=registration.event_id,
            language=registration.language,
        )
        for registration in registrations
        if contacts[registration.candidate_id].email
    ]
    return enqueue(db, messages, now=now)
